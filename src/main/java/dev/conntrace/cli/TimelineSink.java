package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Untangles connections that run side by side, so that they are printed one after the other.
 *
 * <p>The first connection that is not finished is printed as its events come; those of later ones
 * are held back until it is their turn. Where too many would have to be held back, the last
 * connections are left to another tracing of the capture: {@link #next} tells where to go on.
 */
final class TimelineSink implements TraceSink {
  /** Some tens of megabytes. */
  static final int MOST_HELD_BACK = 100_000;

  private final TimelinePrinter printer;
  private final List<ConnectionReport> reports;
  private final int[] numbers;
  private final int mostHeldBack;
  private final ConnectionSelection selection;
  private final TreeMap<Integer, List<TraceEvent>> heldBack = new TreeMap<>();
  private final BitSet closed = new BitSet();
  private int heldBackEvents;
  private int current;
  private int end;
  private @Nullable TraceSink direct;

  /** The segment that came last and is not printed; 0 for none. */
  private long hiddenFrame;

  /**
   * Prepares to print.
   *
   * @param reports the connections to print, by number
   * @param first index of the first one that is not printed yet
   * @param mostHeldBack how many events to hold back
   * @param selection which of their segments to print
   */
  TimelineSink(
      TimelinePrinter printer,
      List<ConnectionReport> reports,
      int first,
      int mostHeldBack,
      ConnectionSelection selection) {
    this.printer = printer;
    this.selection = selection;
    this.reports = reports;
    this.mostHeldBack = mostHeldBack;
    this.numbers = new int[reports.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = reports.get(i).connection();
    }
    this.current = first;
    this.end = numbers.length;
  }

  /**
   * Ends the connections that are still open after the tracing.
   *
   * @return index of the first connection that was not printed
   */
  int next() {
    while (current < end) {
      close(current);
    }
    return current;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case CONNECTION, STATE, SEGMENT -> indexOf(connection) >= 0;
      case BYTES -> printer.wantsBytes() && indexOf(connection) >= 0;
      case PAYLOAD, SKIPPED -> false;
    };
  }

  @Override
  public void on(SegmentSeen event) {
    if (selection.shows(event)) {
      deliver(event.connection(), event);
    } else {
      hiddenFrame = event.segment().frame();
    }
  }

  /** What a segment changes comes right after it. */
  @Override
  public void on(StateChanged event) {
    if (event.frame() != hiddenFrame) {
      deliver(event.connection(), event);
    }
  }

  @Override
  public void on(KernelObserved event) {
    deliver(event.connection(), event);
  }

  /** The loss may be any open connection's. */
  @Override
  public void on(CaptureLoss event) {
    if (direct != null) {
      event.deliverTo(direct);
    }
    for (List<TraceEvent> events : heldBack.values()) {
      events.add(event);
    }
    heldBackEvents += heldBack.size();
  }

  @Override
  public void on(ConnectionClosed event) {
    int index = indexOf(event.report().connection());
    if (index >= 0) {
      close(index);
    }
  }

  private void deliver(int connection, TraceEvent event) {
    int index = indexOf(connection);
    if (index == current) {
      event.deliverTo(direct());
    } else if (index > current) {
      holdBack(index, event);
    }
  }

  private void holdBack(int index, TraceEvent event) {
    List<TraceEvent> events = heldBack.get(index);
    if (events == null) {
      events = new ArrayList<>();
      heldBack.put(index, events);
    }
    events.add(event);
    heldBackEvents++;
    while (heldBackEvents > mostHeldBack) {
      Map.Entry<Integer, List<TraceEvent>> last = heldBack.pollLastEntry();
      heldBackEvents -= last.getValue().size();
      end = last.getKey();
    }
  }

  private void close(int index) {
    closed.set(index);
    while (current < end && closed.get(current)) {
      finishCurrent();
      if (current < end && heldBack.containsKey(current)) {
        direct();
      }
    }
  }

  private void finishCurrent() {
    direct();
    try {
      printer.end(reports.get(current));
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
    direct = null;
    current++;
  }

  /** Returns where the current connection's events go; begins it, and releases what was held. */
  private TraceSink direct() {
    TraceSink sink = direct;
    if (sink != null) {
      return sink;
    }
    try {
      sink = printer.connection(reports.get(current));
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
    direct = sink;
    List<TraceEvent> events = heldBack.remove(current);
    if (events != null) {
      heldBackEvents -= events.size();
      for (TraceEvent event : events) {
        event.deliverTo(sink);
      }
    }
    return sink;
  }

  /** Returns which of the connections still to be printed has this number, or -1. */
  private int indexOf(int connection) {
    int index = Arrays.binarySearch(numbers, current, end, connection);
    return index < 0 ? -1 : index;
  }
}
