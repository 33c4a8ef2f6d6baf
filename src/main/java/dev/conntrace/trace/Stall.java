package dev.conntrace.trace;

/**
 * A time in which one side could not send because the other's window did not allow it.
 *
 * @param side who could not send
 * @param cause why
 * @param shown whether the capture shows that this side had something to send: it probed, or it
 *     sent as soon as it was allowed to
 * @param startFrame the segment that used the window up, or that announced that it is closed
 * @param closedFrame the first segment that announced a window of 0 or too small a one; 0 if none
 *     did
 * @param endFrame the segment that ended it; 0 if none did
 * @param resumedFrame the first segment with something new that followed; 0 if none did at once
 * @param startNanos when it began, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param durationNanos for how long nothing could be sent, from the start to the first new segment
 *     or else to the end; 0 where the capture has no times. Of a run of full windows the sum of all
 *     waits
 * @param endedBy what ended it
 * @param probes window probes meanwhile
 * @param fills how often the window was used up in a row; 1 for most
 * @param waitingBytes how many bytes at least had been waiting: what was sent at once when there
 *     was room; 0 if unknown
 */
public record Stall(
    Side side,
    StallCause cause,
    boolean shown,
    long startFrame,
    long closedFrame,
    long endFrame,
    long resumedFrame,
    long startNanos,
    long durationNanos,
    StallEnd endedBy,
    int probes,
    int fills,
    long waitingBytes) {}
