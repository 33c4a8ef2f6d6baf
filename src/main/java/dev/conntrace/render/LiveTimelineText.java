package dev.conntrace.render;

import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.CapturePoint;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionHistory;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.DirectionTotals;
import dev.conntrace.trace.KernelAgreement;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TcpState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints timelines of several connections as they grow, each line at once. Where the connection is
 * another than that of the line before, its number stands above.
 */
public final class LiveTimelineText {
  private static final int LABEL = 10;
  private static final int MOST_REMEMBERED = 10_000;

  /** Where a repair begins and ends is known when the connection is over. */
  private static final RepairTurns NO_REPAIRS =
      new RepairTurns(ConnectionHistory.NONE.recoveries());

  /** Columns are made for connections up to this size: nobody knows yet how far they will go. */
  private static final long FORESEEN_BYTES = 9_999_999;

  private static final long FORESEEN_FRAMES = 99_999;
  private static final long FORESEEN_NANOS = 999_000_000_000L;

  private final Appendable out;
  private final Layout layout;
  private final Labelled entries;
  private final Map<Integer, Growing> growing =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        /** Strays of a connection that is over may still come, but not for ever. */
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Growing> eldest) {
          return size() > MOST_REMEMBERED && eldest.getValue().over;
        }
      };
  private int current;

  /** Prints to {@code out} in the given layout. */
  public LiveTimelineText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.entries = new Labelled(out, layout, 2, LABEL);
  }

  /** One connection as far as it has come. */
  private final class Growing {
    private final TimelineRow row;
    private final SegmentWords words = new SegmentWords(NO_REPAIRS);
    private final KernelWords kernel = new KernelWords();
    private final Line line = new Line(layout.palette());
    private final TimelineColumns columns;
    private boolean over;

    Growing(ConnectionOpened opened) {
      ConnectionReport foreseen = foreseen(opened);
      ClockText clock = new ClockText(layout.time(), foreseen.startNanos(), foreseen.endNanos());
      columns = new TimelineColumns(layout, foreseen, clock);
      row = new TimelineRow(out, layout.palette(), columns, clock);
    }
  }

  /** Prints who begins to talk to whom. */
  public void on(ConnectionOpened event) throws IOException {
    growing.put(event.connection(), new Growing(event));
    current = event.connection();
    out.append('\n');
    new Prose()
        .add(Meaning.TITLE, "Connection " + event.connection())
        .add(": ")
        .add(Meaning.CLIENT, "client " + event.key().client())
        .add(" -> ")
        .add(Meaning.SERVER, "server " + event.key().server())
        .printTo(out, new Line(layout.palette()), 0, layout.width());
  }

  /** Prints a segment's row. */
  public void on(SegmentSeen event) throws IOException {
    Growing connection = turnTo(event.connection());
    if (connection != null) {
      connection.row.print(event, connection.words.describe(event), List.of());
      connection.words.remember(event);
    }
  }

  /** Prints a change of state, below the segment that brought it. */
  public void on(StateChanged event) throws IOException {
    Growing connection = turnTo(event.connection());
    if (connection != null) {
      StateWords.full(event)
          .printTo(out, connection.line, connection.columns.words(), layout.width());
    }
  }

  /**
   * Prints what the kernel has of one end. What it only has not taken in yet passes in
   * microseconds: that would be news of the past.
   */
  public void on(KernelObserved event) throws IOException {
    if (event.agreement() == KernelAgreement.BEHIND) {
      return;
    }
    Growing connection = turnTo(event.connection());
    if (connection != null) {
      connection.kernel.add(event);
      connection.row.kernel(connection.kernel.line(), event.timestampNanos());
    }
  }

  /** Prints what an earlier segment means by now. */
  public void on(SegmentRevised event) throws IOException {
    Growing connection = turnTo(event.segment().connection());
    if (connection != null) {
      new Prose()
          .add(Meaning.WARNING, "by now frame " + event.segment().segment().frame())
          .add(" is: ")
          .add(new SegmentWords(NO_REPAIRS).describe(event.segment()))
          .printTo(out, connection.line, connection.columns.words(), layout.width());
    }
  }

  /** Prints that the capture itself has lost packets. */
  public void on(CaptureLoss event) throws IOException {
    current = 0;
    new Prose()
        .add(Meaning.WARNING, "-- ")
        .add(Meaning.WARNING, CaptureLossWords.of(event))
        .printTo(out, new Line(layout.palette()), 0, layout.width());
  }

  /** Prints how a connection ended, with its header: only now it is known. */
  public void closed(String file, ConnectionReport report, CaptureNotes notes) throws IOException {
    Growing connection = growing.get(report.connection());
    if (connection == null) {
      return;
    }
    connection.over = true;
    current = 0;
    out.append('\n');
    ClockText clock = new ClockText(layout.time(), report.startNanos(), report.endNanos());
    new ConnectionHeader(out, layout, entries, notes).print(file, report, clock);
    new ConnectionEnd(entries).print(report, clock, false);
  }

  private @Nullable Growing turnTo(int number) throws IOException {
    Growing connection = growing.get(number);
    if (connection != null && number != current) {
      current = number;
      out.append(layout.palette().paint(Meaning.DIM, "-- connection " + number)).append('\n');
    }
    return connection;
  }

  private static ConnectionReport foreseen(ConnectionOpened opened) {
    DirectionTotals totals = new DirectionTotals(0, 0, FORESEEN_BYTES, 0);
    long start = opened.timestampNanos();
    return new ConnectionReport(
        opened.connection(),
        opened.key(),
        RoleEvidence.SYN,
        opened.frame(),
        FORESEEN_FRAMES,
        start,
        start + FORESEEN_NANOS,
        Opened.THREE_WAY,
        Closed.OPEN,
        null,
        TcpState.UNKNOWN,
        TcpState.UNKNOWN,
        null,
        null,
        RttStatistics.NONE,
        totals,
        totals,
        Map.of(),
        List.of(),
        null,
        null,
        CapturePoint.UNKNOWN,
        ConnectionHistory.NONE);
  }
}
