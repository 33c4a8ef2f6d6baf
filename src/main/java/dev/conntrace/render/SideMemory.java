package dev.conntrace.render;

import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.wire.TcpFlags;

/**
 * What a reader of the timeline still has in mind of one side: what it acknowledged and allowed
 * last, and where its FIN stands.
 */
final class SideMemory {
  /** Stands for a position that has not been seen. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private long finEnd = UNKNOWN;
  private long acked = UNKNOWN;
  private long windowBytes = UNKNOWN;

  /** Takes note of a segment that this side sent. */
  void remember(SegmentFacts segment) {
    if (segment.has(TcpFlags.FIN)) {
      finEnd = segment.endRel() + 1;
    }
    if (segment.has(TcpFlags.ACK)) {
      acked = Math.max(acked, segment.ackRel());
      windowBytes = segment.windowBytes();
    }
  }

  /** Returns the highest position that this side has acknowledged. */
  long acked() {
    return acked;
  }

  /** Returns the room that this side announced last. */
  long windowBytes() {
    return windowBytes;
  }

  /** Returns whether everything before {@code position} ends with this side's FIN. */
  boolean endsWithFin(long position) {
    return finEnd != UNKNOWN && position == finEnd;
  }
}
