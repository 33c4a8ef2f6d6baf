package dev.conntrace.flow;

import dev.conntrace.trace.RttStatistics;
import java.util.Arrays;

/**
 * Least, middle and largest round-trip times in bounded room: of very many samples it keeps every
 * second, fourth, eighth.
 */
public final class RttSamples {
  private static final int MAX_KEPT = 256;
  private static final int FIRST_KEPT = 2;
  private static final int PERCENTILE = 95;
  private static final long[] NOTHING = {};

  /** Nothing while there is one sample only: that is the least and the largest. */
  private long[] kept = NOTHING;

  private int size;

  /** A power of two. */
  private int every = 1;

  private long samples;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;

  /** Takes a sample in. */
  public void add(long rttNanos) {
    if (samples == 1) {
      keep(minNanos);
    }
    minNanos = Math.min(minNanos, rttNanos);
    maxNanos = Math.max(maxNanos, rttNanos);
    if (samples > 0 && (samples & (every - 1)) == 0) {
      keep(rttNanos);
    }
    samples++;
  }

  private void keep(long rttNanos) {
    if (size == kept.length) {
      makeRoom();
    }
    kept[size++] = rttNanos;
  }

  private void makeRoom() {
    if (size < MAX_KEPT) {
      kept = Arrays.copyOf(kept, Math.max(FIRST_KEPT, 2 * size));
      return;
    }
    for (int i = 0; i < size / 2; i++) {
      kept[i] = kept[2 * i];
    }
    size /= 2;
    every *= 2;
  }

  /** Returns what the samples add up to. */
  public RttStatistics statistics() {
    if (samples == 0) {
      return RttStatistics.NONE;
    }
    if (samples == 1) {
      return new RttStatistics(minNanos, minNanos, minNanos, maxNanos, 1);
    }
    long[] sorted = Arrays.copyOf(kept, size);
    Arrays.sort(sorted);
    long p95 = sorted[(size * PERCENTILE + 99) / 100 - 1];
    return new RttStatistics(minNanos, sorted[(size - 1) / 2], p95, maxNanos, samples);
  }
}
