package dev.conntrace.trace;

/**
 * The capture was read to its end, or to where it is damaged.
 *
 * @param report the totals
 */
public record CaptureEnded(CaptureReport report) implements TraceEvent {
  @Override
  public void deliverTo(TraceSink sink) {
    sink.on(this);
  }
}
