package dev.conntrace.expect;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.field.FieldType;
import java.util.List;

/** What is known of a connection beside the fields of its record and what is counted on it. */
enum ConnectionFact implements Fact {
  HANDSHAKE_TIME(
      "handshake_time",
      FieldType.DURATION,
      "from the SYN to the ACK that completed the handshake; absent where it was not completed"),
  LONGEST_IDLE(
      "longest_idle", FieldType.DURATION, "the longest time between two segments of either side"),
  SEGMENTS("segments", FieldType.NUMBER, "segments of both sides"),
  BYTES("bytes", FieldType.NUMBER, "payload bytes of both sides, copies included"),
  UNIQUE_BYTES("unique_bytes", FieldType.NUMBER, "payload bytes of both sides, each counted once"),
  MISSING_BYTES(
      "missing_bytes",
      FieldType.NUMBER,
      "bytes of both sides that were acknowledged but are not in the capture"),
  PORT("port", FieldType.NUMBER, "the ports of both sides");

  private final String word;
  private final FieldType type;
  private final String meaning;

  ConnectionFact(String word, FieldType type, String meaning) {
    this.word = word;
    this.type = type;
    this.meaning = meaning;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public FieldType type() {
    return type;
  }

  @Override
  public boolean isList() {
    return this == PORT;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public Reading read(Observed observed) {
    ConnectionTrace connection = observed.inConnection();
    ConnectionReport report = connection.report();
    return switch (this) {
      case HANDSHAKE_TIME -> handshakeTime(report);
      case LONGEST_IDLE ->
          report.startNanos() == SegmentFacts.NO_TIMESTAMP
              ? Reading.of(null, report.firstFrame())
              : Reading.of(
                  connection.tally().longestIdleNanos(), connection.tally().idleEndFrame());
      case SEGMENTS ->
          Reading.of(
              report.fromClient().segments() + report.fromServer().segments(), report.lastFrame());
      case BYTES ->
          Reading.of(report.fromClient().bytes() + report.fromServer().bytes(), report.lastFrame());
      case UNIQUE_BYTES ->
          Reading.of(
              report.fromClient().uniqueBytes() + report.fromServer().uniqueBytes(),
              report.lastFrame());
      case MISSING_BYTES ->
          Reading.of(
              report.fromClient().missingBytes() + report.fromServer().missingBytes(),
              report.lastFrame());
      case PORT ->
          Reading.of(
              List.of((long) report.key().client().port(), (long) report.key().server().port()),
              report.firstFrame());
    };
  }

  private static Reading handshakeTime(ConnectionReport report) {
    Handshake handshake = report.handshake();
    boolean timed =
        handshake != null
            && handshake.rttServerNanos().isPresent()
            && handshake.rttClientNanos().isPresent();
    if (handshake == null || !timed) {
      return Reading.of(null, report.firstFrame());
    }
    return Reading.of(
        handshake.rttServerNanos().getAsLong() + handshake.rttClientNanos().getAsLong(),
        handshake.ackFrame().orElse(report.firstFrame()));
  }
}
