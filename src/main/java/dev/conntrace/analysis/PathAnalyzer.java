package dev.conntrace.analysis;

import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Offer;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.wire.TcpFlags;

/**
 * Explicit congestion notification (RFC 3168). With accurate ECN (RFC 9768) the flags are a counter
 * and mean something else.
 */
final class PathAnalyzer implements SegmentAnalyzer {
  private static final Rule CE =
      new Rule("ce-mark", "a router marked this packet on its way: its queue is filling up");
  private static final Rule ECHO =
      new Rule("ece-flag", "the {sender} tells the {receiver} that a marked packet arrived");
  private static final Rule CWR =
      new Rule("cwr-flag", "the {sender} has heard of the congestion and sends more slowly");

  private static final int CONGESTION_EXPERIENCED = 3;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (segment.segment().ecn() == CONGESTION_EXPERIENCED) {
      findings.add(AnnotationKind.ECN_CE, CE);
    }
    int flags = segment.segment().flags() & (TcpFlags.ECE | TcpFlags.CWR);
    if (flags == 0 || segment.isSyn() || isCounter(segment)) {
      return;
    }
    if ((flags & TcpFlags.ECE) != 0) {
      findings.add(AnnotationKind.ECN_ECHO, ECHO);
    }
    if ((flags & TcpFlags.CWR) != 0) {
      findings.add(AnnotationKind.CWR, CWR);
    }
  }

  /** A server that answers with ECE alone has understood classic ECN only (RFC 9768 3.1.2). */
  private static boolean isCounter(FlowSegment segment) {
    Offer client = segment.connection().client().offer();
    Offer server = segment.connection().server().offer();
    boolean classic = server.isSeen() && server.ecnFlags() == TcpFlags.ECE;
    return (client.ecnFlags() & TcpFlags.AE) != 0 && !classic;
  }
}
