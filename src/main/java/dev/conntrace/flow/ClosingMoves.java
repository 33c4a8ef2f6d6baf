package dev.conntrace.flow;

import static dev.conntrace.trace.Confidence.CERTAIN;
import static dev.conntrace.trace.Confidence.LIKELY;

import dev.conntrace.flow.Transitions.Cause;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.TcpState;

/** The state changes by which a connection closes in order (RFC 9293 3.6). */
final class ClosingMoves {
  private ClosingMoves() {}

  static void plan(FlowSegment segment, Transitions plan) {
    if (segment.sender().closing().isContradictedBy(segment)) {
      planFinWasData(plan);
    }
    if (segment.isAck()) {
      if (segment.receiver().closing().isCoveredBy(segment.ackRel())) {
        planAckOfFin(plan, plan.arrival(segment.receiver()));
      } else if (acknowledgesUnseenFin(segment)) {
        planUnseenFin(segment, plan);
      }
    }
    if (segment.isFin()) {
      planFin(segment, plan);
    }
  }

  private static void planFin(FlowSegment segment, Transitions plan) {
    if (segment.isFinBelowData()) {
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
      planAckBeforeFin(segment, plan);
    }
  }

  /** The FIN was captured behind the segment that acknowledged it, so that had known of it. */
  private static void planAckBeforeFin(FlowSegment fin, Transitions plan) {
    switch (plan.senderState()) {
      case FIN_WAIT_1 -> plan.sender(TcpState.FIN_WAIT_2, Cause.FIN_ACKED, CERTAIN);
      case LAST_ACK -> plan.sender(TcpState.CLOSED, Cause.FIN_ACKED, CERTAIN);
      default -> {
        // It went further already.
      }
    }
    boolean knewWhenClosing = fin.endRel() <= fin.receiver().closing().ackOfFin();
    switch (plan.receiverState()) {
      case ESTABLISHED -> plan.receiver(TcpState.CLOSE_WAIT, Cause.ACKED_FIN, CERTAIN);
      case FIN_WAIT_1 ->
          plan.receiver(
              knewWhenClosing ? TcpState.LAST_ACK : TcpState.CLOSING, Cause.ACKED_FIN, CERTAIN);
      case FIN_WAIT_2 -> plan.receiver(TcpState.TIME_WAIT, Cause.ACKED_FIN, CERTAIN);
      default -> {
        // It went further already.
      }
    }
  }

  private static void planAckOfFin(Transitions plan, Confidence arrival) {
    planSenderOfAck(plan, CERTAIN);
    switch (plan.receiverState()) {
      case FIN_WAIT_1 -> plan.receiver(TcpState.FIN_WAIT_2, Cause.FIN_ACKED, arrival);
      case CLOSING -> plan.receiver(TcpState.TIME_WAIT, Cause.FIN_ACKED, arrival);
      case LAST_ACK -> plan.receiver(TcpState.CLOSED, Cause.FIN_ACKED, arrival);
      default -> {
        // Acknowledged before.
      }
    }
  }

  private static void planSenderOfAck(Transitions plan, Confidence how) {
    switch (plan.senderState()) {
      case ESTABLISHED, SYN_RECEIVED -> plan.sender(TcpState.CLOSE_WAIT, Cause.ACKED_FIN, how);
      case FIN_WAIT_1 -> plan.sender(TcpState.CLOSING, Cause.ACKED_FIN, how);
      case FIN_WAIT_2 -> plan.sender(TcpState.TIME_WAIT, Cause.ACKED_FIN, how);
      default -> {
        // Acknowledged before.
      }
    }
  }

  /**
   * Returns whether a side that closes or has closed acknowledges one number more than the other
   * side was seen to send: its FIN, it seems, which the capture missed or shows only later. It may
   * have been a byte of data; what that side sends next shows it.
   */
  private static boolean acknowledgesUnseenFin(FlowSegment segment) {
    Endpoint other = segment.receiver();
    boolean closes = segment.isFin() || segment.sender().closing().finSent();
    if (!closes || other.closing().finSent()) {
      return false;
    }
    if (!other.hasNxt()) {
      return isLoneNumber(segment, other);
    }
    return other.seen().contiguousEnd() == segment.ackRel() - 1
        && other.seen().overlap(segment.ackRel() - 1, segment.ackRel()) == 0;
  }

  /**
   * Of a side of which nothing was captured only the other side's acknowledgements are known. The
   * last number before the close, acknowledged on its own, is its FIN rather than a byte.
   */
  private static boolean isLoneNumber(FlowSegment segment, Endpoint unseen) {
    long step = segment.ackRel() - unseen.una();
    return unseen.hasUna() && unseen.una() > 1 && (step == 0 ? unseen.unaStep() : step) == 1;
  }

  private static void planUnseenFin(FlowSegment segment, Transitions plan) {
    boolean closedBefore = segment.sender().closing().finSent();
    if (!closedBefore && plan.receiverState() == TcpState.ESTABLISHED) {
      plan.receiver(TcpState.FIN_WAIT_1, Cause.FIN_UNSEEN, LIKELY);
      plan.receiver(TcpState.FIN_WAIT_2, Cause.FIN_ACKED, LIKELY);
      planSenderOfAck(plan, LIKELY);
      plan.supposeFin(0);
      return;
    }
    boolean mayHaveKnown =
        plan.receiverState() == TcpState.CLOSE_WAIT || plan.receiverState() == TcpState.ESTABLISHED;
    if (closedBefore && mayHaveKnown) {
      plan.receiver(TcpState.LAST_ACK, Cause.FIN_UNSEEN, LIKELY);
      plan.receiver(TcpState.CLOSED, Cause.FIN_ACKED, LIKELY);
      plan.sender(TcpState.TIME_WAIT, Cause.ACKED_FIN, LIKELY);
      plan.supposeFin(segment.sender().closing().finRel() + 1);
    }
  }

  /** The number that was taken for a FIN was a byte: its sender goes on behind it. */
  private static void planFinWasData(Transitions plan) {
    boolean closed = plan.senderState() == TcpState.FIN_WAIT_2;
    plan.sender(closed ? TcpState.ESTABLISHED : TcpState.CLOSE_WAIT, Cause.FIN_WAS_DATA, CERTAIN);
    switch (plan.receiverState()) {
      case LAST_ACK -> plan.receiver(TcpState.FIN_WAIT_1, Cause.FIN_WAS_DATA, LIKELY);
      case CLOSED, TIME_WAIT -> plan.receiver(TcpState.FIN_WAIT_2, Cause.FIN_WAS_DATA, LIKELY);
      default -> {
        // It had not taken the FIN into account.
      }
    }
    plan.withdrawFin();
  }
}
