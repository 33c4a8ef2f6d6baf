package dev.conntrace.trace;

/**
 * How the bytes of one direction travelled, and how many of them waited at either end.
 *
 * @param dataSegments segments with data that the capture had not shown before
 * @param fullSizedSegments how many of these held as much as a segment may (RFC 9293 3.7.1); {@link
 *     #UNKNOWN} where no SYN told how much that is
 * @param pushRuns how PSH cut the stream up
 * @param unacknowledged the most that was sent and not acknowledged at once; so much waited in the
 *     send buffer at least
 * @param outOfOrder the most that the receiver held beyond a hole at once
 * @param unread the most by which the window sank while its right edge stood still (RFC 9293
 *     3.8.6.2.2): acknowledged, and no room given for it again
 * @param late what the receiver could hand on only after a hole was filled
 * @param confirmedOnly whether the receiver was so far from the capture point that only its own
 *     acknowledgements tell what it had, and when
 */
public record StreamBuffers(
    long dataSegments,
    long fullSizedSegments,
    PushRuns pushRuns,
    Peak unacknowledged,
    Peak outOfOrder,
    Peak unread,
    Late late,
    boolean confirmedOnly) {

  /** Stands for a number that the capture does not tell. */
  public static final long UNKNOWN = -1;

  /**
   * The most of something.
   *
   * @param bytes how much; 0 if there never was any
   * @param frame after which frame that was
   */
  public record Peak(long bytes, long frame) {
    public static final Peak NONE = new Peak(0, 0);
  }

  /**
   * Least, middle and largest of many sizes; all 0 if there are none.
   *
   * @param median the middle one; of very many an estimate
   */
  public record Sizes(long min, long median, long max) {
    public static final Sizes NONE = new Sizes(0, 0, 0);
  }

  /**
   * Runs of data that each end with PSH. No message boundary: a sender sets PSH when its buffer
   * runs empty (RFC 9293 3.9.1.2), a receiver never tells its application.
   *
   * @param count how many
   * @param bytes how long they are
   * @param segments of how many segments they are made
   */
  public record PushRuns(long count, Sizes bytes, Sizes segments) {
    public static final PushRuns NONE = new PushRuns(0, Sizes.NONE, Sizes.NONE);
  }

  /**
   * Head-of-line blocking: bytes that had arrived and could not be handed on, because others before
   * them were missing.
   *
   * @param bytes how many waited, in all
   * @param times how often a hole was filled that kept others waiting
   * @param longestNanos how long the one that waited longest did so; {@link #UNKNOWN} without
   *     timestamps
   * @param fromFrame the frame that brought it, or said that it was there
   * @param toFrame the frame that made it usable, or said so
   * @param first first position that became usable then
   * @param end position behind the last that became usable then
   */
  public record Late(
      long bytes,
      long times,
      long longestNanos,
      long fromFrame,
      long toFrame,
      long first,
      long end) {
    public static final Late NONE = new Late(0, 0, UNKNOWN, 0, 0, 0, 0);
  }

  /** Of a direction without data. */
  public static final StreamBuffers NONE =
      new StreamBuffers(
          0, UNKNOWN, PushRuns.NONE, Peak.NONE, Peak.NONE, Peak.NONE, Late.NONE, false);

  /** Returns whether there was no data. */
  public boolean isEmpty() {
    return dataSegments == 0;
  }

  /** Returns how many segments held less than they might have; 0 where that is not known. */
  public long shortSegments() {
    return fullSizedSegments == UNKNOWN ? 0 : dataSegments - fullSizedSegments;
  }
}
