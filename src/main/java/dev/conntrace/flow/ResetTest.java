package dev.conntrace.flow;

import dev.conntrace.trace.TcpState;

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

  /**
   * Returns whether a caller that waits for its SYN-ACK resets what answered with other numbers: it
   * means the connection that the other side has kept, and goes on calling (RFC 9293 3.5.1).
   */
  public static boolean isForOlderConnection(FlowSegment rst) {
    boolean answered =
        rst.receiver().offer().isSeen() && rst.sender().hasUna() && rst.sender().una() >= 1;
    return rst.sender().state() == TcpState.SYN_SENT && !rst.isAck() && !answered;
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
