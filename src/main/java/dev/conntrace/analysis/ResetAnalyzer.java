package dev.conntrace.analysis;

import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.TcpState;

/** Why a RST was sent, and whether its receiver believes it (RFC 9293 3.5.2, RFC 5961 3). */
final class ResetAnalyzer implements SegmentAnalyzer {
  private static final Rule REFUSED =
      new Rule(
          "rst-for-syn",
          "the {sender} refuses the SYN of {frame}: nothing listens on that port, or a firewall answers for it");
  private static final Rule ENDS_ATTEMPT = new Rule("refused", "no connection comes to be");
  private static final Rule ANSWER_UNWANTED =
      new Rule(
          "rst-for-syn-ack",
          "the {sender} does not want the answer of {frame}: it gave up, or never called");
  private static final Rule NO_CONNECTION =
      new Rule(
          "no-connection",
          "the {sender} knows no such connection and answers {frame}: it restarted, or its socket is gone");
  private static final Rule GONE =
      new Rule(
          "closed-completely",
          "the {sender} had closed completely, not only its own direction: it answers {frame}, which nobody will read");
  private static final Rule ABORT =
      new Rule(
          "abort",
          "the {sender} tears the connection down: its application aborted, died, or closed with unread data; what was on the way is lost");
  private static final Rule AFTER_FIN =
      new Rule(
          "rst-after-fin",
          "the {sender} tears the connection down after its FIN, without waiting for the rest");
  private static final Rule TIMED_OUT = new Rule("timed-out", "so it tears the connection down");
  private static final Rule SILENT_PEER =
      new Rule(
          "no-answer",
          "the {sender} gives up: {1} keep-alives in a row had no answer, the last in {frame}");
  private static final Rule OVER =
      new Rule("already-over", "the connection was over already: this RST changes nothing");
  private static final Rule WRONG_NUMBER =
      new Rule(
          "not-exact",
          "the {receiver} does not believe this RST: it expects number {1} exactly, the RST carries {2}");

  private static final int MIN_UNANSWERED = 2;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (!segment.isRst()) {
      return;
    }
    if (!planned.isResetAccepted()) {
      findings
          .add(AnnotationKind.RESET_IGNORED, WRONG_NUMBER)
          .value(segment.receiver().announcement().ack())
          .value(segment.seqRel())
          .likely();
      return;
    }
    if (refuses(segment)) {
      findings
          .add(AnnotationKind.REFUSED, REFUSED)
          .frame(segment.connection().opening().synFrame());
      findings.add(AnnotationKind.RESET, ENDS_ATTEMPT);
      return;
    }
    int unanswered = segment.sender().probing().unansweredKeepAlives();
    if (unanswered >= MIN_UNANSWERED) {
      findings
          .add(AnnotationKind.KEEP_ALIVE_TIMEOUT, SILENT_PEER)
          .frame(segment.sender().probing().lastFrame())
          .value(unanswered)
          .likely();
    }
    findings
        .add(AnnotationKind.RESET, cause(segment))
        .frame(segment.receiver().totals().lastFrame());
  }

  private static boolean refuses(FlowSegment segment) {
    return segment.receiver().state() == TcpState.SYN_SENT
        && segment.connection().opening().synAckFrame() == 0;
  }

  private static Rule cause(FlowSegment segment) {
    if (segment.connection().isFinished()) {
      return OVER;
    }
    if (segment.receiver().state() == TcpState.SYN_RECEIVED) {
      return ANSWER_UNWANTED;
    }
    if (segment.sender().probing().unansweredKeepAlives() >= MIN_UNANSWERED) {
      return TIMED_OUT;
    }
    boolean finSent = segment.sender().closing().finSent();
    boolean answers =
        !segment.isAck() && segment.seqRel() == segment.receiver().announcement().ack();
    if (answers) {
      return finSent ? GONE : NO_CONNECTION;
    }
    return finSent ? AFTER_FIN : ABORT;
  }
}
