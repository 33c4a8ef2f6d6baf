package dev.conntrace.cli;

import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/** Prints what happens while it happens. */
interface LiveSink extends TraceSink {
  /** Returns the capture's totals; null before its end. */
  @Nullable CaptureReport capture();
}
