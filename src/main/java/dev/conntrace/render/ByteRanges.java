package dev.conntrace.render;

/**
 * Ranges of stream positions, sorted and apart from each other; {@code left} belongs to a range,
 * {@code right} does not. At most {@link #MOST} are kept.
 */
final class ByteRanges {
  /** More holes at once than any receiver reports or any reader follows. */
  static final int MOST = 256;

  private final long[] lefts = new long[MOST + 1];
  private final long[] rights = new long[MOST + 1];
  private int count;
  private boolean overflown;

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  long left(int i) {
    return lefts[i];
  }

  long right(int i) {
    return rights[i];
  }

  /** Returns whether a range had to be forgotten because there were too many. */
  boolean isOverflown() {
    return overflown;
  }

  /** Returns how many positions from {@code from} to {@code to} are in a range. */
  long overlap(long from, long to) {
    long shared = 0;
    for (int i = 0; i < count && lefts[i] < to; i++) {
      shared += Math.max(0, Math.min(to, rights[i]) - Math.max(from, lefts[i]));
    }
    return shared;
  }

  /** Returns whether a range that ends or begins exactly there would grow by this one. */
  boolean touches(long from, long to) {
    for (int i = 0; i < count; i++) {
      if (lefts[i] <= to && rights[i] >= from) {
        return true;
      }
    }
    return false;
  }

  /** Adds a range, joining it with those that it touches. */
  void add(long from, long to) {
    int first = 0;
    while (first < count && rights[first] < from) {
      first++;
    }
    int last = first;
    long left = from;
    long right = to;
    while (last < count && lefts[last] <= to) {
      left = Math.min(left, lefts[last]);
      right = Math.max(right, rights[last]);
      last++;
    }
    int moved = count - last;
    System.arraycopy(lefts, last, lefts, first + 1, moved);
    System.arraycopy(rights, last, rights, first + 1, moved);
    lefts[first] = left;
    rights[first] = right;
    count = first + 1 + moved;
    if (count > MOST) {
      count = MOST;
      overflown = true;
    }
  }

  /**
   * Takes out everything that follows {@code position} without a hole, and everything before it.
   *
   * @return the position from which on the next byte is missing
   */
  long takeFrom(long position) {
    long next = position;
    int taken = 0;
    while (taken < count && lefts[taken] <= next) {
      next = Math.max(next, rights[taken]);
      taken++;
    }
    count -= taken;
    System.arraycopy(lefts, taken, lefts, 0, count);
    System.arraycopy(rights, taken, rights, 0, count);
    return next;
  }
}
