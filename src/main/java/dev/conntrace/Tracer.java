package dev.conntrace;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.TraceSink;

/** Follows every TCP connection of a capture and tells a sink what happened. */
public final class Tracer {

  /**
   * Prepares to trace one capture.
   *
   * @param sink hears everything, in the order of the capture
   */
  public Tracer(TracerOptions options, TraceSink sink) {}

  /**
   * Traces a capture from beginning to end.
   *
   * @return the totals, which the sink has also been told
   * @throws CaptureException if the capture is damaged; everything before the damage has been traced and reported to the sink by then
   */
  public CaptureReport trace(PacketSource source) throws CaptureException {
    throw new UnsupportedOperationException("not yet");
  }
}
