package dev.conntrace.render;

import dev.conntrace.stream.StreamAside;
import dev.conntrace.stream.StreamConflict;
import dev.conntrace.stream.StreamEnd;
import dev.conntrace.stream.StreamGap;
import dev.conntrace.stream.StreamId;
import dev.conntrace.stream.StreamPiece;
import dev.conntrace.stream.StreamTotals;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The records of streams. {@code seq_rel} is the position of the first byte, as in the records of
 * packets; bytes are Base64 (RFC 4648 4), and stand beside it as text where they are plain text.
 */
final class StreamRecords {
  private StreamRecords() {}

  /** The next bytes of a stream. */
  static void chunk(JsonWriter json, String file, StreamId stream, StreamPiece piece) {
    RecordFields.begin(json, "chunk", file);
    writeFrame(json, piece);
    writeStream(json, stream);
    writeRange(json, piece.start(), piece.end());
    writeBytes(json, piece);
    json.writeEndObject();
  }

  /** Bytes of a stream that the capture does not hold. */
  static void gap(JsonWriter json, String file, StreamGap gap) {
    RecordFields.begin(json, "gap", file);
    writeStream(json, gap.stream());
    writeRange(json, gap.start(), gap.end());
    json.writeStringField("reason", gap.reason().id());
    writeFrame(json, "snapped_frame", gap.frame());
    writeFrame(json, "acknowledged_frame", gap.acknowledgedFrame());
    if (gap.givenUpEarly()) {
      json.writeBooleanField("bound_reached", true);
    }
    if (gap.mayIncludeFin()) {
      json.writeBooleanField("may_include_fin", true);
    }
    json.writeEndObject();
  }

  /** Two versions of the same positions. */
  static void conflict(JsonWriter json, String file, StreamConflict conflict) {
    RecordFields.begin(json, "conflict", file);
    writeStream(json, conflict.stream());
    writeRange(json, conflict.start(), conflict.end());
    writeVersion(json, "kept", conflict.kept());
    writeVersion(json, "other", conflict.other());
    json.writeEndObject();
  }

  private static void writeVersion(JsonWriter json, String name, StreamPiece piece) {
    json.writeObjectFieldStart(name);
    writeFrame(json, piece);
    writeBytes(json, piece);
    json.writeEndObject();
  }

  /** Captured payload that is no part of its sender's stream. */
  static void aside(JsonWriter json, String file, StreamAside aside) {
    RecordFields.begin(json, "aside", file);
    writeFrame(json, aside.piece());
    writeStream(json, aside.stream());
    writeRange(json, aside.piece().start(), aside.piece().end());
    json.writeStringField("reason", aside.reason().id());
    writeBytes(json, aside.piece());
    json.writeEndObject();
  }

  /**
   * What both streams of a connection came to.
   *
   * @param clientFile the file that holds the client's bytes; null if there is none
   * @param serverFile the file that holds the server's
   */
  static void stream(
      JsonWriter json,
      String file,
      StreamEnd end,
      @Nullable String clientFile,
      @Nullable String serverFile) {
    RecordFields.begin(json, "stream", file);
    json.writeNumberField("connection", end.connection());
    json.writeStringField("client", end.key().client().toString());
    json.writeStringField("server", end.key().server().toString());
    json.writeNumberField("first_frame", end.firstFrame());
    writeTotals(json, "from_client", end.fromClient(), clientFile);
    writeTotals(json, "from_server", end.fromServer(), serverFile);
    json.writeEndObject();
  }

  private static void writeTotals(
      JsonWriter json, String name, StreamTotals totals, @Nullable String streamFile) {
    json.writeObjectFieldStart(name);
    json.writeNumberField("bytes", totals.bytes());
    json.writeNumberField("gaps", totals.gaps());
    json.writeNumberField("missing_bytes", totals.missingBytes());
    json.writeNumberField("conflicts", totals.conflicts());
    json.writeNumberField("not_compared_bytes", totals.notComparedBytes());
    json.writeNumberField("aside_bytes", totals.asideBytes());
    json.writeNumberField("bounds_reached", totals.boundsReached());
    json.writeBooleanField("fin", totals.finished());
    if (streamFile != null) {
      json.writeStringField("stream_file", streamFile);
    }
    json.writeEndObject();
  }

  private static void writeFrame(JsonWriter json, StreamPiece piece) {
    json.writeNumberField("frame", piece.frame());
    RecordFields.moment(json, "time", piece.timestampNanos());
  }

  private static void writeFrame(JsonWriter json, String name, long frame) {
    if (frame != 0) {
      json.writeNumberField(name, frame);
    }
  }

  private static void writeStream(JsonWriter json, StreamId stream) {
    json.writeNumberField("connection", stream.connection());
    json.writeStringField("from", stream.from().id());
  }

  private static void writeRange(JsonWriter json, long start, long end) {
    json.writeNumberField("seq_rel", start);
    json.writeNumberField("len", end - start);
  }

  private static void writeBytes(JsonWriter json, StreamPiece piece) {
    byte[] bytes = piece.bytes();
    json.writeBinaryField("data", bytes);
    if (isText(bytes)) {
      json.writeStringField("text", new String(bytes, StandardCharsets.US_ASCII));
    }
  }

  private static boolean isText(byte[] bytes) {
    for (byte octet : bytes) {
      boolean printable = octet >= ' ' && octet < 0x7F;
      if (!printable && octet != '\n' && octet != '\r' && octet != '\t') {
        return false;
      }
    }
    return true;
  }
}
