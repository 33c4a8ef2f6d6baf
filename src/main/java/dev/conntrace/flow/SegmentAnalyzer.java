package dev.conntrace.flow;

/** One subject of findings: loss, windows, closing. */
public interface SegmentAnalyzer {
  /**
   * Looks at one segment, with its connection and both endpoints as they were before it, and says
   * what it is.
   *
   * @param planned the state changes that it will cause
   * @param findings where verdicts go; those of the analyzers before this one are already there
   */
  void examine(FlowSegment segment, Transitions planned, Findings findings);
}
