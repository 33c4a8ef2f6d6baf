package dev.conntrace.stream;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of positions that one segment brought, or that no segment brought. It never changes; its
 * bytes are shared and must not be written to.
 */
public final class StreamPiece {
  /**
   * What it takes in memory beside its bytes: the object, its array's head, its place in a tree.
   */
  private static final long OVERHEAD_BYTES = 128;

  private final long start;
  private final long end;
  private final byte @Nullable [] bytes;
  private final StreamGap.@Nullable Reason missing;
  private final long frame;
  private final long timestampNanos;
  private final boolean doubted;

  private StreamPiece(
      long start,
      long end,
      byte @Nullable [] bytes,
      StreamGap.@Nullable Reason missing,
      long frame,
      long timestampNanos,
      boolean doubted) {
    this.start = start;
    this.end = end;
    this.bytes = bytes;
    this.missing = missing;
    this.frame = frame;
    this.timestampNanos = timestampNanos;
    this.doubted = doubted;
  }

  /**
   * Returns captured bytes that begin at position {@code start}.
   *
   * @param doubted whether a wrong checksum speaks against them
   */
  static StreamPiece of(
      long start, byte[] bytes, long frame, long timestampNanos, boolean doubted) {
    return new StreamPiece(
        start, start + bytes.length, bytes, null, frame, timestampNanos, doubted);
  }

  /** Returns the positions from {@code start} to {@code end}, whose bytes are missing. */
  static StreamPiece missing(
      long start, long end, StreamGap.Reason reason, long frame, long timestampNanos) {
    return new StreamPiece(start, end, null, reason, frame, timestampNanos, false);
  }

  /** Returns captured pieces of one frame that follow each other without a break as one. */
  static StreamPiece joined(List<StreamPiece> run) {
    StreamPiece first = run.get(0);
    StreamPiece last = run.get(run.size() - 1);
    byte[] bytes = new byte[(int) (last.end - first.start)];
    for (StreamPiece piece : run) {
      byte[] part = piece.bytes();
      System.arraycopy(part, 0, bytes, (int) (piece.start - first.start), part.length);
    }
    return of(first.start, bytes, first.frame, first.timestampNanos, first.doubted);
  }

  /** Returns the part from {@code from} to {@code to}, which must lie within. */
  StreamPiece cut(long from, long to) {
    if (from == start && to == end) {
      return this;
    }
    byte[] part =
        bytes == null ? null : Arrays.copyOfRange(bytes, (int) (from - start), (int) (to - start));
    return new StreamPiece(from, to, part, missing, frame, timestampNanos, doubted);
  }

  /** Returns whether a wrong checksum speaks against its bytes. */
  boolean isDoubted() {
    return doubted;
  }

  /** Returns the position of the first byte: 1 is the first of the stream. */
  public long start() {
    return start;
  }

  /** Returns the position after the last byte. */
  public long end() {
    return end;
  }

  /** Returns how many positions it covers; those of missing bytes may be more than an int holds. */
  public long length() {
    return end - start;
  }

  /** Returns whether the capture holds its bytes. */
  public boolean isCaptured() {
    return bytes != null;
  }

  /** Returns the bytes; none where they are missing. */
  public byte[] bytes() {
    return bytes == null ? new byte[0] : bytes;
  }

  /** Returns why the bytes are missing; null where they are not. */
  StreamGap.@Nullable Reason missing() {
    return missing;
  }

  /** Returns the frame that brought it; 0 for what no frame brought. */
  public long frame() {
    return frame;
  }

  /** Returns when, in nanoseconds since 1970, or {@code SegmentFacts.NO_TIMESTAMP}. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /** Returns about how many bytes of memory it takes. */
  long cost() {
    return OVERHEAD_BYTES + (bytes == null ? 0 : bytes.length);
  }
}
