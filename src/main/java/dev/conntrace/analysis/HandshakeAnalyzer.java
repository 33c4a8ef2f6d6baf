package dev.conntrace.analysis;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Opening;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Suspicion;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.TcpState;

/** How a connection opens (RFC 9293 3.5; Fast Open: RFC 7413). */
final class HandshakeAnalyzer implements SegmentAnalyzer {
  private static final Rule SYN =
      new Rule("syn", "the {sender} asks for a connection; it will count its bytes from {1} on");
  private static final Rule SYN_WHILE_OPEN =
      new Rule(
          "syn-while-open",
          "a SYN on an open connection: the {receiver} answers it with a challenge and leaves the connection as it is");
  private static final Rule SYN_TOO_SOON =
      new Rule(
          "syn-rate-limit",
          "a SYN on an open connection, which stays as it is: the {receiver} sent a challenge ACK in {frame}, and Linux sends one each 500 ms at most");
  private static final Rule SYN_ACK =
      new Rule(
          "syn-ack",
          "the {sender} agrees: it acknowledges the SYN of {frame} and will count its own bytes from {1} on");
  private static final Rule SYN_ACK_OUT_OF_WAIT =
      new Rule(
          "syn-ack-time-wait",
          "the {sender} agrees: it acknowledges the SYN of {frame} and will count its own bytes from {1} on, 65537 above its last number of connection {2}: so Linux takes a port over out of TIME_WAIT");
  private static final Rule SYN_ACK_ALONE =
      new Rule(
          "syn-ack-alone",
          "the {sender} agrees to a connection whose SYN is not in the capture; it will count its bytes from {1} on");
  private static final Rule SYN_ACK_FOR_OTHER =
      new Rule(
          "syn-ack-for-other-syn",
          "the {sender} agrees, but not to the SYN of {frame}: that asked for acknowledgement {1}, and this one is {2}; it answers an older call between these ports, or one in another network (--key vlan tells networks apart)");
  private static final Rule COMPLETE =
      new Rule(
          "handshake-ack",
          "the {sender} acknowledges the SYN of {frame}: the connection is open on both sides");
  private static final Rule SIMULTANEOUS =
      new Rule("crossing-syn", "it crosses the SYN of {frame}: neither answers the other");
  private static final Rule FAST_OPEN_REQUEST =
      new Rule(
          "tfo-request",
          "the {sender} asks for a Fast Open cookie, to send data in its SYN next time");
  private static final Rule FAST_OPEN_DATA =
      new Rule(
          "tfo-data",
          "the SYN carries {1:bytes} of data already (TCP Fast Open): one round trip saved if the server takes them");
  private static final Rule FAST_OPEN_COOKIE =
      new Rule("tfo-cookie", "the SYN carries a Fast Open cookie of {1:bytes}");

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (segment.isRst()) {
      return;
    }
    if (!segment.isSyn()) {
      examineAck(segment, planned, findings);
    } else if (segment.isAck()) {
      examineSynAck(segment, findings);
    } else {
      examineSyn(segment, findings);
    }
  }

  private static void examineSyn(FlowSegment segment, Findings findings) {
    boolean open = segment.sender().state().isSynchronized();
    Suspicion before = segment.sender().suspicion();
    boolean limited =
        open && before.wasChallengedWithin(Suspicion.LINUX_LIMIT_NANOS, segment.timeNanos());
    findings
        .add(AnnotationKind.SYN, limited ? SYN_TOO_SOON : open ? SYN_WHILE_OPEN : SYN)
        .frame(limited ? before.challengeFrame() : 0)
        .value(Integer.toUnsignedLong(segment.segment().seq()));
    boolean crosses =
        segment.receiver().offer().isSeen()
            && !segment.connection().opening().isEstablished()
            && !segment.connection().isSelf();
    if (crosses && !segment.sender().offer().isSeen() && !knowsOtherSyn(segment)) {
      findings
          .add(AnnotationKind.SIMULTANEOUS_OPEN, SIMULTANEOUS)
          .frame(segment.connection().opening().synFrame());
    }
    if (segment.length() > 0) {
      findings.add(AnnotationKind.FAST_OPEN, FAST_OPEN_DATA).value(segment.length());
    } else if (segment.segment().options().hasFastOpen()) {
      int cookie = segment.segment().options().fastOpenCookieLength();
      findings
          .add(AnnotationKind.FAST_OPEN, cookie == 0 ? FAST_OPEN_REQUEST : FAST_OPEN_COOKIE)
          .value(cookie);
    }
  }

  /**
   * Whoever has acknowledged the other side's SYN calls back, and a SYN that an earlier SYN-ACK
   * answers was only captured late: neither crosses anything.
   */
  private static boolean knowsOtherSyn(FlowSegment segment) {
    return segment.sender().announcement().isKnown() || segment.receiver().offer().isAnswer();
  }

  private static void examineSynAck(FlowSegment segment, Findings findings) {
    SendLedger caller = segment.receiver().ledger();
    if (segment.answersOtherSyn()) {
      noteOtherAnswer(segment, findings);
      return;
    }
    long syn = caller.startingAtWithTimestamp(0, segment.segment().options().timestampEcho());
    Finding answer =
        findings
            .add(
                AnnotationKind.SYN_ACK,
                syn < 0 ? SYN_ACK_ALONE : comesOutOfWait(segment) ? SYN_ACK_OUT_OF_WAIT : SYN_ACK)
            .frame(syn < 0 ? 0 : caller.frame(syn))
            .value(Integer.toUnsignedLong(segment.segment().seq()));
    Connection older = segment.connection().older();
    if (older != null) {
      answer.value(older.number());
    }
  }

  private static void noteOtherAnswer(FlowSegment synAck, Findings findings) {
    Endpoint caller = synAck.receiver();
    findings
        .add(AnnotationKind.SYN_ACK, SYN_ACK_FOR_OTHER)
        .frame(synAck.connection().opening().synFrame())
        .value(Integer.toUnsignedLong(caller.base() + 1))
        .value(Integer.toUnsignedLong(synAck.segment().ack()));
  }

  private static boolean comesOutOfWait(FlowSegment synAck) {
    Connection older = synAck.connection().older();
    if (older == null) {
      return false;
    }
    Endpoint before = older.senderOf(synAck.segment());
    return before.state() == TcpState.TIME_WAIT
        && synAck.segment().seq() == LinuxStep.above(before);
  }

  private static void examineAck(FlowSegment segment, Transitions planned, Findings findings) {
    Opening opening = segment.connection().opening();
    boolean opensNow =
        planned.receiverEnters(TcpState.ESTABLISHED)
            && segment.receiver().state() == TcpState.SYN_RECEIVED
            && !opening.isEstablished();
    if (opensNow && opening.synAckFrame() != 0) {
      findings.add(AnnotationKind.HANDSHAKE_COMPLETE, COMPLETE).frame(opening.synAckFrame());
    }
  }
}
