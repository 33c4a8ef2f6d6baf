package dev.conntrace.flow;

/**
 * Half-open ranges of positions, sorted, apart from each other, and at most a given number of them.
 */
final class RangeSet {
  private static final long[] NONE = {};

  /** For those that may never hold a range; never changed. */
  static final RangeSet EMPTY = new RangeSet();

  private long[] edges = NONE;
  private int count;

  int count() {
    return count;
  }

  long left(int i) {
    return edges[2 * i];
  }

  long right(int i) {
    return edges[2 * i + 1];
  }

  /** Returns how many positions from {@code from} to {@code to} are in the set. */
  long overlap(long from, long to) {
    long shared = 0;
    for (int i = firstEndingAfter(from); i < count && edges[2 * i] < to; i++) {
      shared += Math.min(to, edges[2 * i + 1]) - Math.max(from, edges[2 * i]);
    }
    return shared;
  }

  /** Returns the end of the range that holds {@code position}; itself where none does. */
  long endOfRangeWith(long position) {
    int i = firstEndingAfter(position);
    return i < count && edges[2 * i] <= position ? edges[2 * i + 1] : position;
  }

  /**
   * Returns the first position of the set that is not below {@code position}, or the largest
   * number.
   */
  long startOfRangeFrom(long position) {
    int i = firstEndingAfter(position);
    return i < count ? Math.max(position, edges[2 * i]) : Long.MAX_VALUE;
  }

  /** Binary search: an attacker chooses how many ranges there are. */
  private int firstEndingAfter(long position) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[2 * middle + 1] <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Adds a range, joining it with those that it touches. */
  void add(long from, long to) {
    int first = firstEndingAfter(from - 1);
    int last = first;
    long left = from;
    long right = to;
    while (last < count && edges[2 * last] <= to) {
      left = Math.min(left, edges[2 * last]);
      right = Math.max(right, edges[2 * last + 1]);
      last++;
    }
    int grown = count + 1 - (last - first);
    if (2 * grown > edges.length) {
      long[] wider = new long[2 * (grown + Math.max(1, grown / 2))];
      System.arraycopy(edges, 0, wider, 0, 2 * count);
      edges = wider;
    }
    System.arraycopy(edges, 2 * last, edges, 2 * (first + 1), 2 * (count - last));
    edges[2 * first] = left;
    edges[2 * first + 1] = right;
    count = grown;
  }

  /** Forgets every position below {@code position}. */
  void removeBelow(long position) {
    int gone = firstEndingAfter(position);
    if (gone > 0) {
      System.arraycopy(edges, 2 * gone, edges, 0, 2 * (count - gone));
      count -= gone;
    }
    if (count > 0 && edges[0] < position) {
      edges[0] = position;
    }
  }

  void clear() {
    count = 0;
  }
}
