package dev.conntrace.cli;

import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;

/** Records for programs. */
final class NdjsonPrinter implements RecordPrinter {
  private final NdjsonRecords records;

  NdjsonPrinter(Output output) {
    this.records = new NdjsonRecords(output);
  }

  @Override
  public void packet(String file, SegmentSeen event) throws IOException {
    records.packet(file, event);
  }

  @Override
  public void connection(String file, ConnectionReport report) throws IOException {
    records.connection(file, report);
  }

  @Override
  public void summary(String file, CaptureReport report) throws IOException {
    records.summary(file, report);
  }

  @Override
  public void endOfConnections() {}

  @Override
  public void flush() throws IOException {
    records.flush();
  }
}
