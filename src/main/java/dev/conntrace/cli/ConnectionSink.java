package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.FirstOf;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Prints the selected connections as they are finished, or collects them to be sorted. */
final class ConnectionSink implements TraceSink, AutoCloseable {
  /** Fewer connections are printed before a second thread would pay. */
  private static final int PRINTED_IN_STEP = 1_000;

  private final String file;
  private final ConnectionSelection selection;
  private final RecordPrinter printer;
  private final @Nullable FirstOf sorted;
  private final boolean mayPrintBehind;
  private @Nullable PrintingThread printing;
  private long selected;
  private @Nullable CaptureReport capture;

  /**
   * Prepares to print.
   *
   * @param sorted what collects the connections; null to print them as they are finished
   * @param mayPrintBehind whether a thread of its own may print behind the one that follows
   *     connections: faster for files, wrong where somebody waits for each line
   */
  ConnectionSink(
      String file,
      ConnectionSelection selection,
      RecordPrinter printer,
      @Nullable FirstOf sorted,
      boolean mayPrintBehind) {
    this.file = file;
    this.selection = selection;
    this.printer = printer;
    this.sorted = sorted;
    this.mayPrintBehind = mayPrintBehind;
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
  public boolean wantsOpenings() {
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
      print(event.report());
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  private void print(ConnectionReport report) throws IOException {
    if (selected <= PRINTED_IN_STEP || !mayPrintBehind) {
      printer.connection(file, report);
      return;
    }
    if (printing == null) {
      printing = new PrintingThread(file, printer);
    }
    printing.connection(report);
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
    try {
      if (printing != null) {
        printing.finish();
      }
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  /** Ends the printing, however the tracing ended: the printer is the caller's again. */
  @Override
  public void close() {
    if (printing != null) {
      printing.close();
    }
  }
}
