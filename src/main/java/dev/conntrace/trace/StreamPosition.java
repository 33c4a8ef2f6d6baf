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
 * @param held what it has beyond that, in order of position, at most {@link #MOST_HELD} ranges
 * @param heldRanges how many such ranges there are
 * @param heldExact false where there were too many to follow
 * @param heldBytes how many bytes they hold
 * @param lateBytes of what became usable with the segment, how much had waited
 * @param waitedNanos how long the first of these had waited; 0 where the capture has no times
 * @param ackedBefore the highest position acknowledged before the segment
 * @param acked the same after it
 * @param sentEnd the position behind everything sent
 * @param finAt where its FIN stands, which is no byte; {@link #NO_FIN} without one
 * @param windowBytes how much the receiver allowed last; {@link #NO_WINDOW} before it did
 * @param confirmedOnly whether only what the receiver confirms counts as arrived, because it is far
 *     from the capture point
 */
public record StreamPosition(
    long start,
    long usableBefore,
    long usable,
    List<SackBlock> held,
    int heldRanges,
    boolean heldExact,
    long heldBytes,
    long lateBytes,
    long waitedNanos,
    long ackedBefore,
    long acked,
    long sentEnd,
    long finAt,
    long windowBytes,
    boolean confirmedOnly) {
  /** How many ranges are named. */
  public static final int MOST_HELD = 3;

  /** Stands for a FIN that was not sent. */
  public static final long NO_FIN = Long.MAX_VALUE;

  /** Stands for a window that was not announced. */
  public static final long NO_WINDOW = -1;

  /** Returns the position of a stream that has brought no data yet, up to {@code end}. */
  public static StreamPosition unmoved(long end) {
    return new StreamPosition(
        end, end, end, List.of(), 0, true, 0, 0, 0, end, end, end, NO_FIN, NO_WINDOW, false);
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
}
