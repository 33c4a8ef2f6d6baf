package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * A first copy that came late and that the receiver threw away: before it came what had been sent
 * after it, with a newer timestamp, and so it was taken for an old duplicate (PAWS, RFC 7323 5.3).
 * Its sender sends it once more, though the network lost nothing.
 *
 * <p>The receiver answers such a segment with its last acknowledgement, the same numbers and
 * blocks. Where SACK is in use and the receiver reports duplicates, little else is answered so:
 * what comes out of order shows in a block, what comes twice in a duplicate's.
 */
final class LateCopy {
  private static final Rule ANSWERED =
      new Rule(
          "late-copy",
          "the {sender} does not accept {frame}, which must have come late: its timestamp is older than one that came before it, so it counts as an old duplicate (PAWS) and is thrown away; all that comes back is the last ACK once more");
  private static final Rule NO_NEWS =
      new Rule(
          "no-news",
          "repeats the ACK of {frame} because it did not accept what came: that more is missing it does not say");
  private static final Rule THROWN_AWAY =
      new Rule(
          "thrown-away",
          "not lost: the first copy, {frame}, came late (reordering), and the {receiver} threw it away because its timestamp was too old by then (PAWS), as {frame2} shows; so it needed this one after all");
  private static final Rule WAS_THROWN_AWAY =
      new Rule(
          "thrown-away",
          "not lost: the first copy, {frame}, came late (reordering), and the {receiver} threw it away because its timestamp was too old by then (PAWS); so it needs this one after all");

  /** Shorter round trips vary by more than what is allowed for here. */
  private static final long LEAST_ROUND_TRIP_NANOS = 500_000;

  /** More entries are not looked at for one acknowledgement. */
  private static final int MOST_AT_ONCE = 128;

  /** Linux takes what is older by one tick all the same (tcp_paws_check). */
  static final int LEAST_TICKS_BEHIND = 2;

  private LateCopy() {}

  /**
   * Looks for the late copy that a repeated acknowledgement answers, and says so of both the
   * acknowledgement and what was sent again since; returns whether it found one.
   *
   * @param ack acknowledges nothing new, in its number or by blocks
   */
  static boolean judge(FlowSegment ack, Findings findings) {
    Announcement before = ack.sender().announcement();
    if (!before.reportsDuplicates()
        || findings.has(AnnotationKind.DSACK)
        || ack.segment().options().sackMark() != before.sackMark()
        || isForItsWindow(ack, before)
        || !isNewest(ack)) {
      return false;
    }
    long late = find(ack);
    if (late < 0) {
      return false;
    }
    SendLedger ledger = ack.receiver().ledger();
    findings
        .add(AnnotationKind.CHALLENGE_ACK, ANSWERED)
        .onEntry(late)
        .frame(ledger.frame(late))
        .likelyNot(AnnotationKind.DUPLICATE_ACK);
    if (ack.segment().windowField() == before.windowField()) {
      findings.add(AnnotationKind.DUPLICATE_ACK, NO_NEWS).frame(before.ackFrame()).likely();
    }
    noteSentAgain(ack, late, findings);
    return true;
  }

  private static void noteSentAgain(FlowSegment ack, long late, Findings findings) {
    SendLedger ledger = ack.receiver().ledger();
    long again = ledger.newestWith(ledger.start(late));
    if (ledger.isUnjudgedResend(again)
        && !ack.connection().isFinal(ack.receiver(), again, ack.latestNanos())) {
      findings
          .addToEntry(
              again, ledger.frame(again), AnnotationKind.SPURIOUS_RETRANSMISSION, THROWN_AWAY)
          .frame(ledger.frame(late))
          .frame(ack.frame())
          .likelyNot(AnnotationKind.RETRANSMISSION);
    }
  }

  /** Says of a retransmission that its first copy was thrown away, if that has shown. */
  static void noteAgain(FlowSegment segment, Findings findings) {
    SendLedger ledger = segment.sender().ledger();
    long copy = ledger.newestWith(segment.seqRel());
    if (copy >= 0 && ledger.wasThrownAway(copy)) {
      findings
          .add(AnnotationKind.SPURIOUS_RETRANSMISSION, WAS_THROWN_AWAY)
          .frame(ledger.frame(copy))
          .likelyNot(AnnotationKind.RETRANSMISSION);
    }
  }

  /**
   * Returns whether an acknowledgement may have been sent to tell of its window alone. Of a wider
   * one Linux does not tell before it has doubled.
   */
  private static boolean isForItsWindow(FlowSegment ack, Announcement before) {
    int window = ack.segment().windowField();
    return window < before.windowField() || window >= 2 * before.windowField();
  }

  /** Neither a copy that the network made nor overtaken: it left its sender after all others. */
  private static boolean isNewest(FlowSegment ack) {
    SendLedger sent = ack.sender().ledger();
    long last = sent.size() - 1;
    if (last < sent.first()) {
      return false;
    }
    int byId = SendOrder.byId(ack, sent, last);
    return byId > 0 || (byId == 0 && SendOrder.byTimestamp(ack, sent, last) > 0);
  }

  /**
   * Returns the one entry that can have come just now and too late: sent between one round trip and
   * one and a half ago, still missing, with a timestamp older than the one echoed. -1 if there is
   * none, or more than one.
   */
  private static long find(FlowSegment ack) {
    Endpoint owner = ack.receiver();
    long roundTrip = Viewpoint.leastRoundTripNanos(owner, ack.connection());
    if (!ack.segment().options().hasTimestamps() || roundTrip < LEAST_ROUND_TRIP_NANOS) {
      return -1;
    }
    SendLedger ledger = owner.ledger();
    long latest = ack.timeNanos() - roundTrip;
    long earliest = latest - roundTrip / 2;
    long newest = newestUntil(ledger, latest);
    long oldest = Math.max(ledger.first(), newest - MOST_AT_ONCE + 1);
    long found = -1;
    for (long i = newest; i >= oldest && ledger.timeNanos(i) >= earliest; i--) {
      if (isRefusable(ledger, i, ack)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  /**
   * Returns the newest entry that was sent at a time or before it, the one before the first if none
   * was; by halves, so only about right where the capture steps back in time.
   */
  private static long newestUntil(SendLedger ledger, long timeNanos) {
    long low = ledger.first();
    long high = ledger.size();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (ledger.timeNanos(middle) <= timeNanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private static boolean isRefusable(SendLedger ledger, long entry, FlowSegment ack) {
    long start = ledger.start(entry);
    long end = ledger.end(entry);
    int timestamp = ledger.timestampValue(entry);
    return end > start
        && start >= ack.ackRel()
        && timestamp != 0
        && ack.segment().options().timestampEcho() - timestamp >= LEAST_TICKS_BEHIND
        && !ledger.isResend(entry)
        && !ledger.wasThrownAway(entry)
        && ack.receiver().scoreboard().overlap(start, end) == 0;
  }
}
