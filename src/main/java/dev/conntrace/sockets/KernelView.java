package dev.conntrace.sockets;

import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.PacketSkipped;
import dev.conntrace.trace.SegmentPayload;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TraceSink;
import dev.conntrace.trace.TransportAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a tracer and its sink, and adds to the events of the segments what a {@link
 * SocketWatch} has seen of the same connections, each in its place by time.
 */
public final class KernelView implements TraceSink {
  /** Sockets of connections that are not captured are forgotten some time. */
  private static final int MOST_SOCKETS = 4096;

  private static final int MOST_CALLS = 1000;

  /** A call without a port is that of a SYN which leaves within this time. */
  private static final long CALL_NANOS = 50_000_000;

  /** Who watches live is told after so long: by then the packets of the same time have come. */
  private static final long PATIENCE_NANOS = 50_000_000;

  private final Supplier<@Nullable Sighting> seen;
  private final TraceSink sink;
  private final Map<Integer, TracedConnection> traced = new HashMap<>();
  private final Map<ConnectionKey, TracedConnection> newest = new HashMap<>();
  private final Map<ConnectionKey, Deque<Sighting>> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConnectionKey, Deque<Sighting>> eldest) {
          return size() > MOST_SOCKETS;
        }
      };
  private final ListenerLog listeners = new ListenerLog();
  private final Deque<Sighting> calls = new ArrayDeque<>();

  /** Adds to what {@code sink} is told. */
  public KernelView(SocketWatch watch, TraceSink sink) {
    this(watch::next, sink);
  }

  /**
   * Adds to what {@code sink} is told.
   *
   * @param seen gives what was seen next; null as long as there is nothing new
   */
  KernelView(Supplier<@Nullable Sighting> seen, TraceSink sink) {
    this.seen = seen;
    this.sink = sink;
  }

  @Override
  public void on(SegmentSeen event) {
    fetch();
    ConnectionKey key = either(event.key());
    long now = event.segment().timestampNanos();
    TracedConnection connection = traced.get(event.connection());
    if (connection == null) {
      connection = new TracedConnection(event);
      traced.put(event.connection(), connection);
      tell(key, newest.put(key, connection), now);
      claimCall(event);
    }
    connection.tellListener(listeners, now, sink::on);
    tell(key, connection, now);
    connection.note(event);
    sink.on(event);
  }

  /** Returns the same key for both directions. */
  private static ConnectionKey either(ConnectionKey key) {
    return either(key.client(), key.server());
  }

  private static ConnectionKey either(TransportAddress one, TransportAddress other) {
    return one.compareTo(other) <= 0
        ? new ConnectionKey(one, other)
        : new ConnectionKey(other, one);
  }

  /** Tells of the sockets of a connection up to a time, or to where a later connection begins. */
  private void tell(ConnectionKey key, @Nullable TracedConnection connection, long untilNanos) {
    Deque<Sighting> seen = waiting.get(key);
    while (connection != null
        && seen != null
        && !seen.isEmpty()
        && seen.getFirst().timestampNanos() < untilNanos
        && !connection.isSucceededBy(seen.getFirst())) {
      connection.tell(seen.removeFirst(), sink::on);
    }
  }

  /** A call is traced before its socket has a port: it is that of the SYN that leaves next. */
  private void claimCall(SegmentSeen first) {
    long now = first.segment().timestampNanos();
    Iterator<Sighting> all = calls.iterator();
    while (all.hasNext()) {
      Sighting call = all.next();
      if (call.remote().equals(first.key().server())
          && call.timestampNanos() <= now
          && now - call.timestampNanos() < CALL_NANOS) {
        all.remove();
        add(call.from(first.key().client()));
        return;
      }
    }
  }

  /** Takes what was seen meanwhile. */
  private void fetch() {
    Sighting next = seen.get();
    while (next != null) {
      if (next.isListener()) {
        listeners.add(next);
      } else if (next.local().port() == 0) {
        calls.add(next);
        if (calls.size() > MOST_CALLS) {
          calls.removeFirst();
        }
      } else {
        add(next);
      }
      next = seen.get();
    }
  }

  /** Keeps it until its time has come; what was looked up may come after what was traced. */
  private void add(Sighting seen) {
    Deque<Sighting> earlier =
        waiting.computeIfAbsent(either(seen.local(), seen.remote()), key -> new ArrayDeque<>());
    Deque<Sighting> later = new ArrayDeque<>();
    while (!earlier.isEmpty() && earlier.getLast().timestampNanos() > seen.timestampNanos()) {
      later.addFirst(earlier.removeLast());
    }
    if (earlier.size() < MOST_CALLS) {
      earlier.add(seen);
    }
    earlier.addAll(later);
  }

  /** Tells who watches live what is old enough to be in order. To be called while nothing comes. */
  public void onWaiting() {
    if (!sink.wantsAtOnce()) {
      return;
    }
    fetch();
    long before = TraceClock.now() - PATIENCE_NANOS;
    for (Map.Entry<ConnectionKey, TracedConnection> entry : newest.entrySet()) {
      entry.getValue().tellListener(listeners, before, sink::on);
      tell(entry.getKey(), entry.getValue(), before);
    }
  }

  @Override
  public void on(ConnectionClosed event) {
    fetch();
    ConnectionKey key = either(event.report().key());
    TracedConnection connection = traced.remove(event.report().connection());
    if (connection != null) {
      connection.tellListener(listeners, Long.MAX_VALUE, sink::on);
      if (newest.remove(key, connection)) {
        tell(key, connection, Long.MAX_VALUE);
      }
      connection.tellUnconfirmed(TraceClock.now(), sink::on);
    }
    sink.on(event);
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return sink.wants(importance, connection);
  }

  @Override
  public boolean mayWantSegments() {
    return sink.mayWantSegments();
  }

  @Override
  public boolean wantsOpenings() {
    return sink.wantsOpenings();
  }

  @Override
  public boolean wantsHistories() {
    return sink.wantsHistories();
  }

  @Override
  public boolean wantsAtOnce() {
    return sink.wantsAtOnce();
  }

  @Override
  public void payload(SegmentPayload payload) {
    sink.payload(payload);
  }

  @Override
  public void on(ConnectionOpened event) {
    sink.on(event);
  }

  @Override
  public void on(SegmentRevised event) {
    sink.on(event);
  }

  @Override
  public void on(StateChanged event) {
    sink.on(event);
  }

  @Override
  public void on(PacketSkipped event) {
    sink.on(event);
  }

  @Override
  public void on(CaptureLoss event) {
    sink.on(event);
  }

  @Override
  public void on(KernelObserved event) {
    sink.on(event);
  }

  @Override
  public void on(CaptureEnded event) {
    sink.on(event);
  }
}
