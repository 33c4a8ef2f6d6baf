package dev.conntrace.select;

import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What an expression chooses in one capture.
 *
 * <p>A segment comes before the end of its connection, and a connection's record does not hold its
 * segments. So a capture may have to be read beforehand: once for what the expression asks of
 * connections, of which a long a connection is kept, and once more for which connections have a
 * segment that it holds for, which takes a bit.
 */
final class Choice {
  private static final int FIRST_CAPACITY = 64;

  private final Where where;
  private final boolean choosesSegments;
  private long[] truths = new long[FIRST_CAPACITY];
  private final BitSet connections = new BitSet();
  private boolean knowsTruths;
  private boolean knowsConnections;
  private long startNanos;

  /**
   * Prepares to choose.
   *
   * @param choosesSegments whether single segments are chosen, not whole connections
   */
  Choice(Where where, boolean choosesSegments) {
    this.where = where;
    this.choosesSegments = choosesSegments;
    this.knowsTruths = !where.asksConnections() || !(choosesSegments || where.asksSegments());
    this.knowsConnections = choosesSegments || !where.asksSegments();
  }

  /** Returns the choice by the same expression in another capture. */
  Choice anew(long captureStartNanos) {
    Choice choice = new Choice(where, choosesSegments);
    choice.startNanos = captureStartNanos;
    return choice;
  }

  boolean isRelative() {
    return where.isRelative();
  }

  /** Returns what must see the whole capture next; null if everything is known. */
  @Nullable TraceSink survey(ConnectionSelection selection) {
    if (!knowsTruths) {
      return new ConnectionSurvey(selection, this);
    }
    return knowsConnections ? null : new SegmentSurvey(selection, this);
  }

  /** Learns of a finished connection. */
  void learn(ConnectionReport report) {
    if (report.connection() >= truths.length) {
      truths = Arrays.copyOf(truths, Math.max(truths.length * 2, report.connection() + 1));
    }
    truths[report.connection()] = where.condition().truths(Subject.of(report, startNanos));
  }

  /** Learns that all finished connections are known. */
  void endConnections() {
    knowsTruths = true;
  }

  /** Returns whether a segment is known to have chosen its connection. */
  boolean isChosen(int connection) {
    return connections.get(connection);
  }

  /** Learns of a segment. */
  void learn(SegmentSeen event) {
    if (holds(event)) {
      connections.set(event.connection());
    }
  }

  /** Learns that all segments are known. */
  void endSegments() {
    knowsConnections = true;
  }

  /** Returns whether a connection of this number can still be chosen. */
  boolean mayInclude(int connection) {
    return choosesSegments
        || !where.asksSegments()
        || !knowsConnections
        || connections.get(connection);
  }

  /** Returns whether a connection with this number and these addresses can still be chosen. */
  boolean mayInclude(int connection, ConnectionKey key) {
    return mayInclude(connection)
        && where.condition().mayHold(new Subject(connection, key, null, null, 0, startNanos));
  }

  boolean includes(SegmentSeen event) {
    if (!choosesSegments) {
      throw new IllegalStateException("connections are chosen, not segments");
    }
    return holds(event);
  }

  boolean includes(ConnectionReport report) {
    if (choosesSegments || !knowsConnections) {
      throw new IllegalStateException("the capture was not surveyed for connections");
    }
    return where.asksSegments()
        ? connections.get(report.connection())
        : where.condition().holds(Subject.of(report, startNanos));
  }

  private boolean holds(SegmentSeen event) {
    if (!knowsTruths) {
      throw new IllegalStateException("the capture was not surveyed for what segments belong to");
    }
    int connection = event.connection();
    long known = connection < truths.length ? truths[connection] : 0;
    return where.condition().holds(Subject.of(event, known, startNanos));
  }
}
