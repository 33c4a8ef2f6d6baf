package dev.conntrace.cli;

import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/** Waits for the totals, and wants nothing else. */
final class TotalsSink implements TraceSink {
  private @Nullable CaptureReport capture;

  @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return false;
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }
}
