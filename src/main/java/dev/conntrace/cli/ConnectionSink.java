package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.FirstOf;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Prints the selected connections as they are finished, or collects them to be sorted. */
final class ConnectionSink implements TraceSink {
  private final String file;
  private final ConnectionSelection selection;
  private final RecordPrinter printer;
  private final @Nullable FirstOf sorted;
  private long selected;
  private @Nullable CaptureReport capture;

  ConnectionSink(
      String file, ConnectionSelection selection, RecordPrinter printer, @Nullable FirstOf sorted) {
    this.file = file;
    this.selection = selection;
    this.printer = printer;
    this.sorted = sorted;
  }

  /** Returns how many connections were selected. */
  long selected() {
    return selected;
  }

  @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return importance == Importance.CONNECTION && selection.mayInclude(connection);
  }

  @Override
  public boolean mayWantSegments() {
    return false;
  }

  @Override
  public void on(ConnectionClosed event) {
    if (!selection.includes(event.report())) {
      return;
    }
    selected++;
    if (sorted != null) {
      sorted.add(event.report());
      return;
    }
    try {
      printer.connection(file, event.report());
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }
}
