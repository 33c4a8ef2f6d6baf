package dev.conntrace.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Two segments brought different bytes for the same positions. Both runs begin with the first byte
 * that differs, end with the last one, and are of one length.
 *
 * @param stream whose
 * @param kept what stays in the stream
 * @param other what does not
 */
public record StreamConflict(StreamId stream, StreamPiece kept, StreamPiece other) {
  /** Returns where two pieces for the same positions differ; null if they do not. */
  static @Nullable StreamConflict between(StreamId stream, StreamPiece kept, StreamPiece other) {
    byte[] one = kept.bytes();
    byte[] two = other.bytes();
    int first = Arrays.mismatch(one, two);
    if (first < 0) {
      return null;
    }
    int end = one.length;
    while (one[end - 1] == two[end - 1]) {
      end--;
    }
    long from = kept.start() + first;
    long to = kept.start() + end;
    return new StreamConflict(stream, kept.cut(from, to), other.cut(from, to));
  }

  /** Returns the position of the first byte that differs. */
  public long start() {
    return kept.start();
  }

  /** Returns the position after the last byte that differs. */
  public long end() {
    return kept.end();
  }
}
