package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Opening;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Late or sent again? A segment that fills a hole is one or the other, and who was sent first
 * decides.
 *
 * <p>In this order: IP identification, TCP timestamps, what the receiver asked for, time.
 */
final class HoleFiller {
  private static final Rule ACKED_BEFORE =
      new Rule(
          "acked-before-captured",
          "captured late: {frame} had acknowledged these bytes before they were captured");
  private static final Rule SENT_AFTER_ACK =
      new Rule(
          "acked-and-sent-again",
          "retransmission of {range}: it was sent after {frame}, by the number that its sender wrote into it, and {frame2} had acknowledged these bytes; the capture missed the first copy");
  private static final Rule EARLIER_ID =
      new Rule(
          "earlier-ip-id",
          "{range} arrived late: by its IP identification it was sent before {frame}");
  private static final Rule LATER_ID =
      new Rule(
          "later-ip-id",
          "retransmission of {range}: by its IP identification it was sent after {frame}; the first copy was lost before this point");
  private static final Rule EARLIER_TIMESTAMP =
      new Rule(
          "earlier-timestamp", "{range} arrived late: by its timestamp it was sent before {frame}");
  private static final Rule LATER_TIMESTAMP =
      new Rule(
          "later-timestamp",
          "retransmission of {range}: by its timestamp it was sent after {frame}; the first copy was lost before this point");
  private static final Rule SAME_TIMESTAMP =
      new Rule(
          "same-timestamp",
          "{range} arrived late: it bears the same timestamp as {frame}; a repetition would have been sent a round trip later, with another");
  private static final Rule ASKED_FOR =
      new Rule(
          "asked-for",
          "retransmission of {range}: the {receiver} asked for it {1} times, {2:time} after {frame} showed the hole; the first copy was lost before this point");
  private static final Rule SOON =
      new Rule(
          "soon",
          "{range} arrived late: only {1:time} after {frame}, too soon for a retransmission");
  private static final Rule NOT_SOON =
      new Rule(
          "not-soon",
          "retransmission of {range}: it fills a hole {1:time} after {frame}; the first copy was lost before this point");

  private static final long MIN_REORDER_NANOS = 200_000;
  private static final long ASSUMED_ROUND_TRIP_NANOS = 3_000_000;

  private HoleFiller() {}

  static void judge(FlowSegment segment, Findings findings) {
    SendLedger ledger = segment.sender().ledger();
    long later = ledger.oldestBeyond(segment.endRel());
    if (segment.sender().hasUna() && segment.endRel() <= segment.sender().una()) {
      judgeAcked(segment, ledger, later, findings);
      return;
    }
    if (later < 0) {
      findings
          .add(AnnotationKind.OUT_OF_ORDER, SOON)
          .value(0)
          .orMaybe(AnnotationKind.RETRANSMISSION);
      return;
    }
    int byId = SendOrder.byId(segment, ledger, later);
    int byTimestamp = SendOrder.byTimestamp(segment, ledger, later);
    if (byId != 0) {
      decide(byId < 0 ? EARLIER_ID : LATER_ID, byId < 0, segment, later, findings);
    } else if (byTimestamp != 0) {
      boolean earlier = byTimestamp < 0;
      decide(earlier ? EARLIER_TIMESTAMP : LATER_TIMESTAMP, earlier, segment, later, findings);
    } else if (SendOrder.isOfSameTick(segment, ledger, later, knownRoundTripNanos(segment))) {
      decide(SAME_TIMESTAMP, true, segment, later, findings);
    } else {
      judgeByTime(segment, ledger, later, findings);
    }
  }

  /** Either the capture shows it late, or the first copy not at all. */
  private static void judgeAcked(
      FlowSegment segment, SendLedger ledger, long later, Findings findings) {
    if (later >= 0 && wasSentAfter(segment, ledger, later)) {
      findings
          .add(AnnotationKind.RETRANSMISSION, SENT_AFTER_ACK)
          .frame(ledger.frame(later))
          .frame(segment.sender().unaFrame());
      ResendKind.judge(segment, findings);
      return;
    }
    findings
        .add(AnnotationKind.OUT_OF_ORDER, ACKED_BEFORE)
        .frame(segment.sender().unaFrame())
        .likelyNot(AnnotationKind.RETRANSMISSION);
  }

  private static boolean wasSentAfter(FlowSegment segment, SendLedger ledger, long entry) {
    int byId = SendOrder.byId(segment, ledger, entry);
    return byId > 0 || (byId == 0 && SendOrder.byTimestamp(segment, ledger, entry) > 0);
  }

  private static void decide(
      Rule rule, boolean late, FlowSegment segment, long later, Findings findings) {
    SendLedger ledger = segment.sender().ledger();
    if (late && isEmpty(ledger, later)) {
      return;
    }
    findings
        .add(late ? AnnotationKind.OUT_OF_ORDER : AnnotationKind.RETRANSMISSION, rule)
        .frame(ledger.frame(later));
    if (!late) {
      ResendKind.judge(segment, findings);
    }
  }

  /** Data that only an ACK without data has overtaken still comes in the order of its stream. */
  private static boolean isEmpty(SendLedger ledger, long entry) {
    return ledger.end(entry) == ledger.start(entry);
  }

  private static void judgeByTime(
      FlowSegment segment, SendLedger ledger, long later, Findings findings) {
    long age = segment.timeNanos() - ledger.timeNanos(later);
    long known = knownRoundTripNanos(segment);
    long roundTrip = known > 0 ? known : ASSUMED_ROUND_TRIP_NANOS;
    Announcement asked = segment.receiver().announcement();
    boolean askedFor = asked.duplicates() > 0 && asked.ack() <= segment.seqRel();
    if (askedFor && age >= roundTrip * 4 / 5) {
      findings
          .add(AnnotationKind.RETRANSMISSION, ASKED_FOR)
          .frame(ledger.frame(later))
          .value(asked.duplicates())
          .value(age)
          .likelyNot(AnnotationKind.OUT_OF_ORDER);
      ResendKind.judge(segment, findings);
    } else if (age >= Math.max(MIN_REORDER_NANOS, roundTrip * 4 / 5)) {
      findings
          .add(AnnotationKind.RETRANSMISSION, NOT_SOON)
          .frame(ledger.frame(later))
          .value(age)
          .orMaybe(AnnotationKind.OUT_OF_ORDER);
      ResendKind.judge(segment, findings);
    } else if (!isEmpty(ledger, later)) {
      Finding late =
          findings.add(AnnotationKind.OUT_OF_ORDER, SOON).frame(ledger.frame(later)).value(age);
      if (age < Math.max(MIN_REORDER_NANOS, roundTrip / 4)) {
        late.likelyNot(AnnotationKind.RETRANSMISSION);
      } else {
        late.orMaybe(AnnotationKind.RETRANSMISSION);
      }
    }
  }

  /**
   * Both legs of the handshake make a whole round trip wherever the capture was taken; without them
   * the least times seen must do. 0 where there are none.
   */
  private static long knownRoundTripNanos(FlowSegment segment) {
    Opening opening = segment.connection().opening();
    if (opening.synFrame() != 0
        && opening.ackFrame() != 0
        && !opening.isSynRepeated()
        && !opening.isSynAckRepeated()) {
      return Math.max(0, opening.ackNanos() - opening.synNanos());
    }
    return segment.sender().rtt().minNanos() + segment.receiver().rtt().minNanos();
  }
}
