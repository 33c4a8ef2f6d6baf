package dev.conntrace.flow;

/**
 * Whether a segment can belong to its connection by its numbers (RFC 9293 3.10.7.4), as far as a
 * capture that may have missed something can tell: with a whole window to spare on either side.
 */
final class Acceptance {
  /** Numbers farther apart never belong to one connection: no window is larger (RFC 7323 2.3). */
  private static final long FARTHEST_BYTES = 1L << 30;

  /** A capture seldom misses more in one go. */
  private static final long LEAST_TOLERANCE_BYTES = 1 << 20;

  private Acceptance() {}

  /**
   * Returns whether the sender cannot have sent what the segment's number says, or its numbers are
   * beyond all measure.
   */
  static boolean isStray(FlowSegment segment) {
    Endpoint sender = segment.sender();
    Endpoint receiver = segment.receiver();
    boolean farAck =
        segment.isAck() && Math.abs(segment.ackRel() - receiver.una()) > FARTHEST_BYTES;
    boolean farSeq = sender.hasNxt() && Math.abs(segment.seqRel() - sender.nxt()) > FARTHEST_BYTES;
    return farAck
        || farSeq
        || (isComparable(segment)
            && (isBeyond(segment.seqRel(), sender, receiver)
                || isBefore(segment.seqRel(), sender)));
  }

  /** Returns whether the receiver cannot have sent what the segment acknowledges (RFC 5961 5). */
  static boolean isAckStray(FlowSegment segment) {
    return segment.isAck()
        && isComparable(segment)
        && (isBeyond(segment.ackRel(), segment.receiver(), segment.sender())
            || isBefore(segment.ackRel(), segment.receiver()));
  }

  private static boolean isComparable(FlowSegment segment) {
    return !segment.isSyn()
        && segment.sender().hasNxt()
        && segment.receiver().hasNxt()
        && segment.connection().opening().isEstablished();
  }

  /** Returns whether {@code owner} could not have sent {@code position}: nobody allowed it. */
  static boolean isBeyond(long position, Endpoint owner, Endpoint allowing) {
    Announcement allowed = allowing.announcement();
    return allowed.isKnown()
        && allowing.offer().isScaleSettled()
        && position - Math.max(allowed.edge(), owner.knownEnd()) > tolerance(allowed);
  }

  /** Returns whether {@code position} lies before the SYN, which was captured. */
  private static boolean isBefore(long position, Endpoint owner) {
    return position < 0 && owner.offer().isSeen();
  }

  /** Returns how far beyond an allowance the capture may lag behind what it did not show. */
  static long tolerance(Announcement allowed) {
    return Math.max(LEAST_TOLERANCE_BYTES, allowed.largestWindowBytes());
  }
}
