package dev.conntrace.sockets;

import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import dev.conntrace.wire.TcpFlags;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that is traced: what its segments prove, and what was told of its sockets. */
final class TracedConnection {
  private final ConnectionKey key;
  private final TracedEnd client;
  private final TracedEnd server;
  private long listenerNanos = Long.MIN_VALUE;

  /** Begins with its first segment. */
  TracedConnection(SegmentSeen first) {
    key = first.key();
    int number = first.connection();
    boolean fromStart = first.segment().has(TcpFlags.SYN) && !first.segment().has(TcpFlags.ACK);
    client = new TracedEnd(number, Side.CLIENT, fromStart ? TcpState.CLOSED : TcpState.UNKNOWN);
    server = new TracedEnd(number, Side.SERVER, fromStart ? TcpState.LISTEN : TcpState.UNKNOWN);
  }

  /** Takes note of what a segment proves. */
  void note(SegmentSeen event) {
    SegmentFacts segment = event.segment();
    client.prove(event.clientState(), segment.timestampNanos());
    server.prove(event.serverState(), segment.timestampNanos());
    if (segment.length() > 0) {
      (segment.from() == Side.CLIENT ? server : client).receives(segment.timestampNanos());
    }
  }

  /** Tells of its listener up to a time, as long as it matters. */
  void tellListener(ListenerLog listeners, long untilNanos, Consumer<KernelObserved> taker) {
    boolean told = listenerNanos != Long.MIN_VALUE;
    if (told && !server.isOpening()) {
      return;
    }
    Sighting seen = listeners.last(key, listenerNanos, untilNanos);
    if (seen != null && (told || seen.state() == TcpState.LISTEN)) {
      listenerNanos = seen.timestampNanos();
      tell(server.take(seen), taker);
    }
  }

  /** Tells of one of its sockets. */
  void tell(Sighting seen, Consumer<KernelObserved> taker) {
    tell(end(seen).take(seen), taker);
  }

  /** Tells what the kernel had and no segment has ever shown, now that none will come any more. */
  void tellUnconfirmed(long now, Consumer<KernelObserved> taker) {
    tell(client.unconfirmed(now), taker);
    tell(server.unconfirmed(now), taker);
  }

  /**
   * Returns whether a sighting is of a socket that begins, which cannot be this connection's any
   * more.
   */
  boolean isSucceededBy(Sighting seen) {
    return end(seen).isSucceededBy(seen);
  }

  private TracedEnd end(Sighting seen) {
    return seen.local().equals(key.server()) ? server : client;
  }

  private static void tell(@Nullable KernelObserved event, Consumer<KernelObserved> taker) {
    if (event != null) {
      taker.accept(event);
    }
  }
}
