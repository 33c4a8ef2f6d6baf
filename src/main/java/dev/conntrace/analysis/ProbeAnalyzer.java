package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Probing;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Segments that carry nothing new and are sent to be answered: keep-alives and zero-window probes
 * (RFC 9293 3.8.4, 3.8.6.1).
 */
final class ProbeAnalyzer implements SegmentAnalyzer {
  private static final Rule KEEP_ALIVE =
      new Rule(
          "old-number-idle",
          "keep-alive: nothing was sent for {1:time}; its number lies one before the next, so the {receiver} must answer if it is there");
  private static final Rule KEEP_ALIVE_ACK =
      new Rule(
          "answers-keep-alive",
          "the {sender} is still there: it answers the keep-alive of {frame}");
  private static final Rule PROBE_OLD_NUMBER =
      new Rule(
          "old-number-zero-window",
          "window probe no. {1}: the {receiver} has been full since {frame}; an old number makes it tell its window");
  private static final Rule PROBE_ONE_BYTE =
      new Rule(
          "one-byte-zero-window",
          "window probe no. {1}: the {receiver} has been full since {frame}; one byte beyond its window makes it answer");
  private static final Rule PROBE_ACK =
      new Rule(
          "answers-window-probe",
          "the {sender} answers the window probe of {frame}: {1:bytes} of room");
  private static final Rule PROBE_TAKEN =
      new Rule(
          "takes-probe-byte",
          "the {sender} had room and took the byte of the window probe of {frame}: {1:bytes} of room are left");

  private static final long MIN_IDLE_NANOS = 1_000_000_000;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    boolean plain = !segment.isSyn() && !segment.isFin() && !segment.isRst();
    if (!plain || !segment.sender().hasNxt() || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    if (segment.receiver().announcement().isZeroWindow() && isWindowProbe(segment)) {
      noteWindowProbe(segment, findings);
    } else if (isKeepAlive(segment)) {
      findings.add(AnnotationKind.KEEP_ALIVE, KEEP_ALIVE).value(idleNanos(segment));
    }
    noteAnswer(segment, findings);
  }

  private static boolean isWindowProbe(FlowSegment segment) {
    Endpoint sender = segment.sender();
    boolean oldNumber = segment.seqRel() == sender.una() - 1 && segment.length() <= 1;
    boolean oneByte = segment.seqRel() == sender.nxt() && segment.length() == 1;
    return sender.hasUna() && (oldNumber || oneByte || isRefusedByte(segment));
  }

  /** BSD repeats the first byte that did not fit. */
  private static boolean isRefusedByte(FlowSegment segment) {
    Endpoint sender = segment.sender();
    return segment.length() == 1
        && segment.seqRel() == sender.una()
        && sender.una() >= segment.receiver().announcement().edge();
  }

  private static void noteWindowProbe(FlowSegment segment, Findings findings) {
    Rule rule = segment.length() == 0 ? PROBE_OLD_NUMBER : PROBE_ONE_BYTE;
    findings
        .add(AnnotationKind.ZERO_WINDOW_PROBE, rule)
        .frame(segment.receiver().announcement().zeroFrame())
        .value(segment.sender().probing().windowProbes() + 1);
  }

  private static boolean isKeepAlive(FlowSegment segment) {
    Endpoint sender = segment.sender();
    boolean oldNumber = segment.seqRel() == sender.knownEnd() - 1 && segment.length() <= 1;
    if (!oldNumber
        || !segment.isAck()
        || sender.hasOutstanding()
        || !sender.state().isSynchronized()) {
      return false;
    }
    return idleNanos(segment) >= MIN_IDLE_NANOS || sender.probing().unansweredKeepAlives() > 0;
  }

  /**
   * Time since the sender sent anything new; that it answered the other side's keep-alives is no
   * use to it.
   */
  private static long idleNanos(FlowSegment segment) {
    return segment.timeNanos() - segment.sender().nxtTimeNanos();
  }

  private static void noteAnswer(FlowSegment segment, Findings findings) {
    Probing asked = segment.receiver().probing();
    if (!asked.isAwaitingAnswer()
        || !segment.isPureAck()
        || findings.has(AnnotationKind.KEEP_ALIVE)) {
      return;
    }
    long asks = segment.receiver().una();
    boolean takesTheByte = asked.lastWasWindowProbe() && segment.ackRel() == asks + 1;
    if (segment.ackRel() != asks && !takesTheByte) {
      return;
    }
    if (takesTheByte) {
      findings
          .add(AnnotationKind.ZERO_WINDOW_PROBE_ACK, PROBE_TAKEN)
          .frame(asked.lastFrame())
          .value(segment.windowBytes());
    } else if (asked.lastWasWindowProbe()) {
      findings
          .add(AnnotationKind.ZERO_WINDOW_PROBE_ACK, PROBE_ACK)
          .frame(asked.lastFrame())
          .value(segment.windowBytes());
    } else {
      findings.add(AnnotationKind.KEEP_ALIVE_ACK, KEEP_ALIVE_ACK).frame(asked.lastFrame());
    }
  }
}
