package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Probing;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Acknowledgements of nothing new that tell another window, and those that end a closed one.
 *
 * <p>Where the scale was never seen their bytes are what it is at least.
 */
final class WindowUpdate {
  private static final Rule REOPENED =
      new Rule(
          "reopened",
          "the {sender} has room again: {1:bytes}; it was full since {frame}, for {2:time}");
  private static final Rule RELEASED =
      new Rule(
          "reopened",
          "the window opens again, with {1:bytes} of room: the {receiver} could not send for {2:time}, since {frame}, because the {sender}'s program did not read");
  private static final Rule REOPENED_BY_PROBE =
      new Rule(
          "reopened-by-probe",
          "the window opens again, with {1:bytes} of room, after {2:time}; only the probe of {frame2} brought that out: an update on its own was lost, or never sent");
  private static final Rule GREW =
      new Rule(
          "grew",
          "the {sender} makes room: {1:bytes}, {2} more than before, as its program has read");
  private static final Rule SCALED =
      new Rule(
          "grew",
          "the {sender} makes room: {1:bytes}, {2} more than before, when windows are first scaled");
  private static final Rule GREW_BEYOND =
      new Rule(
          "grew-beyond",
          "the {sender} makes room: {1:bytes}, {2} more than before and more than ever, as its system lets the buffer grow");
  private static final Rule SANK =
      new Rule("sank", "the {sender} has less room: {1:bytes}, {2} less than before");

  private static final Rule REOPENED_TO_UNKNOWN = atLeast(REOPENED);
  private static final Rule RELEASED_TO_UNKNOWN = atLeast(RELEASED);
  private static final Rule REOPENED_BY_PROBE_TO_UNKNOWN = atLeast(REOPENED_BY_PROBE);
  private static final Rule GREW_TO_UNKNOWN = atLeast(GREW);
  private static final Rule GREW_BEYOND_TO_UNKNOWN = atLeast(GREW_BEYOND);
  private static final Rule SANK_TO_UNKNOWN = atLeast(SANK);

  private WindowUpdate() {}

  private static Rule atLeast(Rule rule) {
    return new Rule(rule.id(), rule.template().replace("{1:bytes}", "at least {1:bytes}"));
  }

  static void examine(FlowSegment segment, Announcement before, Findings findings) {
    int field = segment.segment().windowField();
    if (!segment.isPureAck() || field == 0 || segment.seqRel() != segment.sender().nxt()) {
      return;
    }
    if (before.isZeroWindow()) {
      noteOpening(segment, before, findings);
    } else if (field != before.windowField()
        && segment.ackRel() == before.ack()
        && !findings.has(AnnotationKind.DUPLICATE_ACK)) {
      noteChange(segment, before, findings);
    }
  }

  private static void noteOpening(FlowSegment segment, Announcement before, Findings findings) {
    Probing probing = segment.receiver().probing();
    boolean byProbe = probing.isWindowProbeAnsweredBy(segment);
    findings
        .add(AnnotationKind.WINDOW_UPDATE, opening(byProbe, probing, isScaled(segment)))
        .frame(before.zeroFrame())
        .frame(byProbe ? probing.lastFrame() : 0)
        .value(leastBytes(segment))
        .value(segment.timeNanos() - before.zeroSinceNanos());
  }

  private static Rule opening(boolean byProbe, Probing probing, boolean scaled) {
    if (byProbe) {
      return scaled ? REOPENED_BY_PROBE : REOPENED_BY_PROBE_TO_UNKNOWN;
    }
    if (probing.windowProbes() > 0) {
      return scaled ? RELEASED : RELEASED_TO_UNKNOWN;
    }
    return scaled ? REOPENED : REOPENED_TO_UNKNOWN;
  }

  private static void noteChange(FlowSegment segment, Announcement before, Findings findings) {
    int change = segment.windowBytes() - before.windowBytes();
    boolean beyond = segment.windowBytes() > before.largestWindowBytes();
    long unit = leastBytes(segment) / segment.windowBytes();
    boolean opening = change > 0 && !segment.connection().opening().isEstablished();
    findings
        .add(
            AnnotationKind.WINDOW_UPDATE,
            opening ? SCALED : change(change, beyond, isScaled(segment)))
        .value(leastBytes(segment))
        .value(Math.abs(change) * unit);
  }

  private static Rule change(long change, boolean beyond, boolean scaled) {
    if (change < 0) {
      return scaled ? SANK : SANK_TO_UNKNOWN;
    }
    if (beyond) {
      return scaled ? GREW_BEYOND : GREW_BEYOND_TO_UNKNOWN;
    }
    return scaled ? GREW : GREW_TO_UNKNOWN;
  }

  private static boolean isScaled(FlowSegment segment) {
    return segment.sender().offer().isScaleSettled();
  }

  private static long leastBytes(FlowSegment segment) {
    return segment.sender().leastWindowBytes(segment.segment());
  }
}
