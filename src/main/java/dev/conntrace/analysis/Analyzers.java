package dev.conntrace.analysis;

import dev.conntrace.flow.SegmentAnalyzer;

/**
 * The analyzers in the order in which they speak: what a segment is excludes what it then cannot
 * be.
 */
public final class Analyzers {
  private Analyzers() {}

  /**
   * Returns a new list of all analyzers.
   *
   * @param timeWaitNanos how long TIME_WAIT is expected to last
   */
  public static SegmentAnalyzer[] all(long timeWaitNanos) {
    return new SegmentAnalyzer[] {
      new DuplicatePacketAnalyzer(),
      new HandshakeAnalyzer(),
      new PortReuseAnalyzer(timeWaitNanos),
      new ResetAnalyzer(),
      new ProbeAnalyzer(),
      new LossAnalyzer(),
      new CloseAnalyzer(),
      new SackAnalyzer(),
      new AcknowledgementAnalyzer(),
      new DuplicateAckAnalyzer(),
      new WindowAnalyzer(),
      new PathAnalyzer(),
      new IdleAnalyzer()
    };
  }
}
