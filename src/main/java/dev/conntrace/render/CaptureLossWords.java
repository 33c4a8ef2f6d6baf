package dev.conntrace.render;

import dev.conntrace.trace.CaptureLoss;

/** Says that the capture itself has lost packets. */
final class CaptureLossWords {
  private CaptureLossWords() {}

  static String of(CaptureLoss loss) {
    return "the capture has dropped "
        + Counted.of(loss.droppedPackets(), "packet")
        + " up to frame "
        + loss.frame()
        + ": what seems lost around here may only be missing in it";
  }
}
