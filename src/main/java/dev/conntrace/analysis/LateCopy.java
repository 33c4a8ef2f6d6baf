package dev.conntrace.analysis;

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
 * Its sender sends it once more, though nothing was lost.
 *
 * <p>The receiver answers such a segment with its last acknowledgement, word for word. Nothing else
 * is answered so where SACK is in use: what comes out of order shows in a block, what comes twice
 * in a duplicate's.
 */
final class LateCopy {
  private static final Rule ANSWERED =
      new Rule(
          "late-copy",
          "the {sender} does not accept {frame}, which must have come late: its timestamp is older than one that came before it, so it counts as an old duplicate (PAWS) and is thrown away; all that comes back is the last ACK once more");
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

  private LateCopy() {}

  /**
   * Looks for the late copy that an acknowledgement with nothing new answers, and says so of both
   * the acknowledgement and what was sent again since; returns whether it found one.
   */
  static boolean isAnsweredBy(FlowSegment ack, Findings findings) {
    SendLedger ledger = ack.receiver().ledger();
    long late = find(ack);
    if (late < 0) {
      return false;
    }
    findings
        .add(AnnotationKind.CHALLENGE_ACK, ANSWERED)
        .onEntry(late)
        .frame(ledger.frame(late))
        .likelyNot(AnnotationKind.DUPLICATE_ACK);
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
    return true;
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
   * Returns the one entry that can have come just now and too late: sent between one round trip and
   * one and a half ago, still missing, with a timestamp older than the one echoed. -1 if there is
   * none, or more than one.
   */
  private static long find(FlowSegment ack) {
    Endpoint owner = ack.receiver();
    long roundTrip = Viewpoint.leastRoundTripNanos(owner, ack.connection());
    boolean tells = owner.offer().sack() && ack.sender().offer().sack();
    if (!tells || !ack.segment().options().hasTimestamps() || roundTrip < LEAST_ROUND_TRIP_NANOS) {
      return -1;
    }
    SendLedger ledger = owner.ledger();
    long latest = ack.timeNanos() - roundTrip;
    long earliest = latest - roundTrip / 2;
    long found = -1;
    for (long i = ledger.size() - 1; i >= ledger.first() && ledger.timeNanos(i) >= earliest; i--) {
      if (ledger.timeNanos(i) <= latest && isRefusable(ledger, i, ack)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static boolean isRefusable(SendLedger ledger, long entry, FlowSegment ack) {
    long start = ledger.start(entry);
    long end = ledger.end(entry);
    return end > start
        && start >= ack.ackRel()
        && ack.segment().options().timestampEcho() - ledger.timestampValue(entry) > 0
        && !ledger.isResend(entry)
        && !ledger.wasThrownAway(entry)
        && ack.receiver().scoreboard().overlap(start, end) == 0;
  }
}
