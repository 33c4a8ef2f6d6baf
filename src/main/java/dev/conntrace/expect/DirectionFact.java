package dev.conntrace.expect;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.Stall;
import dev.conntrace.trace.StallCause;
import dev.conntrace.trace.StallReport;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.field.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of one side beside the fields of records and what is counted.
 *
 * @param side whose
 * @param kind what
 */
record DirectionFact(Side side, Kind kind) implements Fact {
  /** What can be asked of a side. */
  enum Kind {
    ZERO_WINDOW_TIME(
        "zero_window_time",
        FieldType.DURATION,
        "how long this side could not send because the other's window was 0"),
    STATES("states", FieldType.WORD, "the states that this side was in after some segment"),
    PAYLOAD(
        "payload", FieldType.TEXT, "this side's bytes in order; 0x and hex digits give any bytes"),
    SHA256("payload.sha256", FieldType.TEXT, "the SHA-256 of this side's bytes, in hex digits");

    private final String word;
    private final FieldType type;
    private final String meaning;

    Kind(String word, FieldType type, String meaning) {
      this.word = word;
      this.type = type;
      this.meaning = meaning;
    }

    boolean needsPayload() {
      return this == PAYLOAD || this == SHA256;
    }
  }

  @Override
  public String word() {
    return "from_" + side.id() + "." + kind.word;
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public FieldType type() {
    return kind.type;
  }

  @Override
  public List<String> words() {
    if (kind != Kind.STATES) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    for (TcpState state : TcpState.values()) {
      words.add(state.name());
    }
    return words;
  }

  @Override
  public boolean isList() {
    return kind == Kind.STATES;
  }

  @Override
  public String meaning() {
    return kind.meaning;
  }

  @Override
  public boolean needsPayload() {
    return kind.needsPayload();
  }

  @Override
  public Reading read(Observed observed) {
    ConnectionTrace connection = observed.inConnection();
    return switch (kind) {
      case ZERO_WINDOW_TIME -> zeroWindowTime(connection.report());
      case STATES -> {
        List<String> names = new ArrayList<>();
        for (TcpState state : connection.tally().states(side)) {
          names.add(state.name());
        }
        yield Reading.of(names, connection.report().lastFrame());
      }
      case PAYLOAD, SHA256 -> payload(connection);
    };
  }

  /** Of stalls that are not listed the cause is not known. */
  private Reading zeroWindowTime(ConnectionReport report) {
    StallReport stalls = report.history().stalls();
    if (stalls.leftOut() > 0) {
      return Reading.unknown(
          "it stalled " + stalls.leftOut() + " times more than are kept with their causes");
    }
    long nanos = 0;
    long frame = 0;
    for (Stall stall : stalls.list()) {
      if (stall.side() == side && stall.cause() == StallCause.ZERO_WINDOW) {
        nanos += stall.durationNanos();
        frame = frame == 0 ? stall.startFrame() : frame;
      }
    }
    return Reading.of(nanos, frame);
  }

  private Reading payload(ConnectionTrace connection) {
    RecordedStream stream = connection.from(side);
    String doubt = doubt(stream);
    if (!doubt.isEmpty()) {
      return Reading.unknown(doubt);
    }
    if (kind == Kind.SHA256) {
      return Reading.of(stream.sha256(), stream.firstFrame());
    }
    String bytes = new String(stream.firstBytes(), StandardCharsets.ISO_8859_1);
    String rest =
        stream.isWhole() ? "" : "only the first " + bytes.length() + " bytes of it are known";
    return new Reading(bytes, stream.firstFrame(), rest);
  }

  private String doubt(RecordedStream stream) {
    if (!stream.isRecorded()) {
      return "payload was not kept";
    }
    if (stream.gapBytes() > 0 && kind == Kind.SHA256) {
      return stream.gapBytes() + " bytes are not in the capture, the first at " + stream.gapAt();
    }
    return "";
  }
}
