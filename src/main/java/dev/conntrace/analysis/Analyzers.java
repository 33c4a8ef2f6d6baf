package dev.conntrace.analysis;

import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;

/**
 * All analyzers in the order in which they speak: what a segment is excludes what it then cannot
 * be. Most segments are {@linkplain Routine routine}, of which few have anything to say.
 */
public final class Analyzers implements SegmentAnalyzer {
  private final SegmentAnalyzer[] all;
  private final AcknowledgementAnalyzer acknowledgements = new AcknowledgementAnalyzer();
  private final WindowAnalyzer windows = new WindowAnalyzer();
  private final IdleAnalyzer idle = new IdleAnalyzer();

  /**
   * Makes all analyzers.
   *
   * @param timeWaitNanos how long TIME_WAIT is expected to last
   */
  public Analyzers(long timeWaitNanos) {
    all =
        new SegmentAnalyzer[] {
          new DuplicatePacketAnalyzer(),
          new HandshakeAnalyzer(),
          new PortReuseAnalyzer(timeWaitNanos),
          new ResetAnalyzer(),
          new ProbeAnalyzer(),
          new LossAnalyzer(),
          new CloseAnalyzer(),
          new SackAnalyzer(),
          new RenegingAnalyzer(),
          acknowledgements,
          new EarlyAckAnalyzer(),
          new DuplicateAckAnalyzer(),
          windows,
          new PathAnalyzer(),
          idle
        };
  }

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (Damage.isNoted(segment, findings)) {
      return;
    }
    if (Routine.is(segment, planned)) {
      // One by one, not from a list: calls of known classes are compiled into one another.
      acknowledgements.examine(segment, planned, findings);
      windows.examine(segment, planned, findings);
      idle.examine(segment, planned, findings);
      return;
    }
    for (SegmentAnalyzer analyzer : all) {
      analyzer.examine(segment, planned, findings);
    }
  }

  /** For the test that routine leaves out only those with nothing to say. */
  SegmentAnalyzer[] all() {
    return all.clone();
  }

  SegmentAnalyzer[] ofRoutine() {
    return new SegmentAnalyzer[] {acknowledgements, windows, idle};
  }
}
