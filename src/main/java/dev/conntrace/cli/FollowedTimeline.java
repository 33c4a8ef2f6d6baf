package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.UnwantedConnections;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints each connection's timeline when the connection is finished: while a capture grows there is
 * no second reading. Where too many events would have to be kept, those of the connections with the
 * most of them are given up; of these only the end is told.
 */
final class FollowedTimeline implements TraceSink {
  /** Some tens of megabytes. */
  static final int MOST_KEPT = 100_000;

  /** Where too many are kept, room is made for a quarter of them. */
  private static final int ROOM_SHARE = 4;

  private final ConnectionSelection selection;
  private final TimelinePrinter printer;
  private final Messages messages;
  private final int mostKept;
  private final Map<Integer, List<TraceEvent>> kept = new HashMap<>();
  private final UnwantedConnections unwanted;
  private final BitSet givenUp = new BitSet();
  private int keptEvents;

  /** The segment that came last and is not printed; 0 for none. */
  private long hiddenFrame;

  private long printed;
  private @Nullable CaptureReport capture;

  /**
   * Prepares to print.
   *
   * @param mostKept how many events to keep
   */
  FollowedTimeline(
      ConnectionSelection selection, TimelinePrinter printer, Messages messages, int mostKept) {
    this.selection = selection;
    this.unwanted = new UnwantedConnections(selection);
    this.printer = printer;
    this.messages = messages;
    this.mostKept = mostKept;
  }

  /** Returns how many connections were printed. */
  long printed() {
    return printed;
  }

  @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case CONNECTION -> true;
      case SEGMENT, STATE -> !unwanted.contains(connection);
      case BYTES -> printer.wantsBytes() && !unwanted.contains(connection);
      case PAYLOAD, SKIPPED -> false;
    };
  }

  @Override
  public void on(ConnectionOpened event) {
    unwanted.judge(event);
  }

  @Override
  public void on(SegmentSeen event) {
    if (selection.shows(event)) {
      keep(event.connection(), event);
    } else {
      hiddenFrame = event.segment().frame();
    }
  }

  @Override
  public void on(StateChanged event) {
    if (event.frame() != hiddenFrame) {
      keep(event.connection(), event);
    }
  }

  @Override
  public void on(KernelObserved event) {
    keep(event.connection(), event);
  }

  /** The loss may be any open connection's. */
  @Override
  public void on(CaptureLoss event) {
    for (int connection : List.copyOf(kept.keySet())) {
      keep(connection, event);
    }
  }

  private void keep(int connection, TraceEvent event) {
    if (unwanted.contains(connection)) {
      return;
    }
    List<TraceEvent> events = kept.get(connection);
    if (events == null) {
      events = new ArrayList<>();
      kept.put(connection, events);
    }
    events.add(event);
    keptEvents++;
    if (keptEvents > mostKept) {
      giveUpLongest();
    }
  }

  /** Makes room for many events at once: with each of a flood a search would take too long. */
  private void giveUpLongest() {
    List<Map.Entry<Integer, List<TraceEvent>>> longestFirst = new ArrayList<>(kept.entrySet());
    longestFirst.sort((one, other) -> other.getValue().size() - one.getValue().size());
    int enough = mostKept - mostKept / ROOM_SHARE;
    for (Map.Entry<Integer, List<TraceEvent>> longest : longestFirst) {
      if (keptEvents <= enough) {
        return;
      }
      int number = longest.getKey();
      keptEvents -= longest.getValue().size();
      kept.remove(number);
      givenUp.set(number);
      unwanted.add(number);
    }
  }

  /** What comes later of the connection is a stray, and not told. */
  @Override
  public void on(ConnectionClosed event) {
    ConnectionReport report = event.report();
    int number = report.connection();
    List<TraceEvent> events = kept.remove(number);
    boolean wanted = givenUp.get(number) || !unwanted.contains(number);
    unwanted.add(number);
    if (events != null) {
      keptEvents -= events.size();
    }
    if (wanted && selection.includes(report)) {
      print(report, events == null ? List.of() : events);
    }
  }

  private void print(ConnectionReport report, List<TraceEvent> events) {
    printed++;
    try {
      TraceSink sink = printer.connection(report);
      for (TraceEvent event : events) {
        event.deliverTo(sink);
      }
      printer.end(report);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
    if (givenUp.get(report.connection())) {
      messages.note(
          "connection "
              + report.connection()
              + ": its segments could not be kept until its end; 'packets --follow' prints them as"
              + " they come");
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }
}
