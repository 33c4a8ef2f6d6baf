package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.SelectedTotals;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/** Waits for the totals, and wants nothing else unless they are those of a selection. */
final class TotalsSink implements TraceSink {
  private final ConnectionSelection selection;
  private final SelectedTotals selected = new SelectedTotals();
  private @Nullable CaptureReport capture;
  private long connections;

  TotalsSink(ConnectionSelection selection) {
    this.selection = selection;
  }

  /** Returns the whole capture's totals. */
  @Nullable CaptureReport capture() {
    return capture;
  }

  /** Returns how many connections were selected. */
  long connections() {
    return connections;
  }

  /** Returns the totals of what was selected. */
  CaptureReport selectedOf(CaptureReport whole) {
    return selection.isEmpty() ? whole : selected.of(whole);
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return importance == Importance.CONNECTION
        && !selection.isEmpty()
        && selection.mayInclude(connection);
  }

  @Override
  public boolean mayWantSegments() {
    return false;
  }

  @Override
  public void on(ConnectionClosed event) {
    if (!selection.isEmpty() && selection.includes(event.report())) {
      connections++;
      selected.add(event.report());
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }
}
