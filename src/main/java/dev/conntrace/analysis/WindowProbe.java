package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Probing;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Probes of a window that is closed (RFC 9293 3.8.6.1), sent so that a lost window update does not
 * stop a connection for good. Linux repeats an old number without data; BSD and Windows send the
 * next byte.
 */
final class WindowProbe {
  private static final Rule[] OLD_NUMBER =
      rules("old-number-zero-window", "an old number makes it tell its window");
  private static final Rule[] ONE_BYTE =
      rules("one-byte-zero-window", "one byte beyond its window makes it answer");

  private static final Rule CROSSES =
      new Rule(
          "crosses-opening",
          "window probe: the {sender} had not heard yet that the {receiver} has room again since {frame}");

  private static final int FIRST = 0;
  private static final int LATER = 1;
  private static final int UNANSWERED = 2;
  private static final int RATE_LIMITED = 3;

  /** Linux answers what it does not accept no more often than this (tcp_invalid_ratelimit). */
  private static final long LINUX_ANSWER_NANOS = 500_000_000;

  private static final int TIMEOUTS = 3;

  private WindowProbe() {}

  private static Rule[] rules(String id, String how) {
    String later =
        "window probe no. {1}, {2:time} after {frame2}: the {receiver} has been full since {frame}";
    return new Rule[] {
      new Rule(id, "window probe no. {1}: the {receiver} has been full since {frame}; " + how),
      new Rule(id, later),
      new Rule(id, later + "; the last probe had no answer"),
      new Rule(
          id, later + "; the last probe had no answer, as Linux gives no two within half a second")
    };
  }

  /** Returns whether a segment without SYN, FIN or RST asks whether there is room. */
  static boolean is(FlowSegment segment) {
    Endpoint sender = segment.sender();
    if (!sender.hasUna()) {
      return false;
    }
    if (!segment.receiver().announcement().isZeroWindow()) {
      return crossesOpening(segment);
    }
    if (segment.seqRel() == sender.una() - 1) {
      return segment.length() <= 1 && !comesTooLate(segment);
    }
    return segment.length() == 1 && (segment.seqRel() == sender.nxt() || isRefusedByte(segment));
  }

  /** Far from its sender a probe may be seen although there is room: it was sent before. */
  private static boolean crossesOpening(FlowSegment segment) {
    Announcement told = segment.receiver().announcement();
    return segment.length() == 0
        && segment.seqRel() == segment.sender().una() - 1
        && told.openedFrame() != 0
        && segment.timeNanos() - told.openedNanos()
            < Viewpoint.leastRoundTripNanos(segment.receiver(), segment.connection());
  }

  /** BSD repeats the first byte that did not fit. */
  private static boolean isRefusedByte(FlowSegment segment) {
    Endpoint sender = segment.sender();
    return segment.seqRel() == sender.una()
        && sender.una() >= segment.receiver().announcement().edge();
  }

  /**
   * A keep-alive looks the same. But it comes only when nothing waits to be sent, much later than a
   * probe would, and at even intervals.
   */
  private static boolean comesTooLate(FlowSegment segment) {
    Endpoint sender = segment.sender();
    Probing probing = sender.probing();
    long zeroSince = segment.receiver().announcement().zeroSinceNanos();
    boolean isFirst = probing.lastFrame() == 0 || probing.lastTimeNanos() < zeroSince;
    if (!isFirst) {
      return !probing.lastWasWindowProbe()
          && segment.timeNanos() - probing.lastTimeNanos() >= KeepAlive.MIN_IDLE_NANOS;
    }
    long timeout = sender.rtt().isKnown() ? sender.rtt().timeoutNanos() : 0;
    long since = segment.timeNanos() - Math.max(zeroSince, sender.nxtTimeNanos());
    return !sender.hasOutstanding()
        && since >= Math.max(KeepAlive.MIN_IDLE_NANOS, TIMEOUTS * timeout);
  }

  static void note(FlowSegment segment, Findings findings) {
    Announcement told = segment.receiver().announcement();
    if (!told.isZeroWindow()) {
      findings.add(AnnotationKind.ZERO_WINDOW_PROBE, CROSSES).frame(told.openedFrame());
      return;
    }
    Probing before = segment.sender().probing();
    Rule[] rules = segment.length() == 0 ? OLD_NUMBER : ONE_BYTE;
    boolean isFirst = before.windowProbes() == 0;
    findings
        .add(AnnotationKind.ZERO_WINDOW_PROBE, rules[isFirst ? FIRST : later(before)])
        .frame(told.zeroFrame())
        .frame(isFirst ? 0 : before.lastFrame())
        .value(before.windowProbes() + 1)
        .value(isFirst ? 0 : segment.timeNanos() - before.lastTimeNanos());
  }

  private static int later(Probing before) {
    if (!before.isAwaitingAnswer()) {
      return LATER;
    }
    return before.lastFollowedAnswerWithin(LINUX_ANSWER_NANOS) ? RATE_LIMITED : UNANSWERED;
  }
}
