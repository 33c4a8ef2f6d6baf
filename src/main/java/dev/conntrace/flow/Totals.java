package dev.conntrace.flow;

import dev.conntrace.trace.DirectionTotals;

/** What one endpoint sent, counted. */
public final class Totals {
  private long segments;
  private long bytes;
  private long uniqueBytes;
  private int largestPayload;
  private long lastTimeNanos;
  private long lastDataTimeNanos;
  private long lastFrame;

  /** Counts a segment of which {@code fresh} payload bytes had not been seen before. */
  void count(FlowSegment segment, long fresh) {
    segments++;
    lastTimeNanos = segment.timeNanos();
    lastFrame = segment.frame();
    int length = segment.length();
    if (length == 0) {
      return;
    }
    bytes += length;
    uniqueBytes += fresh;
    largestPayload = Math.max(largestPayload, length);
    lastDataTimeNanos = segment.timeNanos();
  }

  /** Counts a segment whose numbers mean nothing: a copy, or one that does not fit. */
  void countAside(FlowSegment segment) {
    segments++;
    bytes += segment.length();
    lastFrame = segment.frame();
  }

  /** Counts a window probe, of which {@code fresh} payload bytes had not been seen before. */
  void countProbe(FlowSegment probe, long fresh) {
    countAside(probe);
    uniqueBytes += fresh;
  }

  DirectionTotals report(long missingBytes) {
    return new DirectionTotals(segments, bytes, uniqueBytes, missingBytes);
  }

  public long segments() {
    return segments;
  }

  public long bytes() {
    return bytes;
  }

  /** Returns the largest payload of one segment so far: the MSS as it is really used. */
  public int largestPayload() {
    return largestPayload;
  }

  /** Returns when this end sent anything last. */
  public long lastTimeNanos() {
    return lastTimeNanos;
  }

  /** Returns when this end sent payload last; 0 if it never did. */
  public long lastDataTimeNanos() {
    return lastDataTimeNanos;
  }

  public long lastFrame() {
    return lastFrame;
  }
}
