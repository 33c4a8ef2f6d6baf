package dev.conntrace.flow;

/**
 * Which positions of one direction the capture has shown: one run from the beginning, and islands
 * beyond its end.
 *
 * <pre>
 *   start          contiguousEnd      island         island
 *     |=================|       |=======|       |======|
 *                        ^^^^^^^         ^^^^^^^   holes
 * </pre>
 *
 * <p>Ranges are half-open. At most {@link #MAX_ISLANDS} islands are kept; beyond that the first
 * hole is given up, that is, counted as seen, and {@link #givenUpBytes} grows.
 */
public final class SeenRanges {
  /** How many islands one direction may have before its first hole is given up. */
  public static final int MAX_ISLANDS = 512;

  private boolean started;
  private long start;
  private long contiguousEnd;

  /** The one empty set until there is a hole. */
  private RangeSet islands = RangeSet.EMPTY;

  private long givenUpBytes;

  /** Begins the first run at {@code position}; everything before it counts as not seen. */
  void startAt(long position) {
    started = true;
    start = position;
    contiguousEnd = position;
  }

  /** Returns whether anything has been seen. */
  public boolean isStarted() {
    return started;
  }

  /**
   * Returns the end of the first unbroken run: the next position that a receiver of all this would
   * expect.
   */
  public long contiguousEnd() {
    return contiguousEnd;
  }

  /** Returns whether there is a hole below the highest position seen. */
  public boolean hasHoles() {
    return islands.count() > 0;
  }

  /**
   * Returns how many bytes were counted as seen although they were not, because there were too many
   * holes.
   */
  public long givenUpBytes() {
    return givenUpBytes;
  }

  /** Returns how many of the positions from {@code from} to {@code to} have been seen. */
  public long overlap(long from, long to) {
    if (!started) {
      return 0;
    }
    return Math.max(0, Math.min(contiguousEnd, to) - Math.max(start, from))
        + islands.overlap(from, to);
  }

  /** Returns the first position from {@code from} on that has not been seen. */
  public long firstMissing(long from) {
    boolean inFirstRun = started && from >= start && from < contiguousEnd;
    return inFirstRun ? contiguousEnd : islands.endOfRangeWith(from);
  }

  /** Returns the first position from {@code from} on that has been seen, or the largest number. */
  public long firstSeen(long from) {
    boolean beforeFirstRun = started && from < contiguousEnd;
    return beforeFirstRun ? Math.max(start, from) : islands.startOfRangeFrom(from);
  }

  /**
   * Marks the positions from {@code from} to {@code to} as seen.
   *
   * @return how many of them had not been seen before
   */
  public long add(long from, long to) {
    if (to <= from) {
      return 0;
    }
    if (!started) {
      startAt(from);
    }
    if (from == contiguousEnd && islands.count() == 0) {
      contiguousEnd = to;
      return to - from;
    }
    long fresh = to - from - overlap(from, to);
    if (fresh > 0) {
      place(from, to);
    }
    return fresh;
  }

  private void place(long from, long to) {
    if (from > contiguousEnd) {
      if (islands == RangeSet.EMPTY) {
        islands = new RangeSet();
      }
      islands.add(from, to);
      if (islands.count() > MAX_ISLANDS) {
        givenUpBytes += islands.left(0) - contiguousEnd;
        fillTo(islands.left(0));
      }
      return;
    }
    // A piece from before the first byte seen moves the start back: whatever lies between was sent
    // before the capture began.
    start = Math.min(start, from);
    fillTo(to);
  }

  /**
   * Returns how many positions below {@code position}, from the first one on, have not been seen.
   */
  long missingBelow(long position) {
    return started && position > start
        ? position - start - overlap(start, position) + givenUpBytes
        : givenUpBytes;
  }

  /** Counts everything below {@code position} as seen. */
  void fillTo(long position) {
    if (position > contiguousEnd) {
      contiguousEnd = position;
    }
    while (islands.count() > 0 && islands.left(0) <= contiguousEnd) {
      contiguousEnd = Math.max(contiguousEnd, islands.right(0));
      islands.removeBelow(contiguousEnd);
    }
  }
}
