package dev.conntrace.flow;

/** Whether the receiver of a RST will believe it (RFC 9293 3.5.3, RFC 5961 3). */
public final class ResetTest {
  private ResetTest() {}

  /**
   * Returns whether the RST carries the number that its receiver expects. What the receiver had got
   * by then lies between what it has acknowledged and what was sent, so both ends and the end of
   * what arrived without a hole count.
   */
  public static boolean isAccepted(FlowSegment rst) {
    Endpoint receiver = rst.receiver();
    return switch (receiver.state()) {
      case SYN_SENT -> rst.isAck() && rst.ackRel() >= 1 && rst.ackRel() <= receiver.nxt();
      case UNKNOWN, CLOSED, LISTEN -> true;
      default -> fits(rst, receiver.announcement());
    };
  }

  private static boolean fits(FlowSegment rst, Announcement announced) {
    if (!announced.isKnown() || !rst.sender().hasNxt()) {
      return true;
    }
    long seq = rst.seqRel();
    return seq == announced.ack()
        || seq == rst.sender().nxt()
        || seq == rst.sender().seen().contiguousEnd();
  }
}
