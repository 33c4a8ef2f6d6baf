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
    if (plan.isUneventful() || countsForNothing(segment)) {
      return;
    }
    if (segment.isRst()) {
      planReset(segment, plan);
    } else if (segment.isSyn() && segment.isAck()) {
      OpeningMoves.planSynAck(segment, plan);
    } else if (segment.isSyn()) {
      OpeningMoves.planSyn(plan);
    } else {
      planRevival(segment, plan);
      OpeningMoves.planEstablishment(segment, plan);
      ClosingMoves.plan(segment, plan);
    }
  }

  /** A RST is judged by its own number alone (RFC 5961 3), a SYN by the connection it opens. */
  private static boolean countsForNothing(FlowSegment segment) {
    return segment.isRst() ? segment.isStray() : segment.isDoubtful() && !segment.isSyn();
  }

  /**
   * Whoever goes on after a RST was not ended by it: it did not arrive, or was not its own. What
   * was on its way when the RST came proves nothing.
   */
  private static void planRevival(FlowSegment segment, Transitions plan) {
    Ending ending = segment.connection().ending();
    if (!ending.isCutShort() || plan.senderState() != TcpState.CLOSED || !segment.occupies()) {
      return;
    }
    Endpoint sender = segment.sender();
    if (ending.resetBy() == sender.side()) {
      if (segment.endRel() > Math.max(sender.nxt(), ending.resetRel())) {
        plan.sender(ending.beforeReset(sender.side()), Cause.RST_NOT_ITS_OWN, LIKELY);
      }
    } else if (segment.timeNanos() - ending.resetNanos() > sender.waitNanos()) {
      plan.sender(ending.beforeReset(sender.side()), Cause.LIVES_ON, CERTAIN);
    }
  }

  private static void planReset(FlowSegment segment, Transitions plan) {
    if (!ResetTest.isAccepted(segment)) {
      return;
    }
    plan.acceptReset();
    if (ResetTest.isForOlderConnection(segment)) {
      return;
    }
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
