package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.BufferReport;

/** What waited in send buffers and receive queues, as far as the wire bounds it. */
final class BufferRecorder {
  void note(FlowSegment segment, Findings findings) {}

  BufferReport report(Connection connection, boolean timed) {
    return BufferReport.NONE;
  }
}
