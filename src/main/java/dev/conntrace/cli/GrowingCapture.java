package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.trace.TraceSink;

/** A capture that grows while it is read, and so can be read once. */
interface GrowingCapture {
  /** Returns what messages and records call it. */
  String name();

  /** Adds to what a sink is told what else is known of the same time. */
  default TraceSink beside(TraceSink sink) {
    return sink;
  }

  /** Opens it; it ends when it is stopped. */
  PacketSource open() throws CaptureException;
}
