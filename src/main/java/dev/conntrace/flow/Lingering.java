package dev.conntrace.flow;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connections that have finished, in that order: remembered for twice the lifetime of a segment
 * (RFC 9293 3.6.1), so that strays find them, or until very many others have finished after them.
 */
final class Lingering {
  private static final long LINGER_NANOS = 240_000_000_000L;
  private static final int MAX_LINGERING = 1 << 13;

  private final ArrayDeque<Connection> connections = new ArrayDeque<>();

  void add(Connection connection) {
    if (!connection.lingering) {
      connection.lingering = true;
      connections.add(connection);
    }
  }

  /** Takes the first out that need not be remembered any more, or for which there is no room. */
  @Nullable Connection takeFirst(long latestNanos) {
    Connection first = connections.peekFirst();
    if (first == null || (connections.size() <= MAX_LINGERING && !isDue(first, latestNanos))) {
      return null;
    }
    connections.removeFirst();
    first.lingering = false;
    return first;
  }

  /** Returns whether a connection has been remembered long enough. */
  static boolean isDue(Connection connection, long latestNanos) {
    return latestNanos - connection.ending().finishedNanos() >= LINGER_NANOS;
  }

  Iterable<Connection> all() {
    return connections;
  }
}
