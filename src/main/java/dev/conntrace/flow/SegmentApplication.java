package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.TcpState;

/** Changes both endpoints and their connection by one segment, after it has been examined. */
final class SegmentApplication {
  /** The largest window that there can be (RFC 7323 2.3). */
  private static final long MOST_UNDER_WAY = 1L << 30;

  private SegmentApplication() {}

  static void apply(FlowSegment segment, Transitions transitions, Findings findings) {
    if (findings.setAside()) {
      segment.sender().totals().countAside(segment);
      return;
    }
    boolean uneventful = transitions.isUneventful();
    if (uneventful && Advance.suits(segment, findings)) {
      Advance.apply(segment, findings);
      return;
    }
    noteProbes(segment, findings);
    if (uneventful) {
      moveStreams(segment, findings);
      return;
    }
    noteHandshake(segment, findings);
    noteReset(segment, transitions);
    noteUnseenFin(segment, transitions);
    moveStreams(segment, findings);
    noteTimeWait(segment, transitions, findings);
    transitions.apply();
    noteCompletion(segment, findings);
  }

  private static void noteHandshake(FlowSegment segment, Findings findings) {
    if (!segment.isSyn() || segment.isRst() || segment.answersOtherSyn()) {
      return;
    }
    if (segment.sender().state().isSynchronized()) {
      if (segment.seqRel() != 0) {
        segment.sender().ownSuspicion().raise(Suspicion.Kind.SYN, segment.frame());
      }
      return;
    }
    segment.sender().offer().read(segment.segment());
    segment.sender().offer().settle(segment.receiver().offer());
    segment.receiver().offer().settle(segment.sender().offer());
    segment.connection().opening().syn(segment);
    if (findings.has(AnnotationKind.SIMULTANEOUS_OPEN)) {
      segment.connection().opening().cross(segment);
    }
    if (segment.isAck()) {
      segment.connection().noteListenerHops(segment.segment().hopLimit());
    }
  }

  private static void noteReset(FlowSegment segment, Transitions transitions) {
    if (!segment.isRst()) {
      return;
    }
    if (!transitions.isResetAccepted()) {
      segment.sender().ownSuspicion().raise(Suspicion.Kind.RST, segment.frame());
      return;
    }
    if (ResetTest.isForOlderConnection(segment)) {
      return;
    }
    Connection connection = segment.connection();
    boolean wasOpen = !connection.isFinished();
    if (segment.receiver().state() == TcpState.SYN_SENT
        && connection.opening().synAckFrame() == 0) {
      connection.opening().refuse();
    }
    if (wasOpen) {
      connection
          .ownEnding()
          .reset(segment, finAcked(connection.client()) && finAcked(connection.server()));
    }
  }

  private static void noteUnseenFin(FlowSegment segment, Transitions transitions) {
    if (transitions.isFinWithdrawn()) {
      segment.sender().ownClosing().withdrawSupposed();
      segment.connection().ownEnding().forgetTimeWait();
    }
    if (transitions.isFinSupposed()) {
      Closing closing = segment.receiver().ownClosing();
      closing.suppose(segment.ackRel() - 1, transitions.supposedAckOfFin());
      Announcement before = segment.sender().announcement();
      if (before.covers(segment.ackRel())) {
        closing.acknowledged(before.ackFrame());
      }
      if (transitions.supposedAckOfFin() != 0 && !segment.sender().closing().finAcked()) {
        segment.sender().ownClosing().acknowledged(segment.frame());
      }
    }
  }

  private static boolean finAcked(Endpoint endpoint) {
    return endpoint.closing().finAcked();
  }

  static void noteProbes(FlowSegment segment, Findings findings) {
    if (segment.receiver().probing().isAwaitingAnswer()) {
      segment.receiver().probing().answer(segment.timeNanos());
    }
    if (segment.receiver().suspicion().isRaised()) {
      if (findings.has(AnnotationKind.CHALLENGE_ACK)) {
        segment.receiver().suspicion().challenged(segment);
      }
      segment.receiver().suspicion().settle();
    }
    if (findings.has(AnnotationKind.KEEP_ALIVE)) {
      segment.sender().ownProbing().keepAlive(segment);
    } else if (findings.has(AnnotationKind.ZERO_WINDOW_PROBE)) {
      segment.sender().ownProbing().windowProbe(segment);
    }
    boolean opens = segment.isAck() && segment.segment().windowField() != 0;
    if (opens && segment.receiver().probing().windowProbes() > 0) {
      segment.receiver().probing().endWindowProbes();
    }
  }

  private static void moveStreams(FlowSegment segment, Findings findings) {
    Endpoint sender = segment.sender();
    boolean strangeSyn =
        segment.isSyn()
            && (segment.answersOtherSyn()
                || (sender.state().isSynchronized() && segment.seqRel() != 0));
    if (segment.isDoubtful() && !segment.isRst() && !strangeSyn) {
      sender.ownSuspicion().raise(whatIsWrong(segment), segment.frame());
    }
    if (segment.isRst() || strangeSyn || segment.isStray()) {
      sender.totals().countAside(segment);
      return;
    }
    if (isOutsideWindow(segment)) {
      sender.ownSuspicion().raise(Suspicion.Kind.DATA, segment.frame());
    }
    boolean probeByte =
        findings.has(AnnotationKind.ZERO_WINDOW_PROBE) && segment.seqRel() == sender.nxt();
    if (probeByte) {
      sender.sendProbe(segment);
    } else {
      send(segment, sender, findings);
    }
    if (segment.isAck() && !segment.isAckStray() && !acknowledgesNothingSent(segment)) {
      acknowledge(segment, findings);
    }
  }

  private static Suspicion.Kind whatIsWrong(FlowSegment doubtful) {
    return doubtful.isStray() && doubtful.occupies() ? Suspicion.Kind.DATA : Suspicion.Kind.ACK;
  }

  /** Nothing of it lies where its receiver takes bytes: it is answered, not taken in. */
  static boolean isOutsideWindow(FlowSegment segment) {
    Announcement allowed = segment.receiver().announcement();
    return segment.length() > 1
        && allowed.isKnown()
        && segment.seqRel() >= allowed.edge()
        && segment.receiver().offer().isScaleSettled()
        && !segment.isSyn();
  }

  /** RFC 9293 3.10.7.3: who has only sent a SYN answers an ACK of more than that with a RST. */
  private static boolean acknowledgesNothingSent(FlowSegment segment) {
    Endpoint owner = segment.receiver();
    return owner.state() == TcpState.SYN_SENT && owner.hasNxt() && segment.ackRel() > owner.nxt();
  }

  private static void send(FlowSegment segment, Endpoint sender, Findings findings) {
    boolean finCounts = !segment.isFinBelowData() && !segment.isAckStray();
    boolean resent = segment.occupies() && findings.has(AnnotationKind.RETRANSMISSION);
    if (resent) {
      sender.ledger().markSentAgain(segment.seqRel(), segment.endRel());
      sender.ownRecovery().resend(segment, findings.has(AnnotationKind.TIMEOUT_RETRANSMISSION));
    }
    boolean oldSyn = segment.isSyn() && sender.hasNxt() && segment.seqRel() < sender.nxt();
    sender.send(segment, resent || oldSyn);
    if (resent && findings.has(AnnotationKind.FAST_RETRANSMISSION)) {
      sender.ledger().markNewest(LedgerMarks.ASKED_FOR);
    }
    boolean judged = resent && findings.has(AnnotationKind.SPURIOUS_RETRANSMISSION);
    if (judged || (oldSyn && !resent)) {
      // A DSACK that confirms it is not a second finding; nor is one of a SYN that came again as
      // SYN-ACK, as it has to when both sides call each other.
      sender.ledger().markNewest(LedgerMarks.NOT_NEEDED);
    }
    if (!sender.unseenAcks().isEmpty()) {
      settleUnseen(segment, sender, resent, findings);
    }
    if (segment.length() > 0) {
      noteData(segment, sender, findings);
    }
    if (segment.isFin() && finCounts) {
      noteFin(segment, findings);
    }
  }

  private static void settleUnseen(
      FlowSegment segment, Endpoint sender, boolean resent, Findings findings) {
    if (resent) {
      sender.unseenAcks().confirm(segment);
    }
    sender.unseenAcks().settle(sender.seen(), findings);
  }

  static void noteData(FlowSegment segment, Endpoint sender, Findings findings) {
    if (findings.pauseNanos() > 0) {
      sender.ownPause().begin(segment, findings.pauseNanos());
    } else if (findings.isPauseEnding()) {
      sender.ownPause().end();
    }
    Offer offer = segment.receiver().offer();
    if (!offer.isScaleSettled() && !findings.has(AnnotationKind.PREVIOUS_SEGMENT_MISSING)) {
      noteUse(segment);
    }
    if (offer.hasMss() && segment.length() > offer.mssBytes()) {
      segment.connection().countOffloadSized();
    }
    boolean knowsPeerFin =
        segment.isAck()
            && !segment.isAckStray()
            && segment.receiver().closing().isCoveredBy(segment.ackRel());
    if (knowsPeerFin && !sender.closing().finSent()) {
      sender.ownClosing().sentDataAfterPeerFin(segment);
    }
  }

  /** What a sender has under way the receiver must have allowed, however its window is scaled. */
  private static void noteUse(FlowSegment segment) {
    Announcement allowed = segment.receiver().announcement();
    long beyondAck = segment.endRel() - allowed.ack();
    if (allowed.isKnown() && beyondAck <= MOST_UNDER_WAY && allowed.largestWindowBytes() > 0) {
      segment.receiver().offer().prove(beyondAck, allowed.largestWindowBytes());
    }
  }

  private static void noteFin(FlowSegment segment, Findings findings) {
    Closing closing = segment.sender().ownClosing();
    closing.send(segment);
    Announcement acked = segment.receiver().announcement();
    if (!closing.finAcked() && acked.covers(segment.endRel())) {
      closing.acknowledged(acked.ackFrame());
    }
    if (findings.has(AnnotationKind.FIN_RETRANSMISSION)) {
      segment.connection().ending().finRepeated();
    }
  }

  private static void acknowledge(FlowSegment segment, Findings findings) {
    Endpoint owner = segment.receiver();
    if (findings.has(AnnotationKind.ACKED_UNSEEN_SEGMENT)) {
      owner
          .ownUnseenAcks()
          .add(segment, owner.hasUna() ? owner.una() : owner.seen().contiguousEnd());
    }
    if (findings.has(AnnotationKind.SACK_INVALID)) {
      owner.ownUnseenAcks().addBlocks(segment);
    }
    boolean repairing = owner.recovery().isActive();
    long fromRel = owner.una();
    if (!owner.hasUna() || segment.ackRel() > owner.una()) {
      measure(segment, owner);
    }
    if (repairing) {
      owner.recovery().acknowledge(segment.ackRel());
    } else if (segment.isAckBelowWindow()) {
      segment.sender().ownSuspicion().raise(Suspicion.Kind.ACK, segment.frame());
    }
    if (segment.ackRel() < owner.una() - segment.sender().announcement().largestWindowBytes()) {
      // RFC 5961 5: it lies farther back than any acknowledgement still on its way can.
      segment.sender().ownSuspicion().raise(Suspicion.Kind.ACK, segment.frame());
    }
    owner.acknowledge(segment);
    if (segment.segment().options().sackBlocks() > 0 || !owner.scoreboard().isEmpty()) {
      owner.ownScoreboard().update(segment);
    }
    if (findings.has(AnnotationKind.SACK_RENEGING)) {
      owner.ownScoreboard().clear();
    }
    if (repairing) {
      noteReported(segment, owner, fromRel);
    }
    markNotNeeded(owner.ledger(), findings);
    segment.sender().announcement().update(segment, findings.hasNumberedDuplicateAck());
    if (findings.has(AnnotationKind.DSACK)) {
      segment.sender().announcement().noteDuplicateReport();
    }
    if (!owner.closing().finAcked() && owner.closing().isCoveredBy(segment.ackRel())) {
      owner.ownClosing().acknowledged(segment.frame());
    }
  }

  private static void noteReported(FlowSegment ack, Endpoint owner, long fromRel) {
    long roundTrip = Viewpoint.leastRoundTripNanos(owner, ack.connection());
    if (roundTrip > 0) {
      long answerNanos = ack.timeNanos() - roundTrip;
      Answers.note(owner.ledger(), ack, fromRel, owner.scoreboard(), answerNanos);
    }
  }

  private static void markNotNeeded(SendLedger ledger, Findings findings) {
    for (int i = 0; i < findings.count(); i++) {
      long entry = findings.get(i).entry();
      if (entry >= 0) {
        ledger.markNotNeeded(entry);
      }
    }
  }

  static void measure(FlowSegment ack, Endpoint owner) {
    long entry = owner.ledger().acknowledge(ack.ackRel());
    if (entry < 0) {
      return;
    }
    long rtt = ack.timeNanos() - owner.ledger().timeNanos(entry);
    if (rtt >= 0) {
      owner.measure(rtt, ack.latestNanos());
      ack.connection().rttSamples().add(rtt);
    }
  }

  private static void noteTimeWait(
      FlowSegment segment, Transitions transitions, Findings findings) {
    if (transitions.senderEnters(TcpState.TIME_WAIT)) {
      segment.connection().ownEnding().timeWait(segment.sender().side(), segment);
    }
    if (transitions.receiverEnters(TcpState.TIME_WAIT)) {
      segment.connection().ownEnding().timeWait(segment.receiver().side(), segment);
    }
    Ending ending = segment.connection().ending();
    boolean answersRepeatedFin =
        ending.awaitsRestart() && segment.sender().state() == TcpState.TIME_WAIT && segment.isAck();
    if (answersRepeatedFin && !findings.has(AnnotationKind.FIN_RETRANSMISSION)) {
      ending.restartTimeWait(segment);
    }
  }

  private static void noteCompletion(FlowSegment segment, Findings findings) {
    boolean open =
        segment.sender().state().isSynchronized() && segment.receiver().state().isSynchronized();
    Ending ending = segment.connection().ending();
    if (open && ending.resetBy() != null) {
      // Both went on after it: it ended nothing.
      ending.forgetReset();
    }
    Opening opening = segment.connection().opening();
    if (open && !segment.isRst() && !opening.isEstablished()) {
      opening.complete(segment);
      noteTakeOver(segment.connection());
      if (opening.bothCalled() && !opening.bothAnswered()) {
        takeCrossingBack(segment, findings);
      }
    }
  }

  private static void noteTakeOver(Connection connection) {
    Connection older = connection.older();
    if (older != null && older.ending().timeWaitOwner() != null) {
      older.ending().takeOver(connection);
    }
  }

  /**
   * Only one side answered. If the SYN that seemed to cross was the other's, it did not: it called
   * back. If it was the answerer's own, it did, and only an answer is missing from the capture.
   */
  private static void takeCrossingBack(FlowSegment segment, Findings findings) {
    Opening opening = segment.connection().opening();
    Endpoint answerer = segment.sender().offer().isAnswer() ? segment.sender() : segment.receiver();
    Opening.Crossing crossing = opening.crossing();
    if (crossing != null && crossing.side() != answerer.side()) {
      findings.withdraw(crossing.frame(), crossing.timeNanos(), AnnotationKind.SIMULTANEOUS_OPEN);
    }
  }
}
