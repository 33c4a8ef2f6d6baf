package dev.conntrace.cli;

import dev.conntrace.render.ConnectionsText;
import dev.conntrace.render.Layout;
import dev.conntrace.render.PacketsText;
import dev.conntrace.render.SummaryText;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Records for people. Each kind's layout is loaded when the first of it is printed. */
final class TextPrinter implements RecordPrinter {
  private final Output output;
  private final Layout layout;
  private @Nullable PacketsText packets;
  private @Nullable ConnectionsText connections;

  TextPrinter(Output output, Layout layout) {
    this.output = output;
    this.layout = layout;
  }

  @Override
  public void packet(String file, SegmentSeen event) throws IOException {
    packets().segment(file, event);
  }

  @Override
  public void packetsBegin(long startNanos) {
    packets().begin(startNanos);
  }

  private PacketsText packets() {
    PacketsText text = packets;
    if (text == null) {
      text = new PacketsText(output, layout);
      packets = text;
    }
    return text;
  }

  @Override
  public void connection(String file, ConnectionReport report) throws IOException {
    table().connection(file, report);
  }

  @Override
  public void summary(String file, CaptureReport report) throws IOException {
    new SummaryText(output, layout).summary(file, report);
  }

  @Override
  public void endOfConnections() throws IOException {
    table().end();
  }

  @Override
  public void flush() {
    output.flush();
  }

  private ConnectionsText table() {
    ConnectionsText table = connections;
    if (table == null) {
      table = new ConnectionsText(output, layout);
      connections = table;
    }
    return table;
  }
}
