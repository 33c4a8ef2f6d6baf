package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.List;

/** Writes down who is printed with which frames. */
final class PrintedTimelines implements TimelinePrinter {
  private final StringBuilder printed;

  PrintedTimelines(StringBuilder printed) {
    this.printed = printed;
  }

  @Override
  public void overview(CaptureReport capture, List<ConnectionReport> connections) {}

  @Override
  public void tooMany(long connections, int listed) {}

  @Override
  public TraceSink connection(ConnectionReport report) {
    printed.append('[').append(report.connection()).append(':');
    return new TraceSink() {
      @Override
      public boolean wants(Importance importance, int connection) {
        return true;
      }

      @Override
      public void on(SegmentSeen event) {
        assertEquals(report.connection(), event.connection());
        printed.append(' ').append(event.segment().frame());
      }
    };
  }

  @Override
  public void end(ConnectionReport report) {
    printed.append("] ");
  }

  @Override
  public void finish(CaptureReport capture) {}

  @Override
  public void endOfFollowing(CaptureReport capture) {}
}
