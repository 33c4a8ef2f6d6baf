package dev.conntrace.cli;

import dev.conntrace.render.CsvRecords;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;

/** Records for tables: one header above those of all files, also where there are none. */
final class CsvPrinter implements RecordPrinter {
  private final Output output;
  private final CsvRecords records;
  private boolean hasHeader;

  CsvPrinter(Output output) {
    this.output = output;
    this.records = new CsvRecords(output);
  }

  @Override
  public void packet(String file, SegmentSeen event) throws IOException {
    endOfPackets();
    records.packet(file, event);
  }

  @Override
  public void connection(String file, ConnectionReport report) throws IOException {
    endOfConnections();
    records.connection(file, report);
  }

  @Override
  public void summary(String file, CaptureReport report) {
    throw new IllegalStateException("no table has totals");
  }

  @Override
  public void endOfPackets() throws IOException {
    if (!hasHeader) {
      hasHeader = true;
      records.packetHeader();
    }
  }

  @Override
  public void endOfConnections() throws IOException {
    if (!hasHeader) {
      hasHeader = true;
      records.connectionHeader();
    }
  }

  @Override
  public void flush() {
    output.flush();
  }
}
