package dev.conntrace.select;

import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import org.jspecify.annotations.Nullable;

/**
 * What a condition is asked about: a segment, a finished connection, or a connection of which no
 * more is known than its number and addresses.
 *
 * @param connection the connection's number
 * @param key who talks to whom
 * @param segment the segment; null where a connection is asked about
 * @param report the finished connection; null where a segment is asked about
 * @param truths what is known already of a segment's connection: a bit for each test of a
 *     connection's field
 * @param startNanos when the capture began
 */
record Subject(
    int connection,
    ConnectionKey key,
    @Nullable SegmentSeen segment,
    @Nullable ConnectionReport report,
    long truths,
    long startNanos) {

  static Subject of(SegmentSeen segment, long truths, long startNanos) {
    return new Subject(segment.connection(), segment.key(), segment, null, truths, startNanos);
  }

  static Subject of(ConnectionReport report, long startNanos) {
    return new Subject(report.connection(), report.key(), null, report, 0, startNanos);
  }
}
