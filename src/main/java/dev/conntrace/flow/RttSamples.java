package dev.conntrace.flow;

import dev.conntrace.trace.RttStatistics;
import java.util.Arrays;

/**
 * Least, median and largest round-trip time of a connection in bounded room: of very many samples
 * it keeps every second, fourth, eighth.
 */
final class RttSamples {
  private static final int MAX_KEPT = 256;

  private long[] kept = new long[4];
  private int size;

  /** A power of two. */
  private long every = 1;

  private long samples;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;

  void add(long rttNanos) {
    minNanos = Math.min(minNanos, rttNanos);
    maxNanos = Math.max(maxNanos, rttNanos);
    if ((samples++ & (every - 1)) != 0) {
      return;
    }
    if (size == kept.length) {
      makeRoom();
    }
    kept[size++] = rttNanos;
  }

  private void makeRoom() {
    if (size < MAX_KEPT) {
      kept = Arrays.copyOf(kept, 2 * size);
      return;
    }
    for (int i = 0; i < size / 2; i++) {
      kept[i] = kept[2 * i];
    }
    size /= 2;
    every *= 2;
  }

  RttStatistics statistics() {
    if (samples == 0) {
      return new RttStatistics(0, 0, 0, 0);
    }
    long[] sorted = Arrays.copyOf(kept, size);
    Arrays.sort(sorted);
    return new RttStatistics(minNanos, sorted[(size - 1) / 2], maxNanos, samples);
  }
}
