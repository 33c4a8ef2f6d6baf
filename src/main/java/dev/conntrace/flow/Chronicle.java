package dev.conntrace.flow;

import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.ConnectionHistory;

/**
 * What one connection went through that takes longer than a segment: stalls, repairs, phases of
 * growth, queues. Kept only for connections whose report somebody wants.
 */
public interface Chronicle {
  /**
   * Takes in one segment that has been examined and not applied yet: both endpoints are as they
   * were before it. Second sightings of a packet are not told of.
   *
   * @param findings the verdicts on it
   */
  void note(FlowSegment segment, Findings findings);

  /**
   * Returns what the segment noted last moved in the streams of both, now that it is applied; a
   * second sighting moves nothing.
   */
  BytesMoved moved(FlowSegment segment, Findings findings);

  /**
   * Returns what has been gathered, when the connection is reported.
   *
   * @param connection whose chronicle this is, with all its segments applied
   * @param timed whether the capture has times at all; without, nothing has a duration
   */
  ConnectionHistory report(Connection connection, boolean timed);
}
