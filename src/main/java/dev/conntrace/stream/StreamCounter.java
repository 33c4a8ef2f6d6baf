package dev.conntrace.stream;

/** Counts what becomes of one stream. */
final class StreamCounter {
  /** Of a stream of which nothing has come; never changed. */
  static final StreamCounter NONE = new StreamCounter();

  private long bytes;
  private long gaps;
  private long missingBytes;
  private long conflicts;
  private long notComparedBytes;
  private long asideBytes;
  private long boundsReached;

  void delivered(long count) {
    bytes += count;
  }

  void gap(long missing) {
    gaps++;
    missingBytes += missing;
  }

  void conflict() {
    conflicts++;
  }

  /** Counts bytes that came again; nothing where {@code count} is not positive. */
  void notCompared(long count) {
    notComparedBytes += Math.max(0, count);
  }

  void aside(long count) {
    asideBytes += count;
  }

  void boundReached() {
    boundsReached++;
  }

  StreamTotals totals(boolean finished) {
    return new StreamTotals(
        bytes,
        gaps,
        missingBytes,
        conflicts,
        notComparedBytes,
        asideBytes,
        boundsReached,
        finished);
  }
}
