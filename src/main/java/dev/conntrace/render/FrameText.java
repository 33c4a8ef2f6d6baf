package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.FrameNotes;
import dev.conntrace.trace.HeaderSizes;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentNotation;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.SourceFrame;
import dev.conntrace.trace.TcpState;
import dev.conntrace.wire.TcpFlags;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints everything known of one segment, from the outermost layer to the last verdict. */
final class FrameText {
  private static final int NANO_DIGITS = 9;

  private final Appendable out;
  private final Layout layout;
  private final Labelled entries;

  FrameText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.entries = new Labelled(out, layout, 2, "acknowledges".length());
  }

  void print(String file, ConnectionReport report, SegmentSeen event) throws IOException {
    SegmentFacts segment = event.segment();
    title(file, event);
    source(segment.source());
    time(report, segment);
    notes(segment.notes());
    entries.print("layers", layers(segment));
    String encapsulation = segment.encapsulation();
    if (encapsulation != null) {
      entries.print("inside", Escaped.text(encapsulation));
    }
    entries.print("IP", ip(segment));
    entries.print("flags", FlagWords.of(segment.flags()));
    numbers(segment);
    entries.print("window", window(segment));
    entries.print("options", SegmentOptionWords.of(segment.options(), segment.from()));
    if (!segment.payloadStart().isEmpty()) {
      String start = Escaped.quoted(segment.payloadStart());
      boolean more = segment.payloadStart().length() < segment.length();
      entries.print("payload", new Prose().add(Meaning.PAYLOAD, start).add(more ? "..." : ""));
    }
    entries.print("as a script", new Prose().add(Meaning.DIM, SegmentNotation.of(segment, 0)));
    state(Side.CLIENT, event.clientState());
    state(Side.SERVER, event.serverState());
    for (Annotation annotation : event.annotations()) {
      verdict(annotation, segment);
    }
  }

  private void title(String file, SegmentSeen event) throws IOException {
    Side from = event.segment().from();
    new Prose()
        .add(Meaning.TITLE, "Frame " + event.segment().frame())
        .add(" of connection " + event.connection() + ": ")
        .add(Arrow.colour(from), from.id() + " " + event.key().of(from))
        .add(" -> ")
        .add(
            Arrow.colour(from.opposite()),
            from.opposite().id() + " " + event.key().of(from.opposite()))
        .add(Meaning.DIM, "  " + Escaped.text(file))
        .printTo(out, new Line(layout.palette()), 0, layout.width());
  }

  private void source(@Nullable SourceFrame source) throws IOException {
    if (source != null) {
      entries.print("captured", "frame " + source.frame() + " of " + Escaped.text(source.file()));
    }
  }

  private void time(ConnectionReport report, SegmentFacts segment) throws IOException {
    if (!segment.hasTimestamp()) {
      return;
    }
    ClockText clock = new ClockText(layout.time(), report.startNanos(), report.endNanos());
    Prose prose = new Prose().add(clock.moment(segment.timestampNanos(), NANO_DIGITS));
    if (report.startNanos() != SegmentFacts.NO_TIMESTAMP) {
      long since = segment.timestampNanos() - report.startNanos();
      prose.add(", " + DecimalSeconds.fixed(since, NANO_DIGITS));
      prose.add(" s after the connection's first segment");
    }
    entries.print("time", prose);
  }

  private void notes(FrameNotes notes) throws IOException {
    String name = Escaped.text(notes.interfaceName());
    String description = Escaped.text(notes.interfaceDescription());
    if (!name.isEmpty() || !description.isEmpty()) {
      boolean both = !name.isEmpty() && !description.isEmpty();
      entries.print("interface", name + (both ? " (" + description + ")" : description));
    }
    if (!notes.comment().isEmpty()) {
      Prose comment = new Prose().add(Meaning.PAYLOAD, Escaped.quoted(notes.comment()));
      entries.print("comment", comment);
    }
  }

  private static Prose layers(SegmentFacts segment) {
    HeaderSizes headers = segment.headers();
    Prose prose = new Prose();
    prose.add("link " + headers.link() + " + IP " + headers.ip() + " + TCP " + headers.tcp());
    prose.add(" + data " + segment.length());
    long sum = (long) headers.link() + headers.ip() + headers.tcp() + segment.length();
    prose.add(" = " + Counted.of(sum, "byte"));
    if (segment.originalLength() > sum) {
      prose.add(", and " + (segment.originalLength() - sum) + " of padding behind them");
    }
    return prose;
  }

  private static Prose ip(SegmentFacts segment) {
    Prose prose = new Prose().add("hop limit " + segment.hopLimit());
    if (segment.ipId() != 0) {
      prose.add(", identification " + segment.ipId());
    }
    return switch (segment.ecn()) {
      case 0 -> prose;
      case 3 -> prose.add(Meaning.WARNING, ", marked by a router: congestion");
      default -> prose.add(", routers may mark it instead of dropping it (ECN)");
    };
  }

  private void numbers(SegmentFacts segment) throws IOException {
    Prose sequence = new Prose();
    sequence.add(segment.seqRel() + " (raw " + Integer.toUnsignedLong(segment.seq()) + "): ");
    sequence.add(
        segment.length() > 0
            ? Counted.bytes(segment.firstByteRel(), segment.endRel())
            : segment.rangeInWords().equals("nothing")
                ? "brings nothing; its sender stands here"
                : segment.rangeInWords());
    entries.print("sequence", sequence);
    if (segment.has(TcpFlags.ACK)) {
      Prose ack = new Prose();
      ack.add(
          segment.ackRel() + " (raw " + Integer.toUnsignedLong(segment.ack()) + "): wants byte ");
      ack.add(segment.ackRel() + " of the " + segment.from().opposite().id() + " next");
      ack.add("; everything before it has arrived");
      entries.print("acknowledges", ack);
    }
  }

  private static Prose window(SegmentFacts segment) {
    Prose prose = new Prose();
    if (!segment.windowScaleKnown()) {
      return prose.add("field " + segment.windowField() + "; its scale was not captured");
    }
    prose.add(Counted.of(segment.windowBytes(), "byte") + " more may be sent to the ");
    prose.add(segment.from().id());
    if (segment.windowField() != segment.windowBytes()) {
      prose.add(" (field " + segment.windowField() + ", scaled)");
    }
    return prose;
  }

  private void state(Side side, TcpState state) throws IOException {
    Prose prose = new Prose().add(Meaning.STATE, state.name()).add(" (" + state.meaning() + ")");
    entries.print(side.id(), prose);
  }

  private void verdict(Annotation annotation, SegmentFacts segment) throws IOException {
    AnnotationKind kind = annotation.kind();
    Emphasis emphasis = Emphasis.of(kind);
    out.append('\n');
    new Prose()
        .add(emphasis.standsOut() ? emphasis.meaning() : Meaning.TITLE, kind.id())
        .add(": " + kind.title())
        .printTo(out, new Line(layout.palette()), 0, layout.width());
    entries.print("here", annotation.text(segment));
    entries.print("because", because(annotation));
    entries.print("in general", kind.explanation());
    entries.print("see", new Prose().add(Meaning.DIM, kind.reference()));
  }

  private static Prose because(Annotation annotation) {
    Prose prose = new Prose().add("rule " + annotation.rule().id());
    List<Long> evidence = annotation.evidence();
    for (int i = 0; i < evidence.size(); i++) {
      prose.add(i > 0 ? ", " : evidence.size() == 1 ? ", by frame " : ", by frames ");
      prose.add(Meaning.FRAME, Long.toString(evidence.get(i)));
    }
    prose.add("; " + annotation.confidence().id());
    AnnotationKind alternative = annotation.alternative();
    if (annotation.confidence() != Confidence.CERTAIN && alternative != null) {
      prose.add(", could also be " + alternative.id());
    }
    return prose;
  }
}
