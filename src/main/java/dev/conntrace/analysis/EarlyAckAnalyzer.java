package dev.conntrace.analysis;

import dev.conntrace.flow.Answers;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Transitions;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.AnnotationKind;

/**
 * An acknowledgement that comes sooner than the second copy of a segment can have been answered is
 * the first copy's: the second was not needed. (RFC 3522 reads the same from timestamps.)
 */
final class EarlyAckAnalyzer implements SegmentAnalyzer {
  /** Shorter round trips vary by more than their half. */
  private static final long LEAST_ROUND_TRIP_NANOS = 500_000;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    Endpoint owner = segment.receiver();
    if (!segment.isAck()
        || !owner.recovery().isActive()
        || segment.ackRel() <= owner.una()
        || segment.isRst()
        || segment.isDoubtful()
        || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    if (segment.segment().options().hasTimestamps() && owner.hasUna()) {
      judgeByEcho(segment, owner, findings);
    }
    long roundTrip = Viewpoint.leastRoundTripNanos(owner, segment.connection());
    if (roundTrip >= LEAST_ROUND_TRIP_NANOS) {
      judgeByTime(segment, owner, roundTrip, findings);
    }
  }

  /**
   * What it echoes came in the segment that moved it on: one older than the retransmission of the
   * byte that was asked for was the first copy (RFC 3522 3.2). A SYN-ACK is left out: it has to
   * answer every SYN.
   */
  private static void judgeByEcho(FlowSegment segment, Endpoint owner, Findings findings) {
    SendLedger ledger = owner.ledger();
    long copy = ledger.newestStartingAt(owner.una());
    if (copy >= 0
        && isNewlyCovered(segment, owner, copy)
        && Answers.isOlderThan(ledger, copy, segment)) {
      Needless.byEcho(segment, copy, findings);
    }
  }

  private static void judgeByTime(
      FlowSegment segment, Endpoint owner, long roundTrip, Findings findings) {
    SendLedger ledger = owner.ledger();
    long tooLate = segment.timeNanos() - roundTrip / 4 * 3;
    for (long i = ledger.size() - 1; i >= ledger.first() && ledger.timeNanos(i) > tooLate; i--) {
      if (isNewlyCovered(segment, owner, i)) {
        Needless.byTime(segment, i, roundTrip, findings);
      }
    }
  }

  private static boolean isNewlyCovered(FlowSegment ack, Endpoint owner, long entry) {
    SendLedger ledger = owner.ledger();
    return ledger.end(entry) <= ack.ackRel()
        && ledger.end(entry) > owner.una()
        && ledger.isUnjudgedResend(entry)
        && !ack.connection().isFinal(owner, entry, ack.latestNanos());
  }
}
