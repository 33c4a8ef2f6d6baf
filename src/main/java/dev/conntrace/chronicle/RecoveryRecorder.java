package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.RecoveryReport;

/** How losses were repaired: from the first segment sent again to the recovery point. */
final class RecoveryRecorder {
  void note(FlowSegment segment, Findings findings) {}

  RecoveryReport report(Connection connection, boolean timed) {
    return RecoveryReport.NONE;
  }
}
