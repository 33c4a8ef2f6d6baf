package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/** Segments that ask whether the other side is still there (RFC 9293 3.8.4). */
final class KeepAlive {
  /**
   * The shortest time without traffic that a system can be told to wait: a second (Linux), and
   * timers are a little early at times.
   */
  static final long MIN_IDLE_NANOS = 950_000_000;

  private static final Rule FIRST =
      new Rule(
          "old-number-idle",
          "keep-alive: nothing was sent for {1:time}; its number lies one before the next, so the {receiver} must answer if it is there");
  private static final Rule AGAIN =
      new Rule(
          "old-number-idle",
          "keep-alive no. {2}: {frame} had no answer; nothing was sent for {1:time}");
  private static final Rule TO_FULL =
      new Rule(
          "old-number-idle-full",
          "keep-alive: nothing was sent for {1:time}; the {receiver} is full, but to ask for room the {sender} would have come sooner");

  private KeepAlive() {}

  /** Returns whether a segment without SYN, FIN or RST is one. */
  static boolean is(FlowSegment segment) {
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

  static void note(FlowSegment segment, Findings findings) {
    int unanswered = segment.sender().probing().unansweredKeepAlives();
    boolean toFull = segment.receiver().announcement().isZeroWindow();
    Finding finding =
        findings
            .add(AnnotationKind.KEEP_ALIVE, toFull ? TO_FULL : unanswered > 0 ? AGAIN : FIRST)
            .value(idleNanos(segment))
            .value(unanswered + 1L);
    if (unanswered > 0) {
      finding.frame(segment.sender().probing().lastFrame());
    }
    if (toFull) {
      finding.likelyNot(AnnotationKind.ZERO_WINDOW_PROBE);
    }
  }

  /**
   * Time since the sender sent anything new; that it answered the other side's keep-alives is no
   * use to it.
   */
  private static long idleNanos(FlowSegment segment) {
    return segment.timeNanos() - segment.sender().nxtTimeNanos();
  }
}
