package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.RoundTripReport;

/** Round-trip times by how they were measured. */
final class RoundTripRecorder {
  void note(FlowSegment segment, Findings findings) {}

  RoundTripReport report(Connection connection, boolean timed) {
    return RoundTripReport.NONE;
  }
}
