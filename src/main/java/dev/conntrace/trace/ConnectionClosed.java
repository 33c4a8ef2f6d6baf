package dev.conntrace.trace;

/**
 * A connection is finished: closed for good, pushed out by a bound, or open at the end of the
 * capture.
 *
 * @param report everything known of it
 */
public record ConnectionClosed(ConnectionReport report) implements TraceEvent {
  @Override
  public void deliverTo(TraceSink sink) {
    sink.on(this);
  }
}
