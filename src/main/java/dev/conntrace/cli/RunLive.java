package dev.conntrace.cli;

import dev.conntrace.render.LiveTimelineText;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.render.OwnershipText;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.Ownership;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints at once what a command's connections do. Whose a connection is shows a moment later than
 * its first segment: until then its events wait.
 */
final class RunLive implements TraceSink {
  /** Whoever holds a socket longer than this has been seen. */
  private static final long DECIDED_NANOS = 300_000_000;

  private static final long BETWEEN_DECISIONS_NANOS = 10_000_000;

  private final LiveSink printer;
  private final Owners owners;
  private final RunSupervisor command;
  private final Map<Integer, Undecided> undecided = new LinkedHashMap<>();
  private final BitSet foreign = new BitSet();
  private long decidedNanos = System.nanoTime() - BETWEEN_DECISIONS_NANOS;

  /** Says whose a connection is. */
  private interface Owners {
    void print(int connection, Ownership ownership) throws IOException;
  }

  /** A connection that nobody was seen to hold yet. */
  private static final class Undecided {
    private final ConnectionKey key;
    private final long sinceNanos = System.nanoTime();
    private final List<TraceEvent> events = new ArrayList<>();

    Undecided(ConnectionKey key) {
      this.key = key;
    }
  }

  private RunLive(LiveSink printer, Owners owners, RunSupervisor command) {
    this.printer = printer;
    this.owners = owners;
    this.command = command;
  }

  /** Traces to the end; returns nothing of the totals, which are not the command's alone. */
  static @Nullable CaptureReport trace(
      Session session, NamedCapture capture, LiveInput input, RunSupervisor command)
      throws IOException {
    RunLive sink = of(session, capture.name(), command);
    input.whileWaiting(
        () -> {
          if (!sink.undecided.isEmpty()) {
            sink.decideAll();
            session.output().flush();
          }
        });
    capture.trace(sink, true);
    return null;
  }

  private static RunLive of(Session session, String name, RunSupervisor command) {
    if (session.options().isNdjson()) {
      NdjsonRecords records = new NdjsonRecords(session.output());
      return new RunLive(
          new LiveRecords(name, records),
          (connection, ownership) -> records.owner(name, connection, ownership),
          command);
    }
    OwnershipText owners = new OwnershipText(session.output(), session.layout(true));
    LiveTimelineText text = new LiveTimelineText(session.output(), session.layout(true));
    return new RunLive(
        new LiveTimeline(name, text),
        (connection, ownership) -> {
          owners.begin();
          owners.print(connection, ownership);
        },
        command);
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return printer.wants(importance, connection) && !foreign.get(connection);
  }

  @Override
  public boolean wantsAtOnce() {
    return true;
  }

  @Override
  public void on(ConnectionOpened event) {
    Undecided connection = new Undecided(event.key());
    undecided.put(event.connection(), connection);
    take(event.connection(), event);
  }

  @Override
  public void on(SegmentSeen event) {
    take(event.connection(), event);
  }

  @Override
  public void on(SegmentRevised event) {
    take(event.segment().connection(), event);
  }

  @Override
  public void on(StateChanged event) {
    take(event.connection(), event);
  }

  @Override
  public void on(KernelObserved event) {
    take(event.connection(), event);
  }

  @Override
  public void on(ConnectionClosed event) {
    take(event.report().connection(), event);
  }

  @Override
  public void on(CaptureLoss event) {
    printer.on(event);
  }

  @Override
  public void on(CaptureEnded event) {
    for (int connection : List.copyOf(undecided.keySet())) {
      decide(connection, true);
    }
    printer.on(event);
  }

  private void take(int connection, TraceEvent event) {
    if (foreign.get(connection)) {
      return;
    }
    Undecided waiting = undecided.get(connection);
    if (waiting == null) {
      event.deliverTo(printer);
      return;
    }
    waiting.events.add(event);
    decideAll();
  }

  /** With very many undecided, asking for all of them at each segment would take too long. */
  private void decideAll() {
    long now = System.nanoTime();
    if (now - decidedNanos < BETWEEN_DECISIONS_NANOS) {
      return;
    }
    decidedNanos = now;
    for (int connection : List.copyOf(undecided.keySet())) {
      decide(connection, false);
    }
  }

  private void decide(int number, boolean last) {
    Undecided connection = undecided.get(number);
    if (connection == null) {
      return;
    }
    Ownership ownership = command.of(connection.key);
    if (ownership.kind() == Ownership.Kind.UNKNOWN
        && !last
        && System.nanoTime() - connection.sinceNanos < DECIDED_NANOS) {
      return;
    }
    undecided.remove(number);
    if (ownership.kind() == Ownership.Kind.FOREIGN) {
      foreign.set(number);
      return;
    }
    LiveSink.print(() -> owners.print(number, ownership));
    for (TraceEvent event : connection.events) {
      event.deliverTo(printer);
    }
  }
}
