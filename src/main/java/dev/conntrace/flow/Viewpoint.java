package dev.conntrace.flow;

import dev.conntrace.trace.CapturePoint;

/**
 * Where a capture was taken, by how long each half of a round trip takes from there: near the end
 * that answers at once.
 *
 * <p>It decides what a capture proves. At the receiver's side what was seen has arrived; at the
 * sender's side it may still be lost.
 */
public final class Viewpoint {
  /** The near half is this small a part of the whole, at most. */
  private static final int NEAR_PART = 10;

  /** A host that answers its own capture takes no longer than this, if it is not very busy. */
  private static final long NEAR_NANOS = 1_000_000;

  /** On a path this short a host that was busy for a moment looks far away. */
  private static final long SHORT_PATH_NANOS = 5_000_000;

  /** What a host beside the capture needs to answer there, then. */
  private static final long AT_ONCE_NANOS = 50_000;

  private Viewpoint() {}

  /**
   * Returns whether a segment that was captured has with certainty reached {@code end}: the capture
   * was taken beside it, or on the host that both ends are on.
   */
  static boolean showsArrivalAt(Endpoint end, FlowSegment segment) {
    Connection connection = segment.connection();
    return connection.isOfOneHost() || isAt(end, connection) || isAnsweredAt(end, segment);
  }

  /** The third segment of the handshake shows where it is taken before it has been counted. */
  private static boolean isAnsweredAt(Endpoint end, FlowSegment third) {
    Opening opening = third.connection().opening();
    boolean isThird =
        opening.synFrame() != 0
            && opening.synAckFrame() != 0
            && opening.ackFrame() == 0
            && !opening.isSynRepeated()
            && !opening.isSynAckRepeated();
    return isThird
        && end == third.connection().server()
        && isNear(
            opening.synAckNanos() - opening.synNanos(), third.timeNanos() - opening.synAckNanos());
  }

  /** Returns from where a connection was seen. */
  static CapturePoint of(Connection connection) {
    if (connection.isOfOneHost()) {
      return CapturePoint.BOTH;
    }
    if (isAt(connection.client(), connection)) {
      return CapturePoint.CLIENT;
    }
    if (isAt(connection.server(), connection)) {
      return CapturePoint.SERVER;
    }
    boolean bothFar =
        leastRoundTripNanos(connection.client(), connection) > NEAR_NANOS
            && leastRoundTripNanos(connection.server(), connection) > NEAR_NANOS;
    return bothFar ? CapturePoint.BETWEEN : CapturePoint.UNKNOWN;
  }

  /**
   * Returns whether the capture was taken beside {@code end}: both halves of the way are known, and
   * nearly the whole of it lies towards the other end. False on loopback and in the middle.
   */
  public static boolean isAt(Endpoint end, Connection connection) {
    Opening opening = connection.opening();
    if (isTimed(opening)) {
      long toServer = opening.synAckNanos() - opening.synNanos();
      long toClient = opening.ackNanos() - opening.synAckNanos();
      return end == connection.server() ? isNear(toServer, toClient) : isNear(toClient, toServer);
    }
    Endpoint other = connection.peerOf(end);
    return other.rtt().isKnown()
        && end.rtt().isKnown()
        && isNear(other.rtt().minNanos(), end.rtt().minNanos());
  }

  /**
   * Returns the least time in nanoseconds from a segment of {@code sender} at the capture point to
   * the answer of the other end there; 0 where neither the handshake nor any data tells.
   */
  public static long leastRoundTripNanos(Endpoint sender, Connection connection) {
    Opening opening = connection.opening();
    long measured = sender.rtt().isKnown() ? sender.rtt().minNanos() : Long.MAX_VALUE;
    long handshake = Long.MAX_VALUE;
    if (isTimed(opening)) {
      handshake =
          sender == connection.client()
              ? opening.synAckNanos() - opening.synNanos()
              : opening.ackNanos() - opening.synAckNanos();
    }
    // Where the capture steps back in time, the handshake measures nothing.
    long least = handshake < 0 ? measured : Math.min(measured, handshake);
    return least == Long.MAX_VALUE ? 0 : least;
  }

  /** Whether the handshake was seen whole and nothing of it came twice. */
  private static boolean isTimed(Opening opening) {
    return opening.synFrame() != 0
        && opening.synAckFrame() != 0
        && opening.ackFrame() != 0
        && !opening.isSynRepeated()
        && !opening.isSynAckRepeated();
  }

  private static boolean isNear(long towards, long away) {
    long most = away < SHORT_PATH_NANOS ? AT_ONCE_NANOS : NEAR_NANOS;
    return towards >= 0 && towards <= most && towards <= away / (NEAR_PART - 1);
  }
}
