package dev.conntrace.analysis;

import dev.conntrace.flow.Ending;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Opening;
import dev.conntrace.flow.Recovery;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Why bytes were sent again: asked for, by the timer, as a probe, or for nothing (RFC 5681 3.2, RFC
 * 6298 5, RFC 8985).
 */
final class ResendKind {
  private static final Rule SYN =
      new Rule("syn-again", "no answer to the SYN came for {1:time}: attempt no. {2}");
  private static final Rule SYN_TO_SERVING =
      new Rule(
          "syn-again-others-served",
          "no answer to the SYN came for {1:time}: attempt no. {2}; others are answered at this address, so its queue of connections to be accepted may be full, or SYNs get lost");
  private static final Rule SYN_ACK =
      new Rule("syn-ack-again", "the ACK of the SYN-ACK did not come for {1:time}");
  private static final Rule SYN_AFTER_ANSWER =
      new Rule(
          "syn-again-after-answer",
          "the answer of {frame} did not arrive, so the SYN comes again after {1:time}: attempt no. {2}");
  private static final Rule SYN_AFTER_REFUSAL =
      new Rule(
          "syn-again-after-refusal",
          "the {sender} calls again {1:time} after it was refused in {frame}, with the same number: attempt no. {2}");
  private static final Rule SYN_ACK_AGAIN =
      new Rule("syn-again-answered", "it answers the SYN that came again in {frame}");
  private static final Rule SYN_ACK_AFTER_ACK =
      new Rule(
          "ack-lost-behind-capture",
          "the ACK of {frame} did not reach the {sender}, or its queue of accepted connections is full");
  private static final Rule FIN =
      new Rule("fin-again", "the FIN was not acknowledged for {1:time}");
  private static final Rule ALREADY_ACKED =
      new Rule(
          "already-acked",
          "not needed: {frame} had acknowledged these bytes already; that ACK was lost, or still on its way");
  private static final Rule ALREADY_SACKED =
      new Rule(
          "already-sacked", "not needed: the {receiver} had reported these bytes by SACK already");
  private static final Rule ALREADY_HERE =
      new Rule(
          "already-here",
          "not needed: the capture was taken beside the {receiver}, so what {frame} brought had arrived");
  private static final Rule THREE_DUPLICATES =
      new Rule(
          "three-duplicate-acks",
          "{1} duplicate ACKs asked for byte {2}, so the {sender} did not wait for its timer");
  private static final Rule SACKED_ABOVE =
      new Rule(
          "sacked-above",
          "SACK in {frame} shows that later bytes arrived, so the {sender} did not wait for its timer");
  private static final Rule TAIL_PROBE =
      new Rule(
          "tail-probe",
          "a probe: no ACK came for the end of the data, and the {sender} asks before its timer fires");
  private static final Rule TIMER =
      new Rule("timer", "no ACK of {frame} came for {1:time}, the timer fired");
  private static final Rule TIMER_BEGUN_ANEW =
      new Rule(
          "timer",
          "no ACK of {frame} came for {1:time}: the timer, which had begun anew with {frame2}, fired after {4:time}");
  private static final Rule TIMER_AGAIN =
      new Rule(
          "timer-again",
          "no ACK of {frame} came for {1:time}, {3:tenths} times the wait before: the timer fired once more, {2} times in a row");
  private static final Rule REPAIR_GOES_ON =
      new Rule(
          "repair-goes-on",
          "with the timeout of {frame} everything sent before counts as lost, and the ACK in {frame2} lets the {sender} go on");
  private static final Rule REPAIR_FOLLOWS =
      new Rule(
          "repair-goes-on",
          "with the timeout of {frame} everything sent before counts as lost, and this follows");
  private static final Rule PARTIAL_ACK_ASKS =
      new Rule(
          "partial-ack-asks",
          "the partial ACK in {frame} shows that this is missing, too (RFC 6582 3.2)");
  private static final Rule NO_TRIGGER =
      new Rule(
          "no-trigger-seen",
          "nothing in the capture shows why: no ACK had asked for it, and after {1:time} no timer was due");
  private static final Rule NO_TRIGGER_AT_ALL =
      new Rule("no-trigger-seen", "nothing in the capture shows why it was sent again just now");

  private static final int DUPLICATES_TO_RESEND = 3;

  /** Loss takes one SYN, seldom two; a full queue takes them all. */
  private static final int SYNS_TO_SUSPECT_QUEUE = 3;

  /**
   * The shortest time after which a timer can fire: Linux's minimum, less what the packet may have
   * waited before it was captured.
   */
  private static final long MIN_TIMEOUT_NANOS = 190_000_000;

  /** Times are told apart that differ by more than this part. */
  private static final int TOLD_APART = 10;

  private ResendKind() {}

  static void judge(FlowSegment segment, Findings findings) {
    long since = sinceLastSent(segment);
    if (segment.isSyn()) {
      judgeSyn(segment, since, findings);
      return;
    }
    if (segment.isFin() && segment.sender().closing().finSent()) {
      findings
          .add(AnnotationKind.FIN_RETRANSMISSION, FIN)
          .frame(segment.sender().closing().finFrame())
          .value(since);
    }
    if (isNotNeeded(segment, findings)) {
      return;
    }
    LateCopy.noteAgain(segment, findings);
    if (!isAskedFor(segment, findings)
        && !isByTimer(segment, since, findings)
        && !findings.has(AnnotationKind.FIN_RETRANSMISSION)) {
      explain(segment, since, findings);
    }
  }

  /** Time since the first byte was last sent; 0 where the ledger has forgotten it. */
  private static long sinceLastSent(FlowSegment segment) {
    SendLedger ledger = segment.sender().ledger();
    long last = ledger.newestWith(segment.seqRel());
    return last < 0 ? 0 : Math.max(0, segment.timeNanos() - ledger.timeNanos(last));
  }

  /** The timer doubles its wait each time (RFC 6298 5.5): 20 tenths; 0 if nobody knows. */
  private static long tenthsOfWaitBefore(FlowSegment segment, long since) {
    SendLedger ledger = segment.sender().ledger();
    long last = ledger.newestWith(segment.seqRel());
    long before = last < 0 ? -1 : ledger.newestWith(segment.seqRel(), last);
    long wait = before < 0 ? 0 : ledger.timeNanos(last) - ledger.timeNanos(before);
    return wait > 0 ? (10 * since + wait / 2) / wait : 0;
  }

  private static void judgeSyn(FlowSegment segment, long since, Findings findings) {
    Opening opening = segment.connection().opening();
    SendLedger other = segment.receiver().ledger();
    long repeatedSyn = other.newestStartingAt(0);
    Ending ending = segment.connection().ending();
    if (!segment.isAck() && opening.isRefused() && ending.resetFrame() != 0) {
      findings
          .add(AnnotationKind.SYN_RETRANSMISSION, SYN_AFTER_REFUSAL)
          .frame(ending.resetFrame())
          .value(segment.timeNanos() - ending.resetNanos())
          .value(attempts(segment.sender().ledger()) + 1);
    } else if (!segment.isAck()) {
      findings
          .add(
              AnnotationKind.SYN_RETRANSMISSION,
              opening.synAckFrame() != 0 ? SYN_AFTER_ANSWER : unanswered(segment))
          .frame(opening.synAckFrame() != 0 ? opening.synAckFrame() : opening.synFrame())
          .value(since)
          .value(attempts(segment.sender().ledger()) + 1);
    } else if (repeatedSyn >= 0
        && other.frame(repeatedSyn) > segment.sender().totals().lastFrame()) {
      findings
          .add(AnnotationKind.SYN_RETRANSMISSION, SYN_ACK_AGAIN)
          .frame(other.frame(repeatedSyn));
    } else {
      boolean ackSeen = opening.ackFrame() != 0;
      findings
          .add(AnnotationKind.SYN_RETRANSMISSION, ackSeen ? SYN_ACK_AFTER_ACK : SYN_ACK)
          .frame(opening.ackFrame())
          .value(since);
    }
  }

  private static Rule unanswered(FlowSegment syn) {
    boolean often = attempts(syn.sender().ledger()) >= SYNS_TO_SUSPECT_QUEUE - 1;
    return often && syn.connection().isListenerServing() ? SYN_TO_SERVING : SYN;
  }

  /** Returns how many SYNs were sent, without copies of packets and whatever else was sent. */
  private static long attempts(SendLedger ledger) {
    long count = 0;
    for (long i = ledger.first(); i < ledger.size(); i++) {
      count += ledger.start(i) == 0 && ledger.end(i) > 0 ? 1 : 0;
    }
    return count;
  }

  private static boolean isNotNeeded(FlowSegment segment, Findings findings) {
    Endpoint sender = segment.sender();
    if (sender.hasUna() && segment.endRel() <= sender.una()) {
      findings.add(AnnotationKind.SPURIOUS_RETRANSMISSION, ALREADY_ACKED).frame(sender.unaFrame());
      return true;
    }
    long length = segment.endRel() - segment.seqRel();
    if (sender.scoreboard().overlap(segment.seqRel(), segment.endRel()) == length) {
      findings
          .add(AnnotationKind.SPURIOUS_RETRANSMISSION, ALREADY_SACKED)
          .frame(sender.scoreboard().highestFrame())
          .likelyNot(AnnotationKind.RETRANSMISSION);
      return true;
    }
    long copy = sender.ledger().oldestWith(segment.seqRel(), segment.endRel());
    if (copy >= 0
        && !sender.totals().hasBadChecksums()
        && sender.seen().overlap(segment.seqRel(), segment.endRel()) == length
        && Viewpoint.isAt(segment.receiver(), segment.connection())) {
      findings
          .add(AnnotationKind.SPURIOUS_RETRANSMISSION, ALREADY_HERE)
          .frame(sender.ledger().frame(copy))
          .likelyNot(AnnotationKind.RETRANSMISSION);
      return true;
    }
    return false;
  }

  private static boolean isAskedFor(FlowSegment segment, Findings findings) {
    Endpoint sender = segment.sender();
    int duplicates = segment.receiver().announcement().duplicates();
    if (duplicates >= DUPLICATES_TO_RESEND && segment.seqRel() == sender.una()) {
      findings
          .add(AnnotationKind.FAST_RETRANSMISSION, THREE_DUPLICATES)
          .value(duplicates)
          .value(segment.seqRel());
      return true;
    }
    if (!sender.scoreboard().isEmpty() && sender.scoreboard().highest() >= segment.endRel()) {
      findings
          .add(AnnotationKind.FAST_RETRANSMISSION, SACKED_ABOVE)
          .frame(sender.scoreboard().highestFrame());
      return true;
    }
    return false;
  }

  private static boolean isByTimer(FlowSegment segment, long since, Findings findings) {
    Endpoint sender = segment.sender();
    long timeout =
        Math.max(
            MIN_TIMEOUT_NANOS, sender.rtt().smoothedNanos() + sender.rtt().smoothedNanos() / 2);
    if (followsTimeout(segment)) {
      // The same repair, not another timeout.
      return false;
    }
    if (since >= timeout && segment.seqRel() <= sender.una()) {
      noteTimeout(segment, since, findings);
      return true;
    }
    if (segment.endRel() == sender.nxt() && segment.length() > 0 && !sender.recovery().isActive()) {
      findings
          .add(AnnotationKind.TAIL_LOSS_PROBE, TAIL_PROBE)
          .likelyNot(AnnotationKind.TIMEOUT_RETRANSMISSION);
      return true;
    }
    return false;
  }

  /** Whether it comes behind a segment that the timer sent again. */
  private static boolean followsTimeout(FlowSegment segment) {
    Recovery recovery = segment.sender().recovery();
    return recovery.timeouts() > 0 && segment.seqRel() > recovery.lastResendRel();
  }

  private static void noteTimeout(FlowSegment segment, long since, Findings findings) {
    int times = segment.sender().recovery().timeouts() + 1;
    long tenths = tenthsOfWaitBefore(segment, since);
    TimerRun run = TimerRun.before(segment);
    boolean again = times > 1 && tenths > 0;
    boolean anew =
        !again
            && run.restartFrame() != 0
            && run.sinceRestartNanos() < since / TOLD_APART * (TOLD_APART - 1);
    findings
        .add(
            AnnotationKind.TIMEOUT_RETRANSMISSION,
            again ? TIMER_AGAIN : anew ? TIMER_BEGUN_ANEW : TIMER)
        .frame(run.sentFrame())
        .frame(anew ? run.restartFrame() : 0)
        .value(since)
        .value(times)
        .value(tenths)
        .value(run.sinceRestartNanos())
        .likelyNot(AnnotationKind.TAIL_LOSS_PROBE);
  }

  /**
   * Says what let the sender send it again, where that makes no kind of its own; or that nothing
   * did.
   */
  private static void explain(FlowSegment segment, long since, Findings findings) {
    Endpoint sender = segment.sender();
    SendLedger ledger = sender.ledger();
    long original = ledger.oldestWith(segment.seqRel(), segment.endRel());
    if (original >= 0 && sender.quotes().icmpFrame(original) > 0) {
      // It was too large, which has been said.
      return;
    }
    long resend = newestResend(ledger);
    long resendFrame = resend < 0 ? 0 : ledger.frame(resend);
    boolean ackCame = sender.unaFrame() > resendFrame;
    if (followsTimeout(segment)) {
      findings
          .add(AnnotationKind.RETRANSMISSION, ackCame ? REPAIR_GOES_ON : REPAIR_FOLLOWS)
          .frame(resendFrame)
          .frame(ackCame ? sender.unaFrame() : 0)
          .likely();
    } else if (sender.recovery().isActive() && ackCame && segment.seqRel() == sender.una()) {
      findings
          .add(AnnotationKind.RETRANSMISSION, PARTIAL_ACK_ASKS)
          .frame(sender.unaFrame())
          .likely();
    } else {
      findings
          .add(AnnotationKind.RETRANSMISSION, since > 0 ? NO_TRIGGER : NO_TRIGGER_AT_ALL)
          .value(since)
          .likely();
    }
  }

  private static long newestResend(SendLedger ledger) {
    long i = ledger.size() - 1;
    while (i >= ledger.first() && !ledger.isResend(i)) {
      i--;
    }
    return i < ledger.first() ? -1 : i;
  }
}
