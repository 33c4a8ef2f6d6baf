package dev.conntrace.trace;

/**
 * A packet that is no TCP segment.
 *
 * @param frame its number
 * @param timestampNanos when, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param reason the reason's id: {@code udp}, {@code truncated}
 */
public record PacketSkipped(long frame, long timestampNanos, String reason) implements TraceEvent {
  @Override
  public void deliverTo(TraceSink sink) {
    sink.on(this);
  }
}
