package dev.conntrace.stream;

/**
 * Two segments brought different bytes for the same positions. Both runs begin with the first byte
 * that differs, end with the last one, and are of one length.
 *
 * @param stream whose
 * @param kept what stays in the stream
 * @param other what does not
 */
public record StreamConflict(StreamId stream, StreamPiece kept, StreamPiece other) {
  /** Returns the position of the first byte that differs. */
  public long start() {
    return kept.start();
  }

  /** Returns the position after the last byte that differs. */
  public long end() {
    return kept.end();
  }
}
