package dev.conntrace.cli;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.PacketSource;

/** A capture that grows while it is read, and so can be read once. */
interface GrowingCapture {
  /** Returns what messages and records call it. */
  String name();

  /** Opens it; it ends when it is stopped. */
  PacketSource open() throws CaptureException;
}
