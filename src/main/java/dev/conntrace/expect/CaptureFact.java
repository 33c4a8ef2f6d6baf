package dev.conntrace.expect;

import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.field.FieldType;

/** What is known of a capture as a whole. */
enum CaptureFact implements Fact {
  FRAMES("frames", FieldType.NUMBER, "packets of any kind"),
  TCP_SEGMENTS("tcp_segments", FieldType.NUMBER, "packets that hold a TCP segment"),
  CONNECTIONS("connections", FieldType.NUMBER, "connections"),
  DURATION("duration", FieldType.DURATION, "from the earliest packet to the latest");

  private final String word;
  private final FieldType type;
  private final String meaning;

  CaptureFact(String word, FieldType type, String meaning) {
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
    return Scope.CAPTURE;
  }

  @Override
  public FieldType type() {
    return type;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public Reading read(Observed observed) {
    CaptureReport capture = observed.trace().capture();
    return switch (this) {
      case FRAMES -> Reading.of(capture.frames(), 0);
      case TCP_SEGMENTS -> Reading.of(capture.tcpSegments(), 0);
      case CONNECTIONS -> Reading.of(capture.connections(), 0);
      case DURATION ->
          Reading.of(
              capture.firstNanos() == SegmentFacts.NO_TIMESTAMP
                  ? null
                  : (Object) (capture.lastNanos() - capture.firstNanos()),
              0);
    };
  }
}
