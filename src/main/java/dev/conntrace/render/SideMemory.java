package dev.conntrace.render;

import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.wire.TcpFlags;

/**
 * What a reader of the timeline still has in mind of one side: what it acknowledged and allowed
 * last, and which frames carried its newest bytes. Bounded: of what it has forgotten it says
 * nothing.
 */
final class SideMemory {
  /** Stands for a position that has not been seen. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private static final int KEPT = 64;

  private final long[] ends = new long[KEPT];
  private final long[] frames = new long[KEPT];
  private long count;
  private long finEnd = UNKNOWN;
  private long acked = UNKNOWN;
  private long windowBytes = UNKNOWN;

  /** Takes note of a segment that this side sent. */
  void remember(SegmentFacts segment) {
    boolean fin = segment.has(TcpFlags.FIN);
    if (segment.length() > 0 || fin) {
      int slot = (int) (count++ % KEPT);
      ends[slot] = segment.endRel() + (fin ? 1 : 0);
      frames[slot] = segment.frame();
      finEnd = fin ? ends[slot] : finEnd;
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

  /**
   * Returns this side's frames that end above {@code from} and not above {@code to}: {@code frames
   * 4 to 9}; empty where none is remembered.
   */
  String framesBetween(long from, long to) {
    long first = Long.MAX_VALUE;
    long last = 0;
    for (int i = 0; i < Math.min(count, KEPT); i++) {
      if (ends[i] > from && ends[i] <= to) {
        first = Math.min(first, frames[i]);
        last = Math.max(last, frames[i]);
      }
    }
    return last == 0 ? "" : Counted.frames(first, last);
  }
}
