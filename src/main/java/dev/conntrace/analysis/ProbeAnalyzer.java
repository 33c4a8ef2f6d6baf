package dev.conntrace.analysis;

import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Probing;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Segments that carry nothing new and are sent to be answered, and their answers: keep-alives and
 * zero-window probes (RFC 9293 3.8.4, 3.8.6.1).
 */
final class ProbeAnalyzer implements SegmentAnalyzer {
  private static final Rule KEEP_ALIVE_ACK =
      new Rule(
          "answers-keep-alive",
          "the {sender} is still there: it answers the keep-alive of {frame}");
  private static final Rule PROBE_ACK =
      new Rule(
          "answers-window-probe",
          "the {sender} answers the window probe of {frame}: {1:bytes} of room");
  private static final Rule PROBE_ACK_UNSCALED =
      new Rule(
          "answers-window-probe",
          "the {sender} answers the window probe of {frame}: at least {1:bytes} of room");
  private static final Rule PROBE_TAKEN =
      new Rule(
          "takes-probe-byte",
          "the {sender} had room and took the byte of the window probe of {frame}: {1:bytes} of room are left");

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    boolean plain = !segment.isSyn() && !segment.isFin() && !segment.isRst();
    if (!plain || !segment.sender().hasNxt() || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    if (WindowProbe.is(segment)) {
      WindowProbe.note(segment, findings);
    } else if (KeepAlive.is(segment)) {
      KeepAlive.note(segment, findings);
    }
    noteAnswer(segment, findings);
  }

  private static void noteAnswer(FlowSegment segment, Findings findings) {
    Probing asked = segment.receiver().probing();
    boolean mayAnswer =
        asked.lastWasWindowProbe()
            ? asked.isWindowProbeAnsweredBy(segment)
            : asked.isAwaitingAnswer();
    if (!mayAnswer || !segment.isPureAck() || findings.has(AnnotationKind.KEEP_ALIVE)) {
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
          .add(
              AnnotationKind.ZERO_WINDOW_PROBE_ACK,
              isExact(segment) ? PROBE_ACK : PROBE_ACK_UNSCALED)
          .frame(asked.lastFrame())
          .value(segment.sender().leastWindowBytes(segment.segment()));
    } else {
      findings.add(AnnotationKind.KEEP_ALIVE_ACK, KEEP_ALIVE_ACK).frame(asked.lastFrame());
    }
  }

  private static boolean isExact(FlowSegment segment) {
    return segment.windowBytes() == 0 || segment.sender().offer().isScaleSettled();
  }
}
