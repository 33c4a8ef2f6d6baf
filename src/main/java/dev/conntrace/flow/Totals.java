package dev.conntrace.flow;

import dev.conntrace.trace.DirectionTotals;
import dev.conntrace.wire.ChecksumState;

/** What one endpoint sent, counted. */
public final class Totals {
  private long segments;
  private long bytes;
  private long uniqueBytes;
  private int largestPayload;
  private long lastTimeNanos;
  private long lastDataTimeNanos;
  private long lastFrame;

  /** Made when the first one is verified. */
  private ChecksumTally checksums = ChecksumTally.NONE;

  /** Counts a segment of which {@code fresh} payload bytes had not been seen before. */
  void count(FlowSegment segment, long fresh) {
    segments++;
    lastTimeNanos = segment.timeNanos();
    lastFrame = segment.frame();
    countChecksum(segment);
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
    countChecksum(segment);
  }

  private void countChecksum(FlowSegment segment) {
    ChecksumState found = segment.checksum();
    if (found == ChecksumState.NOT_CAPTURED || found == ChecksumState.NOT_VERIFIED) {
      return;
    }
    if (checksums == ChecksumTally.NONE) {
      checksums = new ChecksumTally();
    }
    checksums.count(found, segment);
  }

  /** Counts a window probe, of which {@code fresh} payload bytes had not been seen before. */
  void countProbe(FlowSegment probe, long fresh) {
    countAside(probe);
    uniqueBytes += fresh;
  }

  DirectionTotals report(long missingBytes) {
    return new DirectionTotals(segments, bytes, uniqueBytes, missingBytes);
  }

  /**
   * Returns whether this end's checksums mean anything where the capture was taken: most of those
   * that were verified are right.
   */
  boolean hasReliableChecksums() {
    return checksums.isReliable();
  }

  /**
   * Returns whether so many of this end's checksums were right up to now that one that is not must
   * be damage.
   *
   * @param overPayload whether it covers payload: a card may fill in only those, and payload may
   *     have been blotted out of the capture
   */
  public boolean showsDamageByChecksum(boolean overPayload) {
    return checksums.showsDamage(overPayload);
  }

  /** Returns whether something that this end sent may have been thrown away unread. */
  public boolean hasBadChecksums() {
    return checksums.bad() > 0;
  }

  /** Returns how many checksums were left to a network card. */
  int partialChecksums() {
    return checksums.partial();
  }

  int badChecksums() {
    return checksums.bad();
  }

  /** Returns the first frames whose checksums are bad. */
  FirstFrames badFrames() {
    return checksums.badFrames();
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
