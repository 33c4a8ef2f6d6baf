package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Offer;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.wire.AccurateEcn;
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

  private static final Rule COUNTER_GREW =
      new Rule(
          "counter-grew",
          "the {sender}'s counter of packets that came with a congestion mark went up by {1} (accurate ECN: the flags ECE, CWR and AE are a counter)");

  private static final int CONGESTION_EXPERIENCED = 3;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (segment.segment().ecn() == CONGESTION_EXPERIENCED) {
      findings.add(AnnotationKind.ECN_CE, CE);
    }
    if (segment.isSyn() || segment.isRst()) {
      return;
    }
    if (isCounter(segment)) {
      noteCounter(segment, findings);
      return;
    }
    int flags = segment.segment().flags();
    if ((flags & TcpFlags.ECE) != 0) {
      findings.add(AnnotationKind.ECN_ECHO, ECHO);
    }
    if ((flags & TcpFlags.CWR) != 0) {
      findings.add(AnnotationKind.CWR, CWR);
    }
  }

  /**
   * Returns whether both sides agreed on accurate ECN; where the answer was not captured, the
   * request is taken for it.
   */
  private static boolean isCounter(FlowSegment segment) {
    Offer client = segment.connection().client().offer();
    Offer server = segment.connection().server().offer();
    return AccurateEcn.asks(client.ecnFlags())
        && (!server.isSeen() || AccurateEcn.agrees(server.ecnFlags()));
  }

  /** The client's first segment still belongs to the handshake: it counts nothing. */
  private static void noteCounter(FlowSegment segment, Findings findings) {
    Announcement before = segment.sender().announcement();
    if (!before.isKnown()
        || findings.has(AnnotationKind.HANDSHAKE_COMPLETE)
        || findings.has(AnnotationKind.DUPLICATE_PACKET)
        || segment.ackRel() < before.ack()) {
      return;
    }
    int growth = AccurateEcn.growth(countBefore(segment, before), segment.segment().flags());
    if (growth > 0) {
      findings.add(AnnotationKind.ECN_ECHO, COUNTER_GREW).value(growth);
    }
  }

  /** A mark on the SYN or SYN-ACK itself counts too (RFC 9768 3.2.1). */
  private static int countBefore(FlowSegment segment, Announcement before) {
    boolean ofHandshake =
        (before.flags() & TcpFlags.SYN) != 0
            || before.lastFrame() == segment.connection().opening().ackFrame();
    if (!ofHandshake) {
      return AccurateEcn.number(before.flags());
    }
    boolean marked = AccurateEcn.reflected(before.flags()) == CONGESTION_EXPERIENCED;
    return AccurateEcn.INITIAL_COUNT + (marked ? 1 : 0);
  }
}
