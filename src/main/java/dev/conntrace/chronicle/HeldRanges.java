package dev.conntrace.chronicle;

import java.util.Arrays;

/**
 * Ranges of one stream that wait beyond a hole, sorted and apart from each other, each with the
 * frame and time since which some of it has waited. At most {@link #MOST} are kept; a further one
 * pushes the last out.
 */
final class HeldRanges {
  /** More holes at once than any receiver reports or any reader follows. */
  static final int MOST = 256;

  /** For those that may never hold a range; never changed. */
  static final HeldRanges NONE = new HeldRanges(0);

  private static final int USUAL = 4;

  private long[] lefts;
  private long[] rights;
  private long[] sinceNanos;
  private long[] sinceFrames;
  private int count;
  private long bytes;
  private boolean overflown;

  HeldRanges() {
    this(USUAL);
  }

  private HeldRanges(int room) {
    lefts = new long[room];
    rights = new long[room];
    sinceNanos = new long[room];
    sinceFrames = new long[room];
  }

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Returns how many positions are held, in all ranges together. */
  long bytes() {
    return bytes;
  }

  long left(int i) {
    return lefts[i];
  }

  long right(int i) {
    return rights[i];
  }

  long sinceNanos(int i) {
    return sinceNanos[i];
  }

  long sinceFrame(int i) {
    return sinceFrames[i];
  }

  /** Returns whether a range had to be forgotten because there were too many. */
  boolean isOverflown() {
    return overflown;
  }

  /** Returns whether every position from {@code from} to {@code to} is held. */
  boolean covers(long from, long to) {
    int i = firstEndingAt(to);
    return i < count && lefts[i] <= from;
  }

  /** Adds a range, joining it with those that it touches; what waits longest there counts. */
  void add(long from, long to, long timeNanos, long frame) {
    int first = firstEndingAt(from);
    int last = first;
    long left = from;
    long right = to;
    long nanos = timeNanos;
    long since = frame;
    while (last < count && lefts[last] <= to) {
      left = Math.min(left, lefts[last]);
      right = Math.max(right, rights[last]);
      if (sinceFrames[last] < since) {
        nanos = sinceNanos[last];
        since = sinceFrames[last];
      }
      bytes -= rights[last] - lefts[last];
      last++;
    }
    move(last, first + 1);
    lefts[first] = left;
    rights[first] = right;
    sinceNanos[first] = nanos;
    sinceFrames[first] = since;
    bytes += right - left;
    if (count > MOST) {
      count = MOST;
      bytes -= rights[MOST] - lefts[MOST];
      overflown = true;
    }
  }

  /** Takes the first range out. */
  void removeFirst() {
    bytes -= rights[0] - lefts[0];
    move(1, 0);
  }

  /** Forgets everything. */
  void clear() {
    count = 0;
    bytes = 0;
  }

  /** Returns the first range that ends there or later. */
  private int firstEndingAt(long position) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rights[middle] < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Moves the ranges from place {@code from} on to place {@code to}. */
  private void move(int from, int to) {
    int moved = count - from;
    if (to + moved > lefts.length) {
      int room = Math.min(2 * (to + moved), MOST + 1);
      lefts = Arrays.copyOf(lefts, room);
      rights = Arrays.copyOf(rights, room);
      sinceNanos = Arrays.copyOf(sinceNanos, room);
      sinceFrames = Arrays.copyOf(sinceFrames, room);
    }
    System.arraycopy(lefts, from, lefts, to, moved);
    System.arraycopy(rights, from, rights, to, moved);
    System.arraycopy(sinceNanos, from, sinceNanos, to, moved);
    System.arraycopy(sinceFrames, from, sinceFrames, to, moved);
    count = to + moved;
  }
}
