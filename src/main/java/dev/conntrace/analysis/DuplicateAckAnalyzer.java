package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Suspicion;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.wire.TcpOptions;

/**
 * Acknowledgements that repeat the last one, by class (RFC 5681 2, RFC 6675): only some of them
 * count towards a fast retransmission.
 */
final class DuplicateAckAnalyzer implements SegmentAnalyzer {
  private static final Rule DSACK_ONLY =
      new Rule("dsack-only", "repeats the ACK of {frame} only to report bytes that came twice");
  private static final Rule NOTHING_OUTSTANDING =
      new Rule(
          "nothing-outstanding",
          "repeats the ACK of {frame} although nothing is on the way: it answers something, or tells the window");
  private static final Rule OLD_DATA =
      new Rule(
          "answers-old-data",
          "repeats the ACK of {frame}: {frame2} brought nothing that the {sender} did not have");
  private static final Rule HANDSHAKE_AGAIN =
      new Rule(
          "answers-repeated-syn-ack",
          "the ACK of {frame} once more: it answers the SYN-ACK that came again in {frame2}");
  private static final Rule TO_CHALLENGE =
      new Rule("challenge", "repeats the ACK of {frame} to challenge {frame2}");
  private static final Rule PATH_SIGNAL =
      new Rule(
          "path-signal",
          "repeats the ACK of {frame} for its Multipath TCP option, which speaks of the paths or of all of them together: it asks for nothing");
  private static final Rule CHALLENGE_SYN =
      new Rule(
          "challenge-syn",
          "the {sender} does not accept {frame}, a SYN on an open connection, and answers with the numbers that it expects");
  private static final Rule CHALLENGE_RST =
      new Rule(
          "challenge",
          "the {sender} does not accept {frame}, a RST without the exact number, and answers with the one that it expects");
  private static final Rule CHALLENGE_ACK =
      new Rule(
          "challenge-number",
          "the {sender} does not accept {frame}, which acknowledges what it has not sent or lies too far back, and answers with the numbers that it expects");
  private static final Rule CHALLENGE_DATA =
      new Rule(
          "challenge-data",
          "the {sender} does not accept {frame}, which lies outside its window, and answers with the numbers that it expects");
  private static final Rule ANSWERS_NEXT_SYN =
      new Rule(
          "answers-next-syn",
          "the {sender} still has this connection and answers the SYN of {frame} with its numbers; the {receiver}, which calls anew, can tell by them that it has to reset this one first");

  private static final Rule OLD_TIMESTAMP =
      new Rule(
          "old-timestamp",
          "the {sender} does not accept {frame}, whose timestamp is older than the one before: it takes it for an old duplicate (PAWS) and answers with the numbers that it expects");
  private static final Rule NO_SIGN_OF_LOSS =
      new Rule(
          "no-sign-of-loss",
          "repeats the ACK of {frame} because it does not accept what came, not because something is missing");

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (!repeats(segment, findings)) {
      return;
    }
    Announcement before = segment.sender().announcement();
    boolean sackNew = bringsSackNews(segment);
    Suspicion suspicion = segment.receiver().suspicion();
    long nextCall = segment.connection().successorCall();
    if (segment.segment().windowField() != before.windowField() && !sackNew) {
      boolean explained = suspicion.isRaised() || nextCall != 0 || speaksOfPaths(segment, before);
      if (!explained && !isRefusedByTimestamp(segment.receiver())) {
        LateCopy.judge(segment, findings);
      }
      return;
    }
    if (suspicion.isRaised() || nextCall != 0) {
      long suspect = suspicion.isRaised() ? suspicion.frame() : nextCall;
      findings
          .add(
              AnnotationKind.CHALLENGE_ACK,
              suspicion.isRaised() ? challenge(suspicion) : ANSWERS_NEXT_SYN)
          .frame(suspect)
          .likely();
      findings
          .add(AnnotationKind.DUPLICATE_ACK, TO_CHALLENGE)
          .frame(before.ackFrame())
          .frame(suspect);
      return;
    }
    if (!sackNew && isRefusedByTimestamp(segment.receiver())) {
      SendLedger refused = segment.receiver().ledger();
      findings
          .add(AnnotationKind.CHALLENGE_ACK, OLD_TIMESTAMP)
          .frame(refused.frame(refused.size() - 1))
          .likelyNot(AnnotationKind.DUPLICATE_ACK);
      findings.add(AnnotationKind.DUPLICATE_ACK, NO_SIGN_OF_LOSS).frame(before.ackFrame());
      return;
    }
    classify(segment, before, sackNew, findings);
  }

  /**
   * Returns whether the newest data follow without a hole but carry an older timestamp than those
   * before: the receiver takes them for an old duplicate (PAWS, RFC 7323 5.3).
   */
  private static boolean isRefusedByTimestamp(Endpoint owner) {
    SendLedger ledger = owner.ledger();
    long newest = ledger.size() - 1;
    return newest > ledger.first()
        && owner.offer().timestamps()
        && ledger.end(newest) > ledger.start(newest)
        && ledger.start(newest) == ledger.end(newest - 1)
        && ledger.end(newest) == owner.nxt()
        && ledger.timestampValue(newest) - ledger.timestampValue(newest - 1)
            <= -LateCopy.LEAST_TICKS_BEHIND;
  }

  private static Rule challenge(Suspicion suspicion) {
    return switch (suspicion.kind()) {
      case SYN -> CHALLENGE_SYN;
      case RST -> CHALLENGE_RST;
      case ACK -> CHALLENGE_ACK;
      case DATA -> CHALLENGE_DATA;
    };
  }

  private static boolean repeats(FlowSegment segment, Findings findings) {
    Announcement before = segment.sender().announcement();
    if (!segment.isPureAck() || !before.isKnown() || segment.ackRel() != before.ack()) {
      return false;
    }
    boolean atEnd = segment.seqRel() == segment.sender().nxt();
    boolean somethingElse =
        findings.has(AnnotationKind.DUPLICATE_PACKET)
            || findings.has(AnnotationKind.KEEP_ALIVE)
            || findings.has(AnnotationKind.KEEP_ALIVE_ACK)
            || findings.has(AnnotationKind.ZERO_WINDOW_PROBE)
            || findings.has(AnnotationKind.ZERO_WINDOW_PROBE_ACK)
            || findings.has(AnnotationKind.HANDSHAKE_COMPLETE);
    return atEnd && !somethingElse && segment.segment().windowField() != 0;
  }

  /**
   * It was sent for its Multipath TCP option: a signal about paths, or news of the stream that all
   * paths carry together (RFC 8684 3).
   */
  private static boolean speaksOfPaths(FlowSegment segment, Announcement before) {
    TcpOptions options = segment.segment().options();
    return options.hasMptcp()
        && (options.mptcp().hasSignal() || options.mptcpMark() != before.mptcpMark());
  }

  private static void classify(
      FlowSegment segment, Announcement before, boolean sackNew, Findings findings) {
    if (!sackNew && speaksOfPaths(segment, before)) {
      findings.add(AnnotationKind.DUPLICATE_ACK, PATH_SIGNAL).frame(before.ackFrame());
    } else if (!sackNew && findings.has(AnnotationKind.DSACK)) {
      findings.add(AnnotationKind.DUPLICATE_ACK, DSACK_ONLY).frame(before.ackFrame());
    } else if (!sackNew && LateCopy.judge(segment, findings)) {
      // Everything is said.
    } else if (sackNew || segment.receiver().hasOutstanding()) {
      number(segment, before, sackNew, findings);
    } else {
      long cause = oldData(segment.receiver(), before);
      findings
          .add(AnnotationKind.DUPLICATE_ACK, answering(segment.receiver(), cause))
          .frame(before.ackFrame())
          .frame(cause);
    }
  }

  private static Rule answering(Endpoint owner, long cause) {
    if (cause == 0) {
      return NOTHING_OUTSTANDING;
    }
    return owner.ledger().start(owner.ledger().size() - 1) == 0 && owner.offer().isAnswer()
        ? HANDSHAKE_AGAIN
        : OLD_DATA;
  }

  private static void number(
      FlowSegment segment, Announcement before, boolean sackNew, Findings findings) {
    Hole hole = Hole.askedForBy(segment);
    Finding finding =
        findings
            .add(AnnotationKind.DUPLICATE_ACK, sackNew ? hole.sackNew() : hole.classic())
            .frame(before.ackFrame())
            .value(before.duplicates() + 1)
            .value(segment.ackRel());
    hole.addFrames(finding, segment);
    findings.numberDuplicateAck();
  }

  /** The frame that came since the last acknowledgement and was acknowledged before; 0 if none. */
  private static long oldData(Endpoint owner, Announcement before) {
    long newest = owner.ledger().size() - 1;
    boolean occupies = newest >= 0 && owner.ledger().end(newest) > owner.ledger().start(newest);
    return occupies && owner.ledger().frame(newest) > before.lastFrame()
        ? owner.ledger().frame(newest)
        : 0;
  }

  /**
   * Returns whether a SACK block names bytes beyond every acknowledgement that no earlier one did.
   */
  static boolean bringsSackNews(FlowSegment segment) {
    TcpOptions options = segment.segment().options();
    Endpoint owner = segment.receiver();
    for (int i = 0; i < options.sackBlocks(); i++) {
      long left = owner.relative(options.sackLeft(i));
      long right = owner.relative(options.sackRight(i));
      if (left > segment.ackRel()
          && left >= owner.una()
          && owner.scoreboard().overlap(left, right) < right - left) {
        return true;
      }
    }
    return false;
  }
}
