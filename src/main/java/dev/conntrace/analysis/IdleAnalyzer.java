package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/** A sender that starts again after a pause longer than its timeout (RFC 5681 4.1). */
final class IdleAnalyzer implements SegmentAnalyzer {
  private static final Rule RESTART =
      new Rule(
          "idle-longer-than-timeout",
          "first data after {1:time} without any: the {sender} starts slowly again");

  /**
   * A congestion window that never grew beyond the initial one has nothing to lose (RFC 6928: ten
   * segments).
   */
  private static final long INITIAL_WINDOW_SEGMENTS = 10;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    Endpoint sender = segment.sender();
    long lastData = sender.totals().lastDataTimeNanos();
    if (segment.length() == 0
        || lastData == 0
        || sender.hasOutstanding()
        || segment.seqRel() != sender.nxt()) {
      return;
    }
    boolean hadGrown =
        sender.totals().bytes() > INITIAL_WINDOW_SEGMENTS * sender.totals().largestPayload();
    long idle = segment.timeNanos() - lastData;
    if (hadGrown
        && sender.rtt().isKnown()
        && idle > sender.rtt().timeoutNanos()
        && findings.isEmpty()) {
      findings.add(AnnotationKind.IDLE_RESTART, RESTART).value(idle).likely();
    }
  }
}
