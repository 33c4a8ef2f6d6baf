package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Suspicion;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.TcpState;

/** Whether the receiver of a RST believes it (RFC 9293 3.5.3, RFC 5961 3), and what it ends. */
final class ResetAnalyzer implements SegmentAnalyzer {
  private static final Rule REFUSED =
      new Rule(
          "rst-for-syn",
          "the {sender} refuses the SYN of {frame}: nothing listens on that port, or a firewall answers for it");
  private static final Rule FIREWALL =
      new Rule(
          "rst-of-another-host",
          "the SYN of {frame} is refused, but hardly by the {sender} itself: this RST's TTL is {1}, its SYN-ACKs come with {2}; a firewall answers for it");
  private static final Rule ENDS_ATTEMPT = new Rule("refused", "no connection comes to be");
  private static final Rule NOT_OF_THE_SYN =
      new Rule(
          "not-for-the-syn",
          "this RST does not acknowledge the SYN of {frame}, so the {receiver} does not believe it and goes on calling");
  private static final Rule CHALLENGED =
      new Rule(
          "not-exact",
          "the {receiver} does not believe this RST: it expects number {1} exactly, the RST carries {2}; a number inside the window it answers with a challenge ACK");
  private static final Rule CHALLENGED_LATELY =
      new Rule(
          "challenge-rate-limit",
          "the {receiver} does not believe this RST: it expects number {1} exactly, the RST carries {2}; it sent a challenge ACK in {frame}, and Linux sends one each 500 ms at most");
  private static final Rule OUTSIDE =
      new Rule(
          "outside-window",
          "the {receiver} does not believe this RST: it expects number {1} and this one carries {2}, outside the window; nobody answers it");

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (!segment.isRst() || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    if (!planned.isResetAccepted()) {
      noteIgnored(segment, findings);
    } else if (refuses(segment)) {
      noteRefusal(segment, findings);
    } else {
      ResetCause.note(segment, findings);
    }
  }

  private static void noteIgnored(FlowSegment rst, Findings findings) {
    Endpoint receiver = rst.receiver();
    if (receiver.state() == TcpState.SYN_SENT) {
      findings
          .add(AnnotationKind.RESET_IGNORED, NOT_OF_THE_SYN)
          .frame(rst.connection().opening().synFrame());
      return;
    }
    Announcement expected = receiver.announcement();
    boolean inWindow =
        !rst.isStray() && rst.seqRel() >= expected.ack() && rst.seqRel() < expected.edge();
    Suspicion before = rst.sender().suspicion();
    boolean limited =
        inWindow && before.wasChallengedWithin(Suspicion.LINUX_LIMIT_NANOS, rst.timeNanos());
    Finding ignored =
        findings.add(
            AnnotationKind.RESET_IGNORED,
            limited ? CHALLENGED_LATELY : inWindow ? CHALLENGED : OUTSIDE);
    if (limited) {
      ignored.frame(before.challengeFrame());
    }
    ignored.value(expected.ack()).value(rst.seqRel()).likelyNot(AnnotationKind.RESET);
  }

  private static boolean refuses(FlowSegment rst) {
    return rst.receiver().state() == TcpState.SYN_SENT
        && rst.connection().opening().synAckFrame() == 0;
  }

  private static void noteRefusal(FlowSegment rst, Findings findings) {
    int usual = rst.connection().listenerHopLimit();
    int hops = rst.segment().hopLimit();
    long syn = rst.connection().opening().synFrame();
    if (usual != 0 && usual != hops) {
      findings.add(AnnotationKind.REFUSED, FIREWALL).frame(syn).value(hops).value(usual).likely();
    } else {
      findings.add(AnnotationKind.REFUSED, REFUSED).frame(syn);
    }
    findings.add(AnnotationKind.RESET, ENDS_ATTEMPT);
  }
}
