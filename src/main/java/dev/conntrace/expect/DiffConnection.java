package dev.conntrace.expect;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import java.util.ArrayList;
import java.util.List;

/** One connection as it is compared. */
final class DiffConnection {
  /** Linux gives out ports from here on; others from 49152 (RFC 6335 6). */
  private static final int FIRST_EPHEMERAL = 32_768;

  private final ConnectionReport report;
  private final DiffStream fromClient;
  private final DiffStream fromServer;
  private final List<DiffSegment> segments;
  private final boolean isWhole;
  private final long shape;

  /**
   * Takes what was recorded.
   *
   * @param isWhole whether all its segments were
   */
  DiffConnection(ConnectionTrace connection, boolean isWhole) {
    report = connection.report();
    fromClient = new DiffStream(connection.fromClient());
    fromServer = new DiffStream(connection.fromServer());
    this.isWhole = isWhole;
    List<DiffSegment> taken = new ArrayList<>(connection.segments().size());
    for (SegmentSeen event : connection.segments()) {
      taken.add(DiffSegment.of(event));
    }
    segments = List.copyOf(taken);
    shape = shapeOf(segments);
  }

  /** Returns the connections of a capture in the order of their first frames. */
  static List<DiffConnection> allOf(Trace trace) {
    List<DiffConnection> all = new ArrayList<>();
    for (ConnectionTrace connection : trace.connections()) {
      ConnectionReport report = connection.report();
      long sent = report.fromClient().segments() + report.fromServer().segments();
      boolean isWhole = trace.limits().isEmpty() || connection.segments().size() >= sent;
      all.add(new DiffConnection(connection, isWhole));
    }
    return all;
  }

  private static long shapeOf(List<DiffSegment> segments) {
    long shape = 1;
    for (DiffSegment segment : segments) {
      if (!segment.isPureAck()) {
        shape = shape * 31 + segment.from().ordinal();
        shape = shape * 31 + segment.start();
        shape = shape * 31 + segment.length();
        shape = shape * 31 + segment.flags();
      }
    }
    return shape;
  }

  ConnectionReport report() {
    return report;
  }

  int number() {
    return report.connection();
  }

  DiffStream from(Side side) {
    return side == Side.CLIENT ? fromClient : fromServer;
  }

  /** Returns its segments in the order of the capture. */
  List<DiffSegment> segments() {
    return segments;
  }

  /** Returns whether all segments are kept. */
  boolean isWhole() {
    return isWhole;
  }

  /** Returns a number that is the same where the same segments were sent in the same order. */
  long shape() {
    return shape;
  }

  /** Returns the server's port, or 0 where it is one that systems choose freely. */
  int namedPort() {
    int port = report.key().server().port();
    return port < FIRST_EPHEMERAL ? port : 0;
  }
}
