package dev.conntrace.trace;

/**
 * A connection was seen for the first time.
 *
 * @param connection its number, from 1 in order of first frame
 * @param key who talks to whom, as far as the first segment tells; the report at the end has the
 *     last word
 * @param frame the first frame
 * @param timestampNanos when, or {@link SegmentFacts#NO_TIMESTAMP}
 */
public record ConnectionOpened(int connection, ConnectionKey key, long frame, long timestampNanos)
    implements TraceEvent {
  @Override
  public void deliverTo(TraceSink sink) {
    sink.on(this);
  }
}
