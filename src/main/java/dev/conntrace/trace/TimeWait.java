package dev.conntrace.trace;

/**
 * A TIME_WAIT (RFC 9293 3.6.1).
 *
 * @param owner who waits
 * @param startNanos when it last (re)started, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param expectedEndNanos when it will have ended, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param startFrame the frame that started it last
 * @param restarts how often a repeated FIN started it anew
 */
public record TimeWait(
    Party owner, long startNanos, long expectedEndNanos, long startFrame, int restarts) {}
