package dev.conntrace.trace;

import org.jspecify.annotations.Nullable;

/**
 * A TIME_WAIT (RFC 9293 3.6.1).
 *
 * @param owner who waits
 * @param startNanos when it last (re)started, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param expectedEndNanos when it will have ended, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param startFrame the frame that started it last
 * @param restarts how often a repeated FIN started it anew
 * @param takeOver what ended it before its time; null if nothing did
 */
public record TimeWait(
    Party owner,
    long startNanos,
    long expectedEndNanos,
    long startFrame,
    int restarts,
    @Nullable TakeOver takeOver) {

  /**
   * The next connection between the same addresses and ports, which was let in meanwhile (RFC
   * 6191): nobody waits from then on.
   *
   * @param connection its number
   * @param frame the frame with which it asked
   * @param nanos when, or {@link SegmentFacts#NO_TIMESTAMP}
   */
  public record TakeOver(int connection, long frame, long nanos) {}
}
