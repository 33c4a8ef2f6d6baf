package dev.conntrace.analysis;

import dev.conntrace.decode.PayloadFingerprint;
import dev.conntrace.flow.Doubt;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Offer;
import dev.conntrace.flow.Opening;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.Side;

/**
 * Lost, late or sent again: where a segment lies among the bytes that its sender sent before (RFC
 * 9293 3.10.7.4, RFC 4737).
 *
 * <p>Bytes seen before prove a retransmission. Bytes that fill a hole are late or sent again;
 * {@link HoleFiller} weighs the evidence.
 */
final class LossAnalyzer implements SegmentAnalyzer {
  private static final Rule HOLE =
      new Rule("hole", "bytes {1}-{2} before it have not been seen: lost, late, or not captured");
  private static final Rule OVERTAKEN_BY_ID =
      new Rule(
          "overtaken-ip-id",
          "{range} arrived late: by its IP identification it was sent before the retransmission in {frame}");
  private static final Rule OVERTAKEN_BY_TIMESTAMP =
      new Rule(
          "overtaken-timestamp",
          "{range} arrived late: by its timestamp it was sent before the retransmission in {frame}");
  private static final Rule FAR_HOLE =
      new Rule(
          "far-hole",
          "bytes {1}-{2} before it have not been seen, and its numbers are too far from all others to be believed alone: the capture missed very much, or it does not belong here; it counts if later segments agree");
  private static final Rule SEEN_BEFORE =
      new Rule("seen-before", "retransmission of {range}, first sent in {frame}, {1:time} ago");
  private static final Rule PARTLY_SEEN_BEFORE =
      new Rule(
          "partly-seen-before",
          "retransmission of {range}, partly sent in {frame}, {1:time} ago, with {2:bytes} of new data behind");
  private static final Rule TOO_LARGE_BEFORE =
      new Rule(
          "too-large-before",
          "retransmission of {range}: {frame} was too large for the path and did not get through, as {frame2} told the {sender}");
  private static final Rule NOT_TAKEN_FROM_SYN =
      new Rule(
          "not-taken-from-syn",
          "retransmission of {range}: the {receiver} acknowledged the SYN of {frame} in {frame2} but not the data in it, so the {sender} sends them again at once (TCP Fast Open, RFC 7413)");
  private static final Rule OTHER_CONTENTS =
      new Rule(
          "other-contents",
          "{frame} carried other bytes at the same position: the first {1:bytes} differ, and receivers disagree which to believe");
  private static final Rule SEEN_LONG_AGO =
      new Rule(
          "seen-before",
          "retransmission of {range}, sent before, too long ago to say in which frame");

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    Endpoint sender = segment.sender();
    if (segment.isRst() || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    if (segment.isStray() && !segment.isSyn()) {
      examineStray(segment, findings);
      return;
    }
    if (!sender.hasNxt()) {
      return;
    }
    boolean overtakable = segment.length() > 0 && sender.recovery().isActive();
    if ((segment.seqRel() == sender.nxt() && !overtakable) || isAside(segment, findings)) {
      return;
    }
    if (segment.seqRel() > sender.nxt()) {
      noteHole(segment, findings);
    } else if (segment.seqRel() < sender.nxt() && segment.occupies()) {
      noteOldBytes(segment, findings);
      return;
    }
    if (overtakable) {
      noteOvertaken(segment, findings);
    }
  }

  /** New data that was sent before the last retransmission captured has come late, too. */
  private static void noteOvertaken(FlowSegment segment, Findings findings) {
    SendLedger ledger = segment.sender().ledger();
    long newest = ledger.size() - 1;
    if (!ledger.isResend(newest)) {
      return;
    }
    int byId = SendOrder.byId(segment, ledger, newest);
    boolean overtaken =
        byId < 0 || (byId == 0 && SendOrder.byTimestamp(segment, ledger, newest) < 0);
    if (overtaken) {
      findings
          .add(AnnotationKind.OUT_OF_ORDER, byId < 0 ? OVERTAKEN_BY_ID : OVERTAKEN_BY_TIMESTAMP)
          .frame(ledger.frame(newest));
    }
  }

  private static boolean isAside(FlowSegment segment, Findings findings) {
    return segment.isStray()
        || findings.has(AnnotationKind.KEEP_ALIVE)
        || findings.has(AnnotationKind.ZERO_WINDOW_PROBE)
        || isStrangeSyn(segment)
        || isAnswerToCrossingSyn(segment);
  }

  /** A SYN on an open connection has nothing to do with its stream (RFC 5961 4). */
  private static boolean isStrangeSyn(FlowSegment segment) {
    return segment.isSyn() && segment.sender().state().isSynchronized() && segment.seqRel() != 0;
  }

  /**
   * Where SYNs crossed, each side answers the other's with its own number again: an answer, no
   * repetition.
   */
  private static boolean isAnswerToCrossingSyn(FlowSegment segment) {
    Offer called = segment.sender().offer();
    return segment.isSyn() && segment.isAck() && called.isSeen() && !called.isAnswer();
  }

  private static void noteHole(FlowSegment segment, Findings findings) {
    findings
        .add(AnnotationKind.PREVIOUS_SEGMENT_MISSING, HOLE)
        .value(segment.sender().nxt())
        .value(segment.seqRel() - 1)
        .frame(segment.sender().totals().lastFrame());
  }

  private static void examineStray(FlowSegment segment, Findings findings) {
    Doubt doubt = segment.sender().doubt();
    if (doubt.isRepeatedBy(segment)) {
      findings
          .add(AnnotationKind.RETRANSMISSION, SEEN_BEFORE)
          .frame(doubt.frame())
          .value(Math.max(0, segment.timeNanos() - doubt.timeNanos()));
    } else if (segment.sender().hasNxt()) {
      noteFarHole(segment, findings);
    }
  }

  private static void noteFarHole(FlowSegment segment, Findings findings) {
    if (segment.seqRel() > segment.sender().nxt() && !segment.isFollowingStray()) {
      findings
          .add(AnnotationKind.PREVIOUS_SEGMENT_MISSING, FAR_HOLE)
          .value(segment.sender().nxt())
          .value(segment.seqRel() - 1)
          .orMaybe(AnnotationKind.BEYOND_WINDOW);
    }
  }

  private static void noteOldBytes(FlowSegment segment, Findings findings) {
    Endpoint sender = segment.sender();
    long seen = sender.seen().overlap(segment.seqRel(), segment.endRel());
    if (seen == 0) {
      HoleFiller.judge(segment, findings);
      return;
    }
    if (repeatsRefusedSynData(segment)) {
      findings
          .add(AnnotationKind.RETRANSMISSION, NOT_TAKEN_FROM_SYN)
          .frame(segment.connection().opening().synFrame())
          .frame(segment.connection().opening().synAckFrame());
      return;
    }
    noteRetransmission(segment, segment.endRel() - segment.seqRel() - seen, findings);
    noteConflict(segment, findings);
    ResendKind.judge(segment, findings);
  }

  /**
   * Only the beginnings of segments that start at the same byte are compared; a full comparison
   * needs the bytes themselves, which {@code conntrace stream} has.
   */
  private static void noteConflict(FlowSegment segment, Findings findings) {
    SendLedger ledger = segment.sender().ledger();
    long before = ledger.newestStartingAt(segment.seqRel());
    if (before >= 0 && ledger.hasOtherPayload(before, segment)) {
      findings
          .add(AnnotationKind.OVERLAP_CONFLICT, OTHER_CONTENTS)
          .frame(ledger.frame(before))
          .value(PayloadFingerprint.comparedBytes(segment.length()));
    }
  }

  /** The first time only; after that they are data like any other. */
  private static boolean repeatsRefusedSynData(FlowSegment segment) {
    Opening opening = segment.connection().opening();
    if (opening.synDataBytes() == 0
        || opening.isSynDataAccepted()
        || opening.synAckFrame() == 0
        || segment.isSyn()
        || segment.length() == 0
        || segment.sender().side() != Side.CLIENT) {
      return false;
    }
    SendLedger ledger = segment.sender().ledger();
    long before = ledger.newestWith(segment.seqRel());
    return before >= 0 && ledger.start(before) == 0;
  }

  private static void noteRetransmission(FlowSegment segment, long newBytes, Findings findings) {
    SendLedger ledger = segment.sender().ledger();
    long original = ledger.oldestWith(segment.seqRel(), segment.endRel());
    if (original < 0) {
      findings.add(AnnotationKind.RETRANSMISSION, SEEN_LONG_AGO);
      return;
    }
    long icmpFrame = segment.sender().quotes().icmpFrame(original);
    if (icmpFrame > 0) {
      findings
          .add(AnnotationKind.RETRANSMISSION, TOO_LARGE_BEFORE)
          .frame(ledger.frame(original))
          .frame(icmpFrame);
      return;
    }
    findings
        .add(
            AnnotationKind.RETRANSMISSION,
            newBytes > 0 && segment.length() > 0 ? PARTLY_SEEN_BEFORE : SEEN_BEFORE)
        .frame(ledger.frame(original))
        .value(Math.max(0, segment.timeNanos() - ledger.timeNanos(original)))
        .value(newBytes);
  }
}
