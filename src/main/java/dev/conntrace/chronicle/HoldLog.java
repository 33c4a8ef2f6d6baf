package dev.conntrace.chronicle;

import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.StreamBuffers.Late;
import dev.conntrace.trace.StreamBuffers.Peak;

/** How much one stream's receiver held beyond holes, and how long that had to wait. */
final class HoldLog {
  /** Of a stream that never had a hole, as most; never changed. */
  static final HoldLog NONE = new HoldLog();

  // The most held now is the most of all only when the hole turns out to be one.
  private long heldNow;
  private long heldNowFrame;
  private long mostHeld;
  private long mostHeldFrame;

  private LateLog late = LateLog.NONE;

  /** So many bytes are held now. */
  void hold(long bytes, FlowSegment segment) {
    if (bytes > heldNow) {
      heldNow = bytes;
      heldNowFrame = segment.frame();
    }
  }

  /** There was a hole indeed. */
  void keepMostHeld() {
    if (heldNow > mostHeld) {
      mostHeld = heldNow;
      mostHeldFrame = heldNowFrame;
    }
  }

  /** A hole was filled; what is still held begins another count. */
  void fill(long bytesLeft, FlowSegment segment) {
    heldNow = bytesLeft;
    heldNowFrame = segment.frame();
  }

  /**
   * Counts what became usable with a segment after it had waited.
   *
   * @param move how much, and how long the first of it had waited
   * @param fromFrame the segment that brought it
   * @param first the position from which the stream became usable
   * @param end the position up to which it did
   */
  void countLate(StreamMove move, long fromFrame, long first, long end, FlowSegment segment) {
    if (late == LateLog.NONE) {
      late = new LateLog();
    }
    late.count(move, fromFrame, first, end, segment);
  }

  /** Returns the most that was held at once. */
  Peak mostHeld() {
    keepMostHeld();
    return new Peak(mostHeld, mostHeldFrame);
  }

  /**
   * Returns what had to wait for a hole to be filled.
   *
   * @param dataEnd the position behind the last byte of data: a FIN is none
   */
  Late late(long dataEnd, boolean timed) {
    return late.report(dataEnd, timed);
  }
}
