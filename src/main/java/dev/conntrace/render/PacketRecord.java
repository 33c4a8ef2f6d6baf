package dev.conntrace.render;

import dev.conntrace.trace.AckCoverage;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.FrameNotes;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.SourceFrame;
import dev.conntrace.wire.TcpFlags;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** The record of one segment. */
final class PacketRecord {
  private PacketRecord() {}

  static void write(JsonWriter json, String file, SegmentSeen event) {
    SegmentFacts segment = event.segment();
    RecordFields.begin(json, "packet", file);
    json.writeNumberField("frame", segment.frame());
    writeSource(json, segment.source());
    RecordFields.moment(json, "time", segment.timestampNanos());
    json.writeNumberField("connection", event.connection());
    json.writeStringField("from", segment.from().id());
    json.writeStringField("src", event.key().of(segment.from()).toString());
    json.writeStringField("dst", event.key().of(segment.from().opposite()).toString());
    json.writeStringField("flags", TcpFlags.letters(segment.flags()));
    writeNumbers(json, segment);
    writeAnnotations(json, event);
    json.writeStringField("client_state", event.clientState().name());
    json.writeStringField("server_state", event.serverState().name());
    writeFragments(json, segment);
    writeCoverage(json, event.acks());
    writeCaptureNotes(json, segment.notes());
    json.writeEndObject();
  }

  /** Writes what a segment means by now. */
  static void writeRevision(JsonWriter json, String file, SegmentSeen event) {
    RecordFields.begin(json, "revision", file);
    json.writeNumberField("frame", event.segment().frame());
    json.writeNumberField("connection", event.connection());
    writeAnnotations(json, event);
    json.writeEndObject();
  }

  private static void writeSource(JsonWriter json, @Nullable SourceFrame source) {
    if (source != null) {
      json.writeStringField("source_file", source.file());
      json.writeNumberField("source_frame", source.frame());
    }
  }

  private static void writeCaptureNotes(JsonWriter json, FrameNotes notes) {
    if (notes.oneOfSeveral()) {
      json.writeStringField("interface", notes.interfaceName());
    }
    if (!notes.comment().isEmpty()) {
      json.writeStringField("comment", notes.comment());
    }
  }

  private static void writeNumbers(JsonWriter json, SegmentFacts segment) {
    boolean acks = segment.has(TcpFlags.ACK);
    json.writeNumberField("seq", Integer.toUnsignedLong(segment.seq()));
    if (acks) {
      json.writeNumberField("ack", Integer.toUnsignedLong(segment.ack()));
    }
    json.writeNumberField("seq_rel", segment.seqRel());
    if (acks) {
      json.writeNumberField("ack_rel", segment.ackRel());
    }
    json.writeNumberField("len", segment.length());
    json.writeNumberField("window", segment.windowBytes());
    if (!segment.windowScaleKnown()) {
      json.writeStringField("window_scale", "unknown");
      if (segment.leastWindowBytes() > segment.windowBytes()) {
        json.writeNumberField("window_at_least", segment.leastWindowBytes());
      }
    }
  }

  private static void writeFragments(JsonWriter json, SegmentFacts segment) {
    if (segment.fragments().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("fragments");
    for (long frame : segment.fragments()) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
  }

  private static void writeCoverage(JsonWriter json, @Nullable AckCoverage acks) {
    if (acks == null) {
      return;
    }
    json.writeObjectFieldStart("acks");
    json.writeNumberField("segments", acks.segments());
    if (acks.isLeast()) {
      json.writeBooleanField("is_least", true);
    }
    json.writeNumberField("bytes", acks.bytes());
    unlessZero(json, "unseen_bytes", acks.unseenBytes());
    unlessZero(json, "first_frame", acks.firstFrame());
    unlessZero(json, "last_frame", acks.lastFrame());
    unlessZero(json, "partly_frame", acks.partlyFrame());
    unlessZero(json, "resent", acks.resent());
    if (acks.oldestWaitedNanos() != AckCoverage.UNKNOWN) {
      RecordFields.duration(json, "waited", acks.oldestWaitedNanos());
    }
    if (acks.newestWaitedNanos() != AckCoverage.UNKNOWN) {
      RecordFields.duration(json, "newest_waited", acks.newestWaitedNanos());
    }
    json.writeEndObject();
  }

  private static void unlessZero(JsonWriter json, String name, long number) {
    if (number != 0) {
      json.writeNumberField(name, number);
    }
  }

  private static void writeAnnotations(JsonWriter json, SegmentSeen event) {
    json.writeArrayFieldStart("annotations");
    EnumSet<AnnotationKind> written = EnumSet.noneOf(AnnotationKind.class);
    for (Annotation annotation : event.annotations()) {
      // Two verdicts of one kind (both sides enter TIME_WAIT) are two notes on one annotation.
      if (written.add(annotation.kind())) {
        json.writeString(annotation.kind().id());
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (Annotation annotation : event.annotations()) {
      writeNote(json, annotation, event.segment());
    }
    json.writeEndArray();
  }

  private static void writeNote(JsonWriter json, Annotation annotation, SegmentFacts segment) {
    json.writeStartObject();
    json.writeStringField("annotation", annotation.kind().id());
    json.writeStringField("rule", annotation.rule().id());
    json.writeStringField("text", annotation.text(segment));
    json.writeArrayFieldStart("evidence");
    for (long frame : annotation.evidence()) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
    json.writeStringField("confidence", annotation.confidence().id());
    AnnotationKind alternative = annotation.alternative();
    if (alternative != null) {
      json.writeStringField("alternative", alternative.id());
    }
    if (annotation.doubt() != null) {
      json.writeStringField("doubt", annotation.doubt().id());
    }
    json.writeEndObject();
  }
}
