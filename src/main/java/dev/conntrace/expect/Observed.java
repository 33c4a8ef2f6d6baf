package dev.conntrace.expect;

import dev.conntrace.trace.SegmentSeen;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a fact is read from.
 *
 * @param trace the capture
 * @param connection the connection; null where the capture itself is looked at, or a segment of a
 *     connection that was not kept
 * @param segment the segment; null unless one is looked at
 */
public record Observed(
    Trace trace, @Nullable ConnectionTrace connection, @Nullable SegmentSeen segment) {

  /** Returns the connection's number; 0 for a capture. */
  public int number() {
    return connection == null ? 0 : connection.number();
  }

  /** Returns the connection. */
  ConnectionTrace inConnection() {
    if (connection == null) {
      throw new IllegalStateException("a fact of connections was asked of a capture");
    }
    return connection;
  }

  /** Returns the segment. */
  SegmentSeen inSegment() {
    if (segment == null) {
      throw new IllegalStateException("a fact of segments was asked of something else");
    }
    return segment;
  }
}
