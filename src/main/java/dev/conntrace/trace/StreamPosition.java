package dev.conntrace.trace;

import java.util.List;

/**
 * Where one side's stream stands after a segment. Positions count as in {@link SegmentFacts}: the
 * first byte of data is 1; an {@code end} is the position behind the last byte.
 *
 * @param start the first position that can be known of
 * @param usableBefore up to where the receiver could hand everything to its application before the
 *     segment
 * @param usable the same after it: the first position that it may still lack
 * @param held what it has beyond that
 * @param lateBytes of what became usable with the segment, how much had waited
 * @param waitedNanos how long the first of these had waited; 0 where the capture has no times
 * @param pushedBytes how long the run is that the segment ended with PSH; 0 if it ended none
 * @param ackedBefore the highest position acknowledged before the segment
 * @param acked the same after it
 * @param unreadBytes how much was acknowledged since the right edge of the window moved last
 * @param sentEnd the position behind everything sent; 0 if nothing was
 * @param finAt where its FIN stands, which is no byte; {@link #NO_FIN} without one
 * @param windowBytes how much the receiver allowed last; {@link #NO_WINDOW} before it did
 * @param confirmedOnly whether only what the receiver confirms counts as arrived, because it is far
 *     from the capture point
 */
public record StreamPosition(
    long start,
    long usableBefore,
    long usable,
    Held held,
    long lateBytes,
    long waitedNanos,
    long pushedBytes,
    long ackedBefore,
    long acked,
    long unreadBytes,
    long sentEnd,
    long finAt,
    long windowBytes,
    boolean confirmedOnly) {

  /**
   * What waits beyond a hole.
   *
   * @param ranges in order of position, the first few
   * @param count how many ranges there are
   * @param exact false where there were too many to follow
   * @param bytes how much is in all of them
   */
  public record Held(List<SackBlock> ranges, int count, boolean exact, long bytes) {
    public static final Held NONE = new Held(List.of(), 0, true, 0);

    /** How many ranges are named. */
    public static final int MOST_NAMED = 3;

    /** Returns whether nothing waits. */
    public boolean isEmpty() {
      return count == 0;
    }

    /** Returns where the first hole ends. */
    public long firstLeft() {
      return ranges.get(0).left();
    }
  }

  /** Stands for a FIN that was not sent. */
  public static final long NO_FIN = Long.MAX_VALUE;

  /** Stands for a window that was not announced. */
  public static final long NO_WINDOW = -1;

  /** Of a stream of which nothing is known. */
  public static final StreamPosition UNKNOWN = unmoved(0, NO_WINDOW);

  /**
   * Returns the position of a stream that has brought no data yet.
   *
   * @param end the position behind everything sent
   */
  public static StreamPosition unmoved(long end, long windowBytes) {
    return new StreamPosition(
        end, end, end, Held.NONE, 0, 0, 0, end, end, 0, end, NO_FIN, windowBytes, false);
  }

  /** Returns how many positions are sent and not acknowledged. */
  public long unacknowledged() {
    return Math.max(0, sentEnd - acked);
  }

  /** Returns the position behind the last data byte before {@code position}: a FIN is no byte. */
  public long dataEnd(long position) {
    return Math.min(finAt, position);
  }

  /** Returns whether the segment made anything usable, be it only the end of the stream. */
  public boolean advances() {
    return usable > usableBefore;
  }

  /** Returns whether the segment showed that something is missing that had seemed to be there. */
  public boolean fallsBack() {
    return usable < usableBefore;
  }
}
