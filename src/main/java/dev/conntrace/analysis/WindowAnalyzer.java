package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;
import dev.conntrace.flow.UsableWindow;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Flow control: how much room the receiver gives, and what the sender makes of it (RFC 9293 3.8.6).
 */
final class WindowAnalyzer implements SegmentAnalyzer {
  private static final Rule ZERO =
      new Rule(
          "zero", "the {sender} is full: its application does not read, the {receiver} must stop");
  private static final Rule STILL_ZERO =
      new Rule("still-zero", "the {sender} is still full, since {frame}");
  private static final Rule ZERO_FOR_NOBODY =
      new Rule(
          "zero-for-nobody",
          "the {sender} is full, which stops nobody: it has the {receiver}'s FIN, so nothing more comes");
  private static final Rule SHRUNK =
      new Rule(
          "edge-moved-back",
          "the {sender} takes back {1:bytes} of room that it had promised in {frame}");
  private static final Rule FULL =
      new Rule(
          "edge-reached",
          "the window of {1:bytes} is used up: the {sender} must wait for the {receiver}");
  private static final Rule BEYOND =
      new Rule(
          "edge-passed",
          "{range}: {1:bytes} beyond everything that the {receiver} ever allowed, as far as the capture shows");

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (segment.isSyn() || segment.isRst() || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    if (segment.isAck() && !segment.isDoubtful()) {
      examineAnnouncement(segment, findings);
    }
    if (segment.length() > 0 && !segment.isStray()) {
      examineUse(segment, findings);
    }
  }

  private static void examineAnnouncement(FlowSegment segment, Findings findings) {
    Announcement before = segment.sender().announcement();
    if (segment.segment().windowField() == 0 && !segment.isFin()) {
      findings
          .add(AnnotationKind.ZERO_WINDOW, zero(segment, before))
          .frame(before.isZeroWindow() ? before.zeroFrame() : 0);
    }
    if (!before.isKnown() || segment.ackRel() < before.ack() || isMeaningless(segment)) {
      return;
    }
    examineShrinking(segment, before, findings);
    WindowUpdate.examine(segment, before, findings);
  }

  private static Rule zero(FlowSegment segment, Announcement before) {
    if (isMeaningless(segment)) {
      return ZERO_FOR_NOBODY;
    }
    return before.isZeroWindow() ? STILL_ZERO : ZERO;
  }

  /** Who has the other side's FIN has nothing more to make room for. */
  private static boolean isMeaningless(FlowSegment segment) {
    return segment.receiver().closing().isCoveredBy(segment.ackRel());
  }

  private static void examineShrinking(
      FlowSegment segment, Announcement before, Findings findings) {
    long lost = before.currentEdge() - segment.ackRel() - segment.windowBytes();
    long grain = 1L << segment.sender().offer().scaleInForce();
    boolean settled =
        segment.sender().offer().isScaleSettled() && segment.connection().opening().isEstablished();
    if (settled && lost >= grain && !segment.isFin()) {
      findings.add(AnnotationKind.WINDOW_SHRUNK, SHRUNK).value(lost).frame(before.lastFrame());
    }
  }

  /**
   * A window with too little left for a segment holds its sender up as well, but only if it has
   * more to send: that shows later, and is told as a stall.
   */
  private static void examineUse(FlowSegment segment, Findings findings) {
    Endpoint receiver = segment.receiver();
    boolean comparable =
        UsableWindow.isKnown(receiver) && !findings.has(AnnotationKind.ZERO_WINDOW_PROBE);
    long end = segment.dataRel() + segment.length();
    if (!comparable || end <= segment.sender().nxt()) {
      return;
    }
    Announcement allowed = receiver.announcement();
    long left = allowed.edge() - end;
    if (left < 0) {
      findings.add(AnnotationKind.BEYOND_WINDOW, BEYOND).value(-left);
    } else if (left == 0) {
      findings
          .add(AnnotationKind.WINDOW_FULL, FULL)
          .value(allowed.windowBytes())
          .frame(allowed.lastFrame());
    }
  }
}
