package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
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

  /**
   * Identifications farther apart than this say nothing: the counter may have wrapped or be shared.
   */
  private static final int MAX_ID_DISTANCE = 4096;

  private static final long MIN_REORDER_NANOS = 200_000;
  private static final long ASSUMED_ROUND_TRIP_NANOS = 3_000_000;

  private HoleFiller() {}

  static void judge(FlowSegment segment, Findings findings) {
    SendLedger ledger = segment.sender().ledger();
    long later = ledger.oldestBeyond(segment.endRel());
    if (segment.sender().hasUna() && segment.endRel() <= segment.sender().una()) {
      findings
          .add(AnnotationKind.OUT_OF_ORDER, ACKED_BEFORE)
          .frame(segment.sender().unaFrame())
          .likelyNot(AnnotationKind.RETRANSMISSION);
      return;
    }
    if (later < 0) {
      findings
          .add(AnnotationKind.OUT_OF_ORDER, SOON)
          .value(0)
          .orMaybe(AnnotationKind.RETRANSMISSION);
      return;
    }
    if (judgeById(segment, ledger, later, findings)
        || judgeByTimestamp(segment, ledger, later, findings)) {
      return;
    }
    judgeByTime(segment, ledger, later, findings);
  }

  private static boolean judgeById(
      FlowSegment segment, SendLedger ledger, long later, Findings findings) {
    int id = segment.segment().ipId();
    int laterId = ledger.ipId(later);
    int distance = (short) (id - laterId);
    if (id == 0
        || laterId == 0
        || distance == 0
        || Math.abs(distance) > MAX_ID_DISTANCE
        || !idsAdvance(ledger, later)) {
      return false;
    }
    if (distance < 0) {
      findings.add(AnnotationKind.OUT_OF_ORDER, EARLIER_ID).frame(ledger.frame(later));
    } else {
      findings.add(AnnotationKind.RETRANSMISSION, LATER_ID).frame(ledger.frame(later));
      ResendKind.judge(segment, findings);
    }
    return true;
  }

  /** Random identifications prove nothing: those of the neighbours must be close to each other. */
  private static boolean idsAdvance(SendLedger ledger, long entry) {
    if (entry <= ledger.first()) {
      return true;
    }
    int step = (short) (ledger.ipId(entry) - ledger.ipId(entry - 1));
    return Math.abs(step) <= MAX_ID_DISTANCE;
  }

  private static boolean judgeByTimestamp(
      FlowSegment segment, SendLedger ledger, long later, Findings findings) {
    boolean comparable = segment.sender().offer().timestamps() || ledger.timestampValue(later) != 0;
    if (!comparable || !segment.segment().options().hasTimestamps()) {
      return false;
    }
    int distance = segment.segment().options().timestampValue() - ledger.timestampValue(later);
    if (distance == 0) {
      return false;
    }
    if (distance < 0) {
      findings.add(AnnotationKind.OUT_OF_ORDER, EARLIER_TIMESTAMP).frame(ledger.frame(later));
    } else {
      findings.add(AnnotationKind.RETRANSMISSION, LATER_TIMESTAMP).frame(ledger.frame(later));
      ResendKind.judge(segment, findings);
    }
    return true;
  }

  private static void judgeByTime(
      FlowSegment segment, SendLedger ledger, long later, Findings findings) {
    long age = segment.timeNanos() - ledger.timeNanos(later);
    long roundTrip = roundTripNanos(segment);
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
    } else if (age < Math.max(MIN_REORDER_NANOS, roundTrip / 4)) {
      findings
          .add(AnnotationKind.OUT_OF_ORDER, SOON)
          .frame(ledger.frame(later))
          .value(age)
          .likelyNot(AnnotationKind.RETRANSMISSION);
    } else if (age < roundTrip * 4 / 5) {
      findings
          .add(AnnotationKind.OUT_OF_ORDER, SOON)
          .frame(ledger.frame(later))
          .value(age)
          .orMaybe(AnnotationKind.RETRANSMISSION);
    } else {
      findings
          .add(AnnotationKind.RETRANSMISSION, NOT_SOON)
          .frame(ledger.frame(later))
          .value(age)
          .orMaybe(AnnotationKind.OUT_OF_ORDER);
      ResendKind.judge(segment, findings);
    }
  }

  /**
   * Both legs of the handshake make a whole round trip wherever the capture was taken; without them
   * the least times seen must do.
   */
  private static long roundTripNanos(FlowSegment segment) {
    Opening opening = segment.connection().opening();
    if (opening.synFrame() != 0
        && opening.ackFrame() != 0
        && !opening.isSynRepeated()
        && !opening.isSynAckRepeated()) {
      return Math.max(0, opening.ackNanos() - opening.synNanos());
    }
    long seen = segment.sender().rtt().minNanos() + segment.receiver().rtt().minNanos();
    return seen > 0 ? seen : ASSUMED_ROUND_TRIP_NANOS;
  }
}
