package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.wire.SeqNum;
import dev.conntrace.wire.TcpOptions;

/**
 * What a timestamp echo says of a retransmission (RFC 3522, Eifel): the acknowledgement that fills
 * the hole echoes the copy that arrived first.
 */
final class EchoAnalyzer implements SegmentAnalyzer {
  private static final Rule EARLIER_ECHO =
      new Rule(
          "earlier-echo",
          "not needed: the acknowledgement in {frame} echoes an earlier timestamp, so the first copy had arrived");

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    TcpOptions options = segment.segment().options();
    if (!segment.acknowledgesNew()
        || !options.hasTimestamps()
        || options.timestampEcho() == 0
        || findings.has(AnnotationKind.DUPLICATE_PACKET)
        || findings.has(AnnotationKind.DSACK)) {
      return;
    }
    // Only the first unacknowledged segment sets the echo; those behind it need not (RFC 7323 4.3).
    Endpoint owner = segment.receiver();
    SendLedger ledger = owner.ledger();
    long copy = ledger.newestWith(owner.una());
    if (copy < 0
        || !ledger.isUnjudgedResend(copy)
        || ledger.timestampValue(copy) == 0
        || !SeqNum.lessThan(options.timestampEcho(), ledger.timestampValue(copy))) {
      return;
    }
    findings
        .addTo(ledger.frame(copy), AnnotationKind.SPURIOUS_RETRANSMISSION, EARLIER_ECHO)
        .frame(segment.frame())
        .likely();
    findings.reportDuplicate(copy);
  }
}
