package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.Flight;

/**
 * How much of a side's data is on its way: sent, and neither acknowledged nor selectively
 * acknowledged (RFC 6675 calls a finer count the pipe). A FIN is no data.
 */
final class InFlight {
  /** What the timestamp option takes of each segment, padded (RFC 7323 A). */
  private static final int TIMESTAMP_BYTES = 12;

  private InFlight() {}

  /** Returns what {@code sender} has on its way, in bytes; 0 where its beginning is not known. */
  static long bytes(Endpoint sender) {
    return sender.hasUna() ? beyond(sender, sender.una()) : 0;
  }

  /** Returns what its receiver will still have on its way when {@code ack} is taken in. */
  static long bytesAfter(FlowSegment ack) {
    Endpoint owner = ack.receiver();
    return beyond(owner, Math.max(ack.ackRel(), owner.una()));
  }

  private static long beyond(Endpoint sender, long position) {
    boolean fin = sender.closing().finSent() && position <= sender.closing().finRel();
    long sent = sender.nxt() - position - (fin ? 1 : 0);
    if (sent <= 0 || sender.scoreboard().isEmpty()) {
      return Math.max(0, sent);
    }
    return sent - sender.scoreboard().overlap(position, sender.nxt());
  }

  /**
   * Returns the payload of a full segment as this side sends them: not more than the other side
   * takes, however much an interface hands over in one piece.
   */
  static long segmentBytes(Endpoint sender, Connection connection) {
    long largest = Math.max(1, sender.totals().largestPayload());
    if (!connection.peerOf(sender).offer().hasMss()) {
      return largest;
    }
    int mss = connection.peerOf(sender).offer().mssBytes();
    boolean stamped = sender.offer().timestamps() && connection.peerOf(sender).offer().timestamps();
    return Math.min(largest, Math.max(1, stamped ? mss - TIMESTAMP_BYTES : mss));
  }

  static Flight flight(long bytes, long segmentBytes) {
    return new Flight(bytes, (bytes + segmentBytes - 1) / segmentBytes);
  }
}
