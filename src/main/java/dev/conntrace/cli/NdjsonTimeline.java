package dev.conntrace.cli;

import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.List;

/**
 * Timelines for programs: each connection's record, then its packets' records; the summary last.
 */
final class NdjsonTimeline implements TimelinePrinter {
  private final String file;
  private final Messages messages;
  private final NdjsonRecords records;

  NdjsonTimeline(String file, Session session) {
    this.file = file;
    this.messages = session.messages();
    this.records = new NdjsonRecords(session.output());
  }

  @Override
  public void overview(CaptureReport capture, List<ConnectionReport> connections) {}

  @Override
  public void tooMany(long connections, int listed) {
    messages.note(
        file
            + ": "
            + connections
            + " connections; select some to get their records: --connection 1");
  }

  @Override
  public TraceSink connection(ConnectionReport report) throws IOException {
    records.connection(file, report);
    return new TraceSink() {
      @Override
      public boolean wants(Importance importance, int connection) {
        return importance == Importance.SEGMENT;
      }

      @Override
      public void on(SegmentSeen event) {
        LiveSink.print(() -> records.packet(file, event));
      }

      @Override
      public void on(KernelObserved event) {
        LiveSink.print(() -> records.kernel(file, event));
      }
    };
  }

  @Override
  public void end(ConnectionReport report) {}

  @Override
  public void endOfFollowing(CaptureReport capture) throws IOException {
    finish(capture);
  }

  @Override
  public void finish(CaptureReport capture) throws IOException {
    records.summary(file, capture);
    records.flush();
  }
}
