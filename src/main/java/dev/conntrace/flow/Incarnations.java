package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import dev.conntrace.wire.SeqNum;

/**
 * Which of several connections between the same addresses and ports a segment belongs to (RFC 9293
 * 3.4, RFC 6191): a SYN may open a new one, and strays of the old one go back to it.
 */
final class Incarnations {
  /** Segments farther than this from what is expected belong to something else. */
  private static final long NEAR_BYTES = 1L << 24;

  private Incarnations() {}

  /**
   * Returns whether {@code segment} begins a new connection although {@code known} has the same
   * addresses and ports.
   */
  static boolean begins(Connection known, Segment segment) {
    if (!segment.isSyn() || segment.isRst()) {
      return false;
    }
    Endpoint sender = known.senderOf(segment);
    boolean sameNumber = sender.isBaseKnown() && sender.base() == segment.seq();
    boolean hadItsTime = known.isFinished() && known.opening().isEstablished();
    if (sameNumber && (!hadItsTime || segment.isAck())) {
      return false;
    }
    return segment.isAck()
        ? beginsWithAnswer(known, sender, segment)
        : beginsWithSyn(known, sender, segment);
  }

  private static boolean beginsWithSyn(Connection known, Endpoint sender, Segment syn) {
    if (known.isFinished()) {
      return true;
    }
    boolean crossesOther =
        !sender.offer().isSeen()
            && sender.totals().bytes() == 0
            && !known.opening().isEstablished()
            && !known.opening().isMidstream();
    if (crossesOther) {
      return false;
    }
    return !isInWindow(known, sender, syn);
  }

  /**
   * A SYN inside the window of an open connection is answered by a challenge ACK and opens nothing
   * (RFC 5961 4).
   */
  private static boolean isInWindow(Connection known, Endpoint sender, Segment syn) {
    Announcement allowed = known.peerOf(sender).announcement();
    if (!sender.state().isSynchronized() || !allowed.isKnown() || !sender.hasNxt()) {
      return false;
    }
    long position = sender.relative(syn.seq());
    return position >= allowed.ack() && position < allowed.edge();
  }

  private static boolean beginsWithAnswer(Connection known, Endpoint sender, Segment synAck) {
    Endpoint receiver = known.peerOf(sender);
    if (!receiver.isBaseKnown() || !sender.isBaseKnown()) {
      return false;
    }
    boolean answersItsSyn =
        SeqNum.distance(receiver.base(), synAck.ack()) >= 1 && !known.opening().isEstablished();
    return !answersItsSyn && (known.isFinished() || !fits(known, synAck));
  }

  /**
   * Returns whether a segment's numbers are near what {@code connection} expects; true where
   * nothing is known.
   */
  static boolean fits(Connection connection, Segment segment) {
    Endpoint sender = connection.senderOf(segment);
    Endpoint receiver = connection.peerOf(sender);
    return isNear(sender, segment.seq()) && (!segment.isAck() || isNear(receiver, segment.ack()));
  }

  private static boolean isNear(Endpoint endpoint, int raw) {
    if (!endpoint.isBaseKnown()) {
      return true;
    }
    long position = endpoint.relative(raw);
    boolean beforeSyn = position < 0 && endpoint.offer().isSeen();
    return !beforeSyn && Math.abs(position - endpoint.knownEnd()) <= NEAR_BYTES;
  }
}
