package dev.conntrace.flow;

import static dev.conntrace.trace.Confidence.CERTAIN;
import static dev.conntrace.trace.Confidence.LIKELY;

import dev.conntrace.flow.Transitions.Cause;
import dev.conntrace.trace.TcpState;

/** The state changes by which a connection opens (RFC 9293 3.5). */
final class OpeningMoves {
  private OpeningMoves() {}

  static void planSyn(Transitions plan) {
    switch (plan.senderState()) {
      case UNKNOWN, CLOSED, LISTEN -> plan.sender(TcpState.SYN_SENT, Cause.SENT_SYN, CERTAIN);
      default -> {
        // Sent again, or a SYN on an open connection, which is answered by a challenge (RFC 5961 4)
        // and changes nothing.
      }
    }
  }

  static void planSynAck(FlowSegment segment, Transitions plan) {
    if (plan.senderState() == TcpState.CLOSED && segment.connection().opening().isEstablished()) {
      // An old duplicate: what was reset or closed does not open again (RFC 9293 3.5.2).
      return;
    }
    if (segment.answersOtherSyn()) {
      // Whoever called answers it with a RST (RFC 9293 3.10.7.3).
      return;
    }
    if (plan.receiverState() == TcpState.UNKNOWN || plan.receiverState() == TcpState.LISTEN) {
      plan.receiver(TcpState.SYN_SENT, Cause.SYN_UNSEEN, LIKELY);
    }
    boolean acksSyn = segment.ackRel() >= 1;
    // An ACK alone, without a SYN, is dropped by who has only called (RFC 9293 3.10.7.3).
    boolean ownSynAcked =
        segment.connection().opening().synAckFrame() != 0
            && segment.sender().hasUna()
            && segment.sender().una() >= 1;
    switch (plan.senderState()) {
      case UNKNOWN, CLOSED, LISTEN ->
          plan.sender(TcpState.SYN_RECEIVED, Cause.SENT_SYN_ACK, CERTAIN);
      case SYN_SENT -> {
        plan.sender(TcpState.SYN_RECEIVED, Cause.SENT_SYN_ACK, CERTAIN);
        if (ownSynAcked) {
          plan.sender(TcpState.ESTABLISHED, Cause.SYN_ACKED, plan.arrival(segment.sender()));
        }
      }
      case ESTABLISHED -> planSynAckAgain(segment, plan);
      default -> {
        // Sent again: its ACK was lost, or is not there yet.
      }
    }
    if (acksSyn && plan.receiverState() == TcpState.SYN_RECEIVED) {
      plan.receiver(TcpState.ESTABLISHED, Cause.SYN_ACKED, plan.arrival(segment.receiver()));
    }
  }

  /**
   * Whoever repeats its SYN-ACK has not got the ACK of it, though the capture shows one: that was
   * lost behind the capture point, or thrown away because the queue of connections to be accepted
   * is full. What has sent more than the SYN-ACK since is open, and this an old copy of it.
   */
  private static void planSynAckAgain(FlowSegment segment, Transitions plan) {
    Endpoint sender = segment.sender();
    boolean nothingSince = sender.nxt() == 1 && !sender.closing().finSent();
    boolean nothingTaken = sender.announcement().ack() <= segment.ackRel();
    if (sender.offer().isAnswer() && segment.seqRel() == 0 && nothingSince && nothingTaken) {
      plan.sender(TcpState.SYN_RECEIVED, Cause.SYN_ACK_AGAIN, LIKELY);
    }
  }

  static void planEstablishment(FlowSegment segment, Transitions plan) {
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
          plan.receiver(TcpState.ESTABLISHED, Cause.SYN_ACKED, plan.arrival(segment.receiver()));
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
}
