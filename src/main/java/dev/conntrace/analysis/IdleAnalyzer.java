package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Pause;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/** A sender that starts again after a pause longer than its timeout (RFC 5681 4.1). */
final class IdleAnalyzer implements SegmentAnalyzer {
  private static final Rule RESTART =
      new Rule(
          "idle-longer-than-timeout",
          "first data after {1:time} without any: the {sender} starts slowly again");
  private static final Rule NO_RESTART =
      new Rule(
          "idle-and-no-restart",
          "first data after {1:time} without any; the {sender} does not start slowly again: it sends {2:bytes} and more before any of it is acknowledged");

  /**
   * A congestion window that never grew beyond the initial one has nothing to lose, and who has no
   * more than that to send does not notice (RFC 6928: ten segments).
   */
  private static final long INITIAL_WINDOW_SEGMENTS = 10;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (segment.length() == 0) {
      return;
    }
    Endpoint sender = segment.sender();
    if (sender.pause().isOpen()) {
      noteRestart(segment, sender, findings);
    }
    long lastData = sender.totals().lastDataTimeNanos();
    if (lastData == 0 || sender.hasOutstanding() || segment.seqRel() != sender.nxt()) {
      return;
    }
    boolean hadGrown = sender.totals().bytes() > initialWindowBytes(sender);
    long idle = segment.timeNanos() - lastData;
    boolean paused = sender.rtt().isKnown() && idle > sender.rtt().timeoutNanos();
    if (paused && hadGrown && findings.isEmpty()) {
      findings.beginPause(idle);
    } else {
      NagleWait.judge(segment, findings);
    }
  }

  /** Only a sender with more than the initial window to send is slowed down. */
  private static void noteRestart(FlowSegment segment, Endpoint sender, Findings findings) {
    Pause pause = sender.pause();
    if (segment.isDoubtful()
        || segment.endRel() - pause.firstByteRel() <= initialWindowBytes(sender)) {
      return;
    }
    findings.endPause();
    SendLedger ledger = sender.ledger();
    long first = ledger.newestStartingAt(pause.firstByteRel());
    if (first >= 0 && !segment.connection().isFinal(sender, first, segment.latestNanos())) {
      boolean atOnce = sender.una() <= pause.firstByteRel();
      findings
          .addTo(ledger.frame(first), AnnotationKind.IDLE_RESTART, atOnce ? NO_RESTART : RESTART)
          .value(pause.lengthNanos())
          .value(segment.endRel() - pause.firstByteRel())
          .likely();
    }
  }

  private static long initialWindowBytes(Endpoint sender) {
    return INITIAL_WINDOW_SEGMENTS * sender.totals().largestPayload();
  }
}
