package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest connection between two addresses and ports, whichever way a segment goes, and
 * knows which has been quiet longest.
 */
final class ConnectionTable {
  private static final int INITIAL_BUCKETS = 1 << 10;
  private static final Comparator<Connection> BY_NUMBER = new ByNumber();

  private @Nullable Connection[] buckets = new @Nullable Connection[INITIAL_BUCKETS];
  private int size;
  private @Nullable Connection quietest;
  private @Nullable Connection busiest;

  int size() {
    return size;
  }

  /** Returns the newest connection that a segment may belong to, or null. */
  @Nullable Connection find(Segment segment) {
    int hash = segment.flowHash();
    Connection connection = buckets[hash & (buckets.length - 1)];
    while (connection != null && (connection.hash != hash || !connection.carries(segment))) {
      connection = connection.nextInBucket;
    }
    return connection;
  }

  /** Adds a connection that {@link #find} will return from now on for its addresses and ports. */
  void add(Connection connection, Segment segment) {
    if (size >= buckets.length) {
      grow();
    }
    connection.hash = segment.flowHash();
    int bucket = connection.hash & (buckets.length - 1);
    connection.nextInBucket = buckets[bucket];
    buckets[bucket] = connection;
    size++;
    append(connection);
  }

  private void grow() {
    @Nullable Connection[] wider = new @Nullable Connection[2 * buckets.length];
    for (Connection quiet = quietest; quiet != null; quiet = quiet.busier) {
      int bucket = quiet.hash & (wider.length - 1);
      quiet.nextInBucket = wider[bucket];
      wider[bucket] = quiet;
    }
    buckets = wider;
  }

  void remove(Connection connection) {
    int bucket = connection.hash & (buckets.length - 1);
    Connection before = null;
    Connection at = buckets[bucket];
    while (at != null && at != connection) {
      before = at;
      at = at.nextInBucket;
    }
    if (at == null) {
      return;
    }
    if (before == null) {
      buckets[bucket] = connection.nextInBucket;
    } else {
      before.nextInBucket = connection.nextInBucket;
    }
    connection.nextInBucket = null;
    unlink(connection);
    size--;
  }

  /** Notes that a connection has just been heard of; one that was removed stays out. */
  void touch(Connection connection) {
    boolean present = connection == quietest || connection.quieter != null;
    if (present && connection != busiest) {
      unlink(connection);
      append(connection);
    }
  }

  private void append(Connection connection) {
    connection.quieter = busiest;
    connection.busier = null;
    if (busiest == null) {
      quietest = connection;
    } else {
      busiest.busier = connection;
    }
    busiest = connection;
  }

  private void unlink(Connection connection) {
    if (connection.quieter == null) {
      quietest = connection.busier;
    } else {
      connection.quieter.busier = connection.busier;
    }
    if (connection.busier == null) {
      busiest = connection.quieter;
    } else {
      connection.busier.quieter = connection.quieter;
    }
    connection.quieter = null;
    connection.busier = null;
  }

  /** Returns the connection that has been quiet longest, or null if there is none. */
  @Nullable Connection quietest() {
    return quietest;
  }

  /**
   * Returns all connections and the older incarnations behind them, in the order of their numbers.
   */
  List<Connection> all() {
    List<Connection> all = new ArrayList<>(size);
    for (Connection newest = quietest; newest != null; newest = newest.busier) {
      for (Connection connection = newest; connection != null; connection = connection.older) {
        all.add(connection);
      }
    }
    all.sort(BY_NUMBER);
    return all;
  }

  /** A class and no lambda: the first lambda of a process costs more than a small capture. */
  private static final class ByNumber implements Comparator<Connection> {
    @Override
    public int compare(Connection a, Connection b) {
      return Integer.compare(a.number(), b.number());
    }
  }
}
