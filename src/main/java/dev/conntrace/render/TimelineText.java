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
  private final View view;
  private final Strokes strokes;
  private final EnumSet<Lesson> told = EnumSet.noneOf(Lesson.class);
  private CaptureNotes notes = CaptureNotes.NONE;
  private @Nullable ConnectionTimeline current;
  private SentAgain sentAgain = new SentAgain(List.of());

  /** Prints rows to {@code out} in the given layout. */
  public TimelineText(Appendable out, Layout layout) {
    this(out, layout, View.ROWS, Strokes.ASCII);
  }

  /** Prints to {@code out} in the given layout; diagrams are drawn with {@code strokes}. */
  public TimelineText(Appendable out, Layout layout, View view, Strokes strokes) {
    this.out = out;
    this.layout = layout;
    this.view = view;
    this.strokes = strokes;
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
    if (report.connections() == 0 && report.udp().total() > 0) {
      new UdpText(out, layout).print(report.udp());
      return;
    }
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
   * Returns what has to be told of all segments of these connections before they are printed; null
   * if this view can do without. What was told of others before is forgotten.
   */
  public @Nullable TraceSink foresight(List<ConnectionReport> connections) {
    if (view != View.LADDER) {
      return null;
    }
    sentAgain = new SentAgain(connections);
    return sentAgain;
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
    TimelineView shown = view(report, clock);
    shown.begin();
    current = new ConnectionTimeline(report, shown, new Lessons(report, told), layout.unfold());
    return current;
  }

  private TimelineView view(ConnectionReport report, ClockText clock) {
    return switch (view) {
      case LAYERS -> new LayersView(out, layout, report, clock);
      case ROWS -> row(report, clock);
      case BYTES -> new BytesView(row(report, clock), report);
      case LADDER -> new LadderView(out, layout, strokes, report, clock, sentAgain);
    };
  }

  private TimelineRow row(ConnectionReport report, ClockText clock) {
    TimelineColumns columns = new TimelineColumns(layout, report, clock);
    return new TimelineRow(out, layout.palette(), columns, clock);
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
