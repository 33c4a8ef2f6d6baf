package dev.conntrace.expect;

import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import java.util.List;

/**
 * One connection of a {@link Trace}.
 *
 * @param opened how it was first heard of
 * @param report everything known of it at its end
 * @param segments its segments in the order of the capture, with final verdicts; only the first
 *     ones where {@link TraceBounds} was reached
 * @param tally what was counted while its segments went by
 * @param fromClient the bytes that the client sent
 * @param fromServer the bytes that the server sent
 */
public record ConnectionTrace(
    ConnectionOpened opened,
    ConnectionReport report,
    List<SegmentSeen> segments,
    ConnectionTally tally,
    RecordedStream fromClient,
    RecordedStream fromServer) {

  /** Returns its number in the capture, from 1. */
  public int number() {
    return report.connection();
  }

  /** Returns the bytes that one side sent. */
  public RecordedStream from(Side side) {
    return side == Side.CLIENT ? fromClient : fromServer;
  }
}
