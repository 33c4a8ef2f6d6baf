package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest connection between two addresses and ports, whichever way a segment goes, and
 * knows which has been quiet longest.
 */
class ConnectionTable {
  private static final int INITIAL_BUCKETS = 1 << 10;
  private static final Comparator<Connection> BY_NUMBER = new ByNumber();
  private static final Comparator<Connection> QUIETEST_FIRST = new QuietestFirst();

  private @Nullable Connection[] buckets = new @Nullable Connection[INITIAL_BUCKETS];
  private int size;

  /** In the order of their last frames as it was when this was last filled. */
  private final ArrayDeque<Connection> quiet = new ArrayDeque<>();

  /** The latest of those last frames: who has a later one has been heard of since. */
  private long quietSinceFrame;

  int size() {
    return size;
  }

  /** Returns the newest connection that a segment may belong to, or null. */
  @Nullable Connection find(Segment segment) {
    int hash = hashOf(segment);
    Connection connection = buckets[hash & (buckets.length - 1)];
    while (connection != null && (connection.hash != hash || !isOf(connection, segment))) {
      connection = connection.nextInBucket;
    }
    return connection;
  }

  /** Returns the same number for all segments of a connection. */
  int hashOf(Segment segment) {
    return segment.flowHash();
  }

  /** Returns whether a segment, whose hash was asked for last, may belong to a connection. */
  boolean isOf(Connection connection, Segment segment) {
    return connection.carries(segment);
  }

  /** Adds a connection that {@link #find} will return from now on for its addresses and ports. */
  void add(Connection connection, Segment segment) {
    if (size >= buckets.length) {
      grow();
    }
    connection.hash = hashOf(segment);
    int bucket = connection.hash & (buckets.length - 1);
    connection.nextInBucket = buckets[bucket];
    buckets[bucket] = connection;
    size++;
    connection.listed = true;
  }

  private void grow() {
    @Nullable Connection[] narrow = buckets;
    buckets = new @Nullable Connection[2 * narrow.length];
    for (Connection chain : narrow) {
      Connection connection = chain;
      while (connection != null) {
        Connection next = connection.nextInBucket;
        int bucket = connection.hash & (buckets.length - 1);
        connection.nextInBucket = buckets[bucket];
        buckets[bucket] = connection;
        connection = next;
      }
    }
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
    connection.listed = false;
    size--;
  }

  /**
   * Returns the connection that has been quiet longest, or null if there is none.
   *
   * <p>Asked only when very many are open at once. So no order is kept from packet to packet: all
   * are ranked now and then, and passed over later if they have been heard of since.
   */
  @Nullable Connection quietest() {
    if (size == 0) {
      return null;
    }
    while (true) {
      Connection first = quiet.pollFirst();
      if (first == null) {
        rank();
      } else if (first.listed && first.lastFrame() <= quietSinceFrame) {
        quiet.addFirst(first);
        return first;
      }
    }
  }

  private void rank() {
    List<Connection> newest = newest();
    newest.sort(QUIETEST_FIRST);
    quiet.addAll(newest);
    quietSinceFrame = quiet.getLast().lastFrame();
  }

  private List<Connection> newest() {
    List<Connection> newest = new ArrayList<>(size);
    for (Connection chain : buckets) {
      for (Connection at = chain; at != null; at = at.nextInBucket) {
        newest.add(at);
      }
    }
    return newest;
  }

  /**
   * Returns all connections and the older incarnations behind them, in the order of their numbers.
   */
  List<Connection> all() {
    List<Connection> all = new ArrayList<>(size);
    for (Connection newest : newest()) {
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

  /** A class for the same reason. */
  private static final class QuietestFirst implements Comparator<Connection> {
    @Override
    public int compare(Connection a, Connection b) {
      return Long.compare(a.lastFrame(), b.lastFrame());
    }
  }
}
