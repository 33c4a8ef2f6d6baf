package dev.conntrace.render;

import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints what happened on connections, a line a segment, in words.
 *
 * <p>Use it in this order: {@link #overview} once; then for each connection {@link #connection},
 * its events into the sink that this returns, and {@link #end}.
 */
public final class TimelineText {
  private static final int LABEL = 10;

  private final Appendable out;
  private final Layout layout;
  private final Labelled entries;
  private final EnumSet<Lesson> told = EnumSet.noneOf(Lesson.class);
  private CaptureNotes notes = CaptureNotes.NONE;
  private @Nullable ConnectionTimeline current;

  /** Prints to {@code out} in the given layout. */
  public TimelineText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.entries = new Labelled(out, layout, 2, LABEL);
  }

  /**
   * Prints the summary that stands before the timelines: the capture's totals, then a line per
   * connection.
   */
  public void overview(String file, CaptureReport report, List<ConnectionReport> connections)
      throws IOException {
    notes = report.notes();
    CaptureHeader header = new CaptureHeader(out, layout);
    header.print(file, report);
    header.findings(report);
    ConnectionsText table = new ConnectionsText(out, layout);
    if (!connections.isEmpty()) {
      out.append('\n');
    }
    for (ConnectionReport connection : connections) {
      table.connection(file, connection);
    }
  }

  /**
   * Prints a connection's header at once.
   *
   * @return takes the connection's events (others are passed over) and prints a line for each
   *     segment; throws {@link java.io.UncheckedIOException} where {@code out} fails
   */
  public TraceSink connection(String file, ConnectionReport report) throws IOException {
    ClockText clock = clock(report);
    out.append('\n');
    new ConnectionHeader(out, layout, entries, notes).print(file, report, clock);
    out.append('\n');
    TimelineColumns columns = new TimelineColumns(layout, report, clock);
    TimelineRow row = new TimelineRow(out, layout.palette(), columns, clock);
    current = new ConnectionTimeline(report, row, new Lessons(report, told), layout.unfold());
    return current;
  }

  /** Prints what is still folded, and how the connection stands: who waits, and until when. */
  public void end(ConnectionReport report) throws IOException {
    if (current != null) {
      current.finish();
      current = null;
    }
    out.append('\n');
    boolean explain = report.timeWait() != null && told.add(Lesson.TIME_WAIT);
    new ConnectionEnd(entries).print(report, clock(report), explain);
  }

  private ClockText clock(ConnectionReport report) {
    return new ClockText(layout.time(), report.startNanos(), report.endNanos());
  }
}
