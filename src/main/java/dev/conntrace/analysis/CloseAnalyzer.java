package dev.conntrace.analysis;

import dev.conntrace.flow.Closing;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.TcpState;

/** How a connection closes in order (RFC 9293 3.6). */
final class CloseAnalyzer implements SegmentAnalyzer {
  private static final Rule FIN =
      new Rule("fin", "the {sender} has sent everything: its FIN takes position {1}");
  private static final Rule FIN_AFTER_HALF_CLOSE =
      new Rule(
          "fin-after-half-close",
          "the {sender} has sent everything: its FIN takes position {1}, {2:time} after the {receiver}'s FIN of {frame}; it sent {3:bytes} in between");
  private static final Rule FIN_ACKED =
      new Rule(
          "fin-acked",
          "the {sender} acknowledges the FIN of {frame}: it has every byte of the {receiver}");
  private static final Rule UNSEEN_FIN_ACKED =
      new Rule(
          "unseen-fin-acked",
          "the {sender} acknowledges number {1}, which no captured segment holds: the {receiver}'s FIN, it seems, which the capture missed or shows later");
  private static final Rule CROSSING =
      new Rule(
          "crossing-fin",
          "it crosses the FIN of {frame}: neither side knew of the other's, both close at once");
  private static final Rule LAST_ACK =
      new Rule(
          "last-ack",
          "both FINs ({frame}, {frame2}) are acknowledged: every byte arrived on both sides");
  private static final Rule LAST_ACK_OF_UNSEEN =
      new Rule(
          "last-ack",
          "both FINs ({frame}, and one that was not captured yet) are acknowledged: every byte arrived on both sides");
  private static final Rule SENDER_WAITS =
      new Rule(
          "sender-waits",
          "the {sender} closed first, so it waits in TIME_WAIT: if this ACK is lost, it can repeat it");
  private static final Rule BOTH_WAIT =
      new Rule(
          "both-wait",
          "both FINs crossed, so the {sender} waits in TIME_WAIT: if this ACK is lost, it can repeat it");
  private static final Rule RECEIVER_WAITS =
      new Rule(
          "receiver-waits",
          "the {receiver}'s FIN is acknowledged too, so it waits in TIME_WAIT as well");
  private static final Rule ONLY_FIN_ACKED =
      new Rule(
          "only-fin-acked",
          "the only FIN, of {frame}, is acknowledged: both ends are one socket, and every byte arrived");
  private static final Rule DATA_AFTER_FIN =
      new Rule("data-after-fin", "the {receiver} went on sending: data in {frame}");
  private static final Rule BEYOND_FIN =
      new Rule(
          "beyond-fin",
          "{range}: behind the {sender}'s own FIN of {frame}, and nothing may come after that");
  private static final Rule TO_CLOSED =
      new Rule("to-closed", "{range} comes although the connection is closed");

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (segment.isRst()
        || segment.isSyn()
        || segment.isDoubtful()
        || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    if (segment.length() > 0) {
      examineData(segment, findings);
    }
    if (segment.isFin()) {
      examineFin(segment, findings);
    }
    if (segment.isAck()) {
      examineAck(segment, planned, findings);
    }
    if (planned.senderEnters(TcpState.TIME_WAIT)) {
      boolean crossed =
          segment.sender().state() == TcpState.CLOSING
              || segment.receiver().state() == TcpState.CLOSING;
      findings.add(AnnotationKind.TIME_WAIT, crossed ? BOTH_WAIT : SENDER_WAITS);
    }
    if (planned.receiverEnters(TcpState.TIME_WAIT) && !segment.connection().isSelf()) {
      findings.add(AnnotationKind.TIME_WAIT, RECEIVER_WAITS);
    }
  }

  private static void examineFin(FlowSegment segment, Findings findings) {
    Closing other = segment.receiver().closing();
    Closing own = segment.sender().closing();
    boolean first = !own.finSent();
    if (first && own.hasDataAfterPeerFin() && other.finFrame() != 0) {
      findings
          .add(AnnotationKind.FIN, FIN_AFTER_HALF_CLOSE)
          .frame(other.finFrame())
          .value(segment.endRel() - 1)
          .value(segment.timeNanos() - other.finNanos())
          .value(segment.endRel() - 1 - own.dataAfterPeerFinRel());
    } else {
      findings.add(AnnotationKind.FIN, FIN).value(segment.endRel() - 1);
    }
    boolean known = segment.receiver().announcement().covers(segment.endRel());
    if (first && !known && other.finSent() && !other.isCoveredBy(segment.ackRel())) {
      findings.add(AnnotationKind.SIMULTANEOUS_CLOSE, CROSSING).frame(other.finFrame());
    }
  }

  /**
   * Only when the side that sent the FIN takes the data is its connection half-closed; otherwise it
   * has gone.
   */
  private static void examineHalfClose(FlowSegment segment, Findings findings) {
    Closing other = segment.receiver().closing();
    boolean takesNow =
        other.isDataAfterPeerFinCoveredBy(segment.ackRel())
            && !other.isDataAfterPeerFinCoveredBy(segment.receiver().una());
    // Once the connection is over, the verdict on its FIN is final.
    boolean open = !segment.connection().isFinished();
    if (takesNow && open && segment.sender().closing().finFrame() != 0) {
      findings
          .addTo(segment.sender().closing().finFrame(), AnnotationKind.HALF_CLOSE, DATA_AFTER_FIN)
          .frame(other.dataAfterPeerFinFrame());
    }
  }

  private static void examineAck(FlowSegment segment, Transitions planned, Findings findings) {
    examineHalfClose(segment, findings);
    if (planned.isFinSupposed()) {
      noteUnseenFin(segment, planned, findings);
      return;
    }
    Closing other = segment.receiver().closing();
    if (other.finAcked() || !other.isCoveredBy(segment.ackRel())) {
      return;
    }
    findings.add(AnnotationKind.FIN_ACKED, FIN_ACKED).frame(other.finFrame());
    if (segment.connection().isSelf()) {
      findings.add(AnnotationKind.CLOSE_COMPLETE, ONLY_FIN_ACKED).frame(other.finFrame());
      return;
    }
    Closing own = segment.sender().closing();
    if (own.finAcked()) {
      findings
          .add(AnnotationKind.CLOSE_COMPLETE, LAST_ACK)
          .frame(own.finFrame())
          .frame(other.finFrame());
    }
  }

  private static void noteUnseenFin(FlowSegment segment, Transitions planned, Findings findings) {
    findings
        .add(AnnotationKind.FIN_ACKED, UNSEEN_FIN_ACKED)
        .value(segment.ackRel() - 1)
        .likelyNot(AnnotationKind.ACKED_UNSEEN_SEGMENT);
    if (planned.senderEnters(TcpState.TIME_WAIT)) {
      findings
          .add(AnnotationKind.CLOSE_COMPLETE, LAST_ACK_OF_UNSEEN)
          .frame(segment.sender().closing().finFrame())
          .likely();
    }
  }

  private static void examineData(FlowSegment segment, Findings findings) {
    Endpoint sender = segment.sender();
    Closing own = sender.closing();
    if (own.finSent()
        && !own.isSupposed()
        && segment.dataRel() + segment.length() > own.finRel() + 1) {
      findings.add(AnnotationKind.DATA_AFTER_CLOSE, BEYOND_FIN).frame(own.finFrame());
    } else if (segment.receiver().state() == TcpState.CLOSED
        && !segment.receiver().closing().isSupposed()
        && !own.isSupposed()
        && segment.connection().opening().isEstablished()) {
      findings.add(AnnotationKind.DATA_AFTER_CLOSE, TO_CLOSED);
    }
  }
}
