package dev.conntrace.trace;

/**
 * What an acknowledgement covers that none before it did.
 *
 * @param segments how many segments it covers the end of, each counted once however often it was
 *     sent
 * @param isLeast whether there may have been more: so many were on their way that the first are
 *     forgotten
 * @param bytes payload bytes newly covered
 * @param unseenBytes how many of them the capture does not hold
 * @param firstFrame frame of the first of these segments; 0 where none is remembered
 * @param lastFrame frame of the last one
 * @param partlyFrame frame of a segment of which it covers only a part; 0 if there is none
 * @param resent how many of the segments were sent more than once
 * @param oldestWaitedNanos how long the first one has waited since it was first sent, in
 *     nanoseconds; {@link #UNKNOWN} where the capture does not tell
 * @param newestWaitedNanos how long the last one has
 */
public record AckCoverage(
    int segments,
    boolean isLeast,
    long bytes,
    long unseenBytes,
    long firstFrame,
    long lastFrame,
    long partlyFrame,
    int resent,
    long oldestWaitedNanos,
    long newestWaitedNanos) {
  /** Stands for a time that the capture does not have. */
  public static final long UNKNOWN = -1;

  /** Returns the same with everything seen: what had seemed missing was captured late. */
  public AckCoverage allSeen() {
    return new AckCoverage(
        segments,
        isLeast,
        bytes,
        0,
        firstFrame,
        lastFrame,
        partlyFrame,
        resent,
        oldestWaitedNanos,
        newestWaitedNanos);
  }
}
