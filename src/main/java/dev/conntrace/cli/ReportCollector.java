package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.FirstOf;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TraceSink;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the reports of the selected connections, those with the lowest numbers if too many. */
final class ReportCollector implements TraceSink {
  private static final Comparator<ConnectionReport> BY_NUMBER = new ByNumber();

  private final ConnectionSelection selection;
  private final int after;
  private final FirstOf reports;
  private long selected;
  private @Nullable CaptureReport capture;

  /**
   * Prepares to collect.
   *
   * @param after only connections with a higher number
   * @param most how many reports to keep
   */
  ReportCollector(ConnectionSelection selection, int after, int most) {
    this.selection = selection;
    this.after = after;
    this.reports = new FirstOf(BY_NUMBER, most);
  }

  /** Returns how many connections were selected, those that were not kept included. */
  long selected() {
    return selected;
  }

  /** Returns the reports kept, by number. */
  List<ConnectionReport> reports() {
    return reports.inOrder();
  }

  @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return importance == Importance.CONNECTION
        && connection > after
        && selection.mayInclude(connection);
  }

  @Override
  public void on(ConnectionClosed event) {
    ConnectionReport report = event.report();
    if (report.connection() > after && selection.includes(report)) {
      selected++;
      reports.add(report);
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }

  /** A class and no lambda: the first lambda of a process costs more than a small capture. */
  private static final class ByNumber implements Comparator<ConnectionReport> {
    @Override
    public int compare(ConnectionReport a, ConnectionReport b) {
      return Integer.compare(a.connection(), b.connection());
    }
  }
}
