package dev.conntrace.flow;

import dev.conntrace.wire.TcpOptions;

/**
 * Which of an endpoint's bytes beyond {@code una} the other side says that it has (RFC 6675 3).
 * Bounded: beyond {@link #MAX_RANGES} the ranges are joined into one, which errs towards
 * "received".
 */
public final class SackScoreboard {
  /** Of an endpoint that had no need of one yet; never changed. */
  static final SackScoreboard NONE = new SackScoreboard();

  private static final int MAX_RANGES = 256;

  /** A report with timestamps beside it has room for so many blocks (RFC 2018 3). */
  private static final int MOST_REPORTED = 3;

  private final RangeSet ranges = new RangeSet();
  private long highest;
  private long highestFrame;
  private boolean crowded;

  /**
   * Takes in the blocks of one acknowledgement; those that are impossible or report duplicates are
   * left out.
   */
  void update(FlowSegment ack) {
    Endpoint owner = ack.receiver();
    TcpOptions options = ack.segment().options();
    for (int i = 0; i < options.sackBlocks(); i++) {
      long left = owner.relative(options.sackLeft(i));
      long right = owner.relative(options.sackRight(i));
      if (left < right && left >= ack.ackRel() && right <= owner.nxt()) {
        add(left, right, ack.frame());
      }
    }
    crowded |= ranges.count() > MOST_REPORTED;
    ranges.removeBelow(ack.ackRel());
    crowded &= ranges.count() > 0;
  }

  private void add(long left, long right, long frame) {
    ranges.add(left, right);
    if (right > highest) {
      highest = right;
      highestFrame = frame;
    }
    if (ranges.count() > MAX_RANGES) {
      ranges.add(ranges.left(0), ranges.right(ranges.count() - 1));
    }
  }

  /** Returns the end of the highest range that was ever selectively acknowledged; 0 if none was. */
  public long highest() {
    return highest;
  }

  /** Returns the frame that acknowledged it. */
  public long highestFrame() {
    return highestFrame;
  }

  /** Returns how many positions of the range the other side has beyond its acknowledgement. */
  public long overlap(long from, long to) {
    return ranges.overlap(from, to);
  }

  /** Returns whether anything beyond the acknowledgement is known to have arrived. */
  public boolean isEmpty() {
    return ranges.count() == 0;
  }

  /**
   * Returns whether there have been more ranges than one report names since there was none: then
   * one that is no longer named may only have made room for another.
   */
  public boolean wasCrowded() {
    return crowded;
  }

  /** Forgets everything: the acknowledgements have passed it, or the receiver reneged. */
  void clear() {
    ranges.clear();
    crowded = false;
  }
}
