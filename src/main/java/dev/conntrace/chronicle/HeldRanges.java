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

  private static final int USUAL = 2;

  private static final int LEFT = 0;
  private static final int RIGHT = 1;
  private static final int SINCE_NANOS = 2;
  private static final int SINCE_FRAME = 3;
  private static final int NUMBERS = 4;

  /** A row of numbers for each range. */
  private long[] rows;

  private int count;
  private long bytes;
  private boolean overflown;

  HeldRanges() {
    this(USUAL);
  }

  private HeldRanges(int room) {
    rows = new long[room * NUMBERS];
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
    return rows[i * NUMBERS + LEFT];
  }

  long right(int i) {
    return rows[i * NUMBERS + RIGHT];
  }

  long sinceNanos(int i) {
    return rows[i * NUMBERS + SINCE_NANOS];
  }

  long sinceFrame(int i) {
    return rows[i * NUMBERS + SINCE_FRAME];
  }

  /** Returns whether a range had to be forgotten because there were too many. */
  boolean isOverflown() {
    return overflown;
  }

  /** Returns whether every position from {@code from} to {@code to} is held. */
  boolean covers(long from, long to) {
    int i = firstEndingAt(to);
    return i < count && left(i) <= from;
  }

  /** Adds a range, joining it with those that it touches; what waits longest there counts. */
  void add(long from, long to, long timeNanos, long frame) {
    int first = firstEndingAt(from);
    int last = first;
    long left = from;
    long right = to;
    long nanos = timeNanos;
    long since = frame;
    while (last < count && left(last) <= to) {
      left = Math.min(left, left(last));
      right = Math.max(right, right(last));
      if (sinceFrame(last) < since) {
        nanos = sinceNanos(last);
        since = sinceFrame(last);
      }
      bytes -= right(last) - left(last);
      last++;
    }
    move(last, first + 1);
    set(first, left, right, nanos, since);
    bytes += right - left;
    if (count > MOST) {
      count = MOST;
      bytes -= right(MOST) - left(MOST);
      overflown = true;
    }
  }

  /** Takes the first range out. */
  void removeFirst() {
    bytes -= right(0) - left(0);
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
      if (right(middle) < position) {
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
    int needed = to + moved;
    if (needed * NUMBERS > rows.length) {
      rows = Arrays.copyOf(rows, Math.min(needed + Math.max(1, needed / 4), MOST + 1) * NUMBERS);
    }
    System.arraycopy(rows, from * NUMBERS, rows, to * NUMBERS, moved * NUMBERS);
    count = to + moved;
  }

  private void set(int i, long left, long right, long nanos, long frame) {
    int at = i * NUMBERS;
    rows[at + LEFT] = left;
    rows[at + RIGHT] = right;
    rows[at + SINCE_NANOS] = nanos;
    rows[at + SINCE_FRAME] = frame;
  }
}
