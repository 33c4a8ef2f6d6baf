package dev.conntrace.flow;

import static dev.conntrace.trace.Confidence.CERTAIN;
import static dev.conntrace.trace.Confidence.LIKELY;

import dev.conntrace.flow.Transitions.Cause;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.TcpState;

/**
 * Both endpoints' states as the wire proves them (RFC 9293 3.3.2, figure 5).
 *
 * <p>A segment changes its sender's state at once. What an ACK or RST does to the receiver shows at
 * the same frame; what a SYN or FIN does shows when the receiver's own segment acknowledges it.
 */
final class StateMachine {
  private StateMachine() {}

  /**
   * Sets the states from which a connection starts that begins with a SYN or SYN-ACK: nothing on
   * the caller's side, and a listener on the other as far as the call implies one.
   */
  static void begin(Connection connection, RoleEvidence evidence) {
    switch (evidence) {
      case SYN -> {
        connection.server().state = TcpState.LISTEN;
        connection.client().state = TcpState.CLOSED;
      }
      case SYN_ACK -> connection.server().state = TcpState.LISTEN;
      case PORT, FIRST_PACKET -> {
        // Open before the capture began: nothing is known.
      }
    }
  }

  /** Fills {@code plan} with what {@code segment} changes. */
  static void plan(FlowSegment segment, Transitions plan) {
    plan.begin(segment);
    if (plan.isUneventful() || (segment.isStray() && !segment.isSyn())) {
      return;
    }
    if (segment.isRst()) {
      planReset(segment, plan);
    } else if (segment.isSyn() && segment.isAck()) {
      planSynAck(segment, plan);
    } else if (segment.isSyn()) {
      planSyn(plan);
    } else {
      planEstablishment(segment, plan);
      planClosing(segment, plan);
    }
  }

  private static void planSyn(Transitions plan) {
    switch (plan.senderState()) {
      case UNKNOWN, CLOSED, LISTEN -> plan.sender(TcpState.SYN_SENT, Cause.SENT_SYN, CERTAIN);
      default -> {
        // Sent again, or a SYN on an open connection, which is answered by a challenge (RFC 5961 4)
        // and changes nothing.
      }
    }
  }

  private static void planSynAck(FlowSegment segment, Transitions plan) {
    if (plan.senderState() == TcpState.CLOSED && segment.connection().opening().isEstablished()) {
      // An old duplicate: what was reset or closed does not open again (RFC 9293 3.5.2).
      return;
    }
    if (plan.receiverState() == TcpState.UNKNOWN || plan.receiverState() == TcpState.LISTEN) {
      plan.receiver(TcpState.SYN_SENT, Cause.SYN_UNSEEN, LIKELY);
    }
    boolean acksSyn = segment.ackRel() >= 1;
    boolean ownSynAcked = segment.sender().hasUna() && segment.sender().una() >= 1;
    switch (plan.senderState()) {
      case UNKNOWN, CLOSED, LISTEN ->
          plan.sender(TcpState.SYN_RECEIVED, Cause.SENT_SYN_ACK, CERTAIN);
      case SYN_SENT -> {
        plan.sender(TcpState.SYN_RECEIVED, Cause.SENT_SYN_ACK, CERTAIN);
        if (ownSynAcked) {
          plan.sender(TcpState.ESTABLISHED, Cause.SYN_ACKED, CERTAIN);
        }
      }
      default -> {
        // Sent again: its ACK was lost, or is not there yet.
      }
    }
    if (acksSyn && plan.receiverState() == TcpState.SYN_RECEIVED) {
      plan.receiver(TcpState.ESTABLISHED, Cause.SYN_ACKED, CERTAIN);
    }
  }

  private static void planEstablishment(FlowSegment segment, Transitions plan) {
    switch (plan.senderState()) {
      case UNKNOWN -> plan.sender(TcpState.ESTABLISHED, Cause.MIDSTREAM, LIKELY);
      case LISTEN -> planAnswerWithoutSyn(segment, plan);
      case SYN_SENT -> planThirdSegment(segment, plan);
      case SYN_RECEIVED -> planUnseenThirdSegment(segment, plan);
      default -> {
        // It knows the connection already.
      }
    }
    if (!segment.isAck()) {
      return;
    }
    switch (plan.receiverState()) {
      case UNKNOWN -> plan.receiver(TcpState.ESTABLISHED, Cause.MIDSTREAM, LIKELY);
      case LISTEN -> plan.receiver(TcpState.ESTABLISHED, Cause.MIDSTREAM, LIKELY);
      case SYN_RECEIVED -> {
        if (segment.ackRel() >= 1 && segment.ackRel() <= segment.receiver().knownEnd()) {
          plan.receiver(TcpState.ESTABLISHED, Cause.SYN_ACKED, CERTAIN);
        }
      }
      default -> {
        // An acknowledgement that changes no state by itself.
      }
    }
  }

  /**
   * An ACK alone does not answer a SYN: a split handshake begins so (its SYN follows), and so does
   * the refusal of a peer that still has an older connection (RFC 9293 3.5.1). Anything more shows
   * that the SYN-ACK was not captured.
   */
  private static void planAnswerWithoutSyn(FlowSegment segment, Transitions plan) {
    if (!segment.isPureAck() || plan.receiverState() != TcpState.SYN_SENT) {
      plan.sender(TcpState.ESTABLISHED, Cause.MIDSTREAM, LIKELY);
    }
  }

  /**
   * The ACK that completes the handshake, or something that shows that it must have been completed.
   */
  private static void planThirdSegment(FlowSegment segment, Transitions plan) {
    if (!segment.isAck()) {
      return;
    }
    boolean otherSynSeen = segment.receiver().offer().isSeen();
    if (otherSynSeen && segment.ackRel() < 1) {
      return;
    }
    plan.sender(TcpState.ESTABLISHED, Cause.GOT_SYN_ACK, otherSynSeen ? CERTAIN : LIKELY);
  }

  /**
   * The side that answered goes on as one does only when its SYN was acknowledged: it sends data
   * (before that only Fast Open may, RFC 7413 3), or has got more than a SYN from the other side.
   */
  private static void planUnseenThirdSegment(FlowSegment segment, Transitions plan) {
    Announcement before = segment.sender().announcement();
    boolean gotMore = segment.isAck() && before.isKnown() && segment.ackRel() > before.ack();
    boolean sendsData = segment.length() > 0 && !segment.receiver().offer().fastOpen();
    if (!gotMore && !sendsData) {
      return;
    }
    plan.sender(TcpState.ESTABLISHED, Cause.SYN_ACKED, LIKELY);
    if (plan.receiverState() == TcpState.SYN_SENT) {
      plan.receiver(TcpState.ESTABLISHED, Cause.GOT_SYN_ACK, LIKELY);
    }
  }

  private static void planClosing(FlowSegment segment, Transitions plan) {
    if (segment.isAck() && segment.receiver().closing().isCoveredBy(segment.ackRel())) {
      planAckOfFin(plan);
    }
    if (!segment.isFin()) {
      return;
    }
    switch (plan.senderState()) {
      case ESTABLISHED, SYN_RECEIVED -> plan.sender(TcpState.FIN_WAIT_1, Cause.SENT_FIN, CERTAIN);
      case CLOSE_WAIT -> plan.sender(TcpState.LAST_ACK, Cause.SENT_FIN, CERTAIN);
      default -> {
        // The FIN again.
      }
    }
    if (segment.receiver().announcement().covers(segment.endRel())) {
      planAckBeforeFin(plan);
    }
  }

  /** The FIN was captured behind the segment that acknowledged it, so that had known of it. */
  private static void planAckBeforeFin(Transitions plan) {
    if (plan.senderState() == TcpState.FIN_WAIT_1) {
      plan.sender(TcpState.FIN_WAIT_2, Cause.FIN_ACKED, CERTAIN);
    }
    switch (plan.receiverState()) {
      case ESTABLISHED -> plan.receiver(TcpState.CLOSE_WAIT, Cause.ACKED_FIN, CERTAIN);
      case FIN_WAIT_1 -> plan.receiver(TcpState.LAST_ACK, Cause.ACKED_FIN, CERTAIN);
      default -> {
        // It went further already.
      }
    }
  }

  private static void planAckOfFin(Transitions plan) {
    switch (plan.senderState()) {
      case ESTABLISHED, SYN_RECEIVED -> plan.sender(TcpState.CLOSE_WAIT, Cause.ACKED_FIN, CERTAIN);
      case FIN_WAIT_1 -> plan.sender(TcpState.CLOSING, Cause.ACKED_FIN, CERTAIN);
      case FIN_WAIT_2 -> plan.sender(TcpState.TIME_WAIT, Cause.ACKED_FIN, CERTAIN);
      default -> {
        // Acknowledged before.
      }
    }
    switch (plan.receiverState()) {
      case FIN_WAIT_1 -> plan.receiver(TcpState.FIN_WAIT_2, Cause.FIN_ACKED, CERTAIN);
      case CLOSING -> plan.receiver(TcpState.TIME_WAIT, Cause.FIN_ACKED, CERTAIN);
      case LAST_ACK -> plan.receiver(TcpState.CLOSED, Cause.FIN_ACKED, CERTAIN);
      default -> {
        // Acknowledged before.
      }
    }
  }

  private static void planReset(FlowSegment segment, Transitions plan) {
    if (!ResetTest.isAccepted(segment)) {
      return;
    }
    plan.acceptReset();
    boolean refusal = plan.receiverState() == TcpState.SYN_SENT;
    boolean backToListen =
        plan.receiverState() == TcpState.SYN_RECEIVED && segment.receiver().offer().isAnswer();
    plan.sender(TcpState.CLOSED, Cause.SENT_RST, CERTAIN);
    if (backToListen) {
      // RFC 9293 3.10.7.4: a passive open returns to LISTEN; this connection is gone.
      plan.receiver(TcpState.LISTEN, Cause.GOT_RST, LIKELY);
    } else {
      plan.receiver(TcpState.CLOSED, refusal ? Cause.REFUSED : Cause.GOT_RST, LIKELY);
    }
  }
}
