package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Transitions;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * An acknowledgement that comes sooner than the second copy of a segment can have been answered is
 * the first copy's: the second was not needed. (RFC 3522 reads the same from timestamps.)
 */
final class EarlyAckAnalyzer implements SegmentAnalyzer {
  private static final Rule TOO_SOON =
      new Rule(
          "acked-too-soon",
          "not needed: {frame} acknowledges these bytes {1:time} later, and a round trip takes {2:time}: an earlier copy had arrived");

  /** Shorter round trips vary by more than their half. */
  private static final long LEAST_ROUND_TRIP_NANOS = 500_000;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    Endpoint owner = segment.receiver();
    if (!segment.isAck()
        || !owner.recovery().isActive()
        || segment.ackRel() <= owner.una()
        || segment.isRst()
        || segment.isStray()
        || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    long roundTrip = Viewpoint.leastRoundTripNanos(owner, segment.connection());
    if (roundTrip >= LEAST_ROUND_TRIP_NANOS) {
      judgeLatest(segment, owner, roundTrip, findings);
    }
  }

  private static void judgeLatest(
      FlowSegment segment, Endpoint owner, long roundTrip, Findings findings) {
    SendLedger ledger = owner.ledger();
    long tooLate = segment.timeNanos() - roundTrip / 2;
    for (long i = ledger.size() - 1; i >= ledger.first() && ledger.timeNanos(i) > tooLate; i--) {
      boolean covered = ledger.end(i) <= segment.ackRel() && ledger.end(i) > owner.una();
      if (covered
          && ledger.isUnjudgedResend(i)
          && !segment.connection().isFinal(owner, i, segment.latestNanos())) {
        findings
            .addToEntry(i, ledger.frame(i), AnnotationKind.SPURIOUS_RETRANSMISSION, TOO_SOON)
            .frame(segment.frame())
            .value(segment.timeNanos() - ledger.timeNanos(i))
            .value(roundTrip)
            .likely();
      }
    }
  }
}
