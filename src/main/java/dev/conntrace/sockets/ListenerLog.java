package dev.conntrace.sockets;

import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.TransportAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What was seen of listeners lately, in the order in which it was seen. */
final class ListenerLog {
  private static final int MOST = 1000;

  private final Deque<Sighting> sightings = new ArrayDeque<>();

  void add(Sighting seen) {
    sightings.add(seen);
    if (sightings.size() > MOST) {
      sightings.removeFirst();
    }
  }

  /**
   * Returns the last that was seen of the listener of a connection up to a time, but after another
   * time.
   *
   * @return null if nothing was
   */
  @Nullable Sighting last(ConnectionKey key, long afterNanos, long untilNanos) {
    Sighting last = null;
    for (Sighting seen : sightings) {
      boolean fits = seen.timestampNanos() > afterNanos && seen.timestampNanos() <= untilNanos;
      if (fits && serves(seen, key.server())) {
        last = seen;
      }
    }
    return last;
  }

  /** Returns whether a listener takes connections to an address. */
  private static boolean serves(Sighting listener, TransportAddress server) {
    TransportAddress at = listener.local();
    if (at.port() != server.port()) {
      return false;
    }
    if (at.high() != 0 || at.low() != 0) {
      return at.equals(server);
    }
    KernelSocket socket = listener.socket();
    boolean takesIpv4 = at.ipv6() && (socket == null || !socket.ipv6Only());
    return at.ipv6() == server.ipv6() || takesIpv4;
  }
}
