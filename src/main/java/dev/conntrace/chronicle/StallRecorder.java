package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.StallReport;

/** When a side could not send because the other's window was closed or full. */
final class StallRecorder {
  void note(FlowSegment segment, Findings findings) {}

  StallReport report(Connection connection, boolean timed) {
    return StallReport.NONE;
  }
}
