package dev.conntrace.chronicle;

import dev.conntrace.trace.StreamBuffers.PushRuns;
import dev.conntrace.trace.StreamBuffers.Sizes;
import java.util.Arrays;

/**
 * The runs of segments of one stream, of which there are several. In bounded room: of very many it
 * keeps every second, fourth, eighth for the median.
 */
final class RunLog {
  private static final int MOST_KEPT = 128;
  private static final int FIRST_KEPT = 2;

  private long[] keptBytes = new long[FIRST_KEPT];
  private long[] keptSegments = new long[FIRST_KEPT];
  private int kept;

  /** A power of two. */
  private long every = 1;

  private long runs;
  private long leastBytes = Long.MAX_VALUE;
  private long mostBytes;
  private long leastSegments = Long.MAX_VALUE;
  private long mostSegments;

  /** Begins with the first run. */
  RunLog(long bytes, long segments) {
    add(bytes, segments);
  }

  /** Takes in the next run. */
  void add(long bytes, long segments) {
    leastBytes = Math.min(leastBytes, bytes);
    mostBytes = Math.max(mostBytes, bytes);
    leastSegments = Math.min(leastSegments, segments);
    mostSegments = Math.max(mostSegments, segments);
    if ((runs & (every - 1)) == 0) {
      keep(bytes, segments);
    }
    runs++;
  }

  private void keep(long bytes, long segments) {
    if (kept == keptBytes.length) {
      makeRoom();
    }
    keptBytes[kept] = bytes;
    keptSegments[kept++] = segments;
  }

  private void makeRoom() {
    if (kept < MOST_KEPT) {
      keptBytes = Arrays.copyOf(keptBytes, 2 * kept);
      keptSegments = Arrays.copyOf(keptSegments, 2 * kept);
      return;
    }
    for (int i = 0; i < kept / 2; i++) {
      keptBytes[i] = keptBytes[2 * i];
      keptSegments[i] = keptSegments[2 * i];
    }
    kept /= 2;
    every *= 2;
  }

  PushRuns report() {
    return new PushRuns(
        runs,
        new Sizes(leastBytes, median(keptBytes), mostBytes),
        new Sizes(leastSegments, median(keptSegments), mostSegments));
  }

  private long median(long[] values) {
    long[] sorted = Arrays.copyOf(values, kept);
    Arrays.sort(sorted);
    return sorted[(kept - 1) / 2];
  }
}
