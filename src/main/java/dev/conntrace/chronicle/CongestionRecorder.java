package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.CongestionReport;

/** How much each side dared to have under way: initial window, slow start, avoidance. */
final class CongestionRecorder {
  void note(FlowSegment segment, Findings findings) {}

  CongestionReport report(Connection connection, boolean timed) {
    return CongestionReport.NONE;
  }
}
