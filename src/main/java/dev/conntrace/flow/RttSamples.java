package dev.conntrace.flow;

import dev.conntrace.trace.RttStatistics;
import java.util.Arrays;

/**
 * Least, middle and largest round-trip times in bounded room: of very many samples it keeps every
 * second, fourth, eighth.
 */
public final class RttSamples {
  private static final int MAX_KEPT = 256;
  private static final int FIRST_KEPT = 4;
  private static final int PERCENTILE = 95;
  private static final long[] NOTHING = {};

  /** Nothing while there are two samples at most: these are the least and the largest. */
  private long[] kept = NOTHING;

  private short size;

  /** Whether the second sample was less than the first. */
  private boolean fell;

  /** A power of two. */
  private int every = 1;

  private long samples;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;

  /** Takes a sample in, which is not negative. */
  public void add(long rttNanos) {
    if (samples == 1) {
      fell = rttNanos < minNanos;
    } else if (samples == 2) {
      keep(fell ? maxNanos : minNanos);
      keep(fell ? minNanos : maxNanos);
    }
    minNanos = Math.min(minNanos, rttNanos);
    maxNanos = Math.max(maxNanos, rttNanos);
    if (samples > 1 && (samples & (every - 1)) == 0) {
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
    size = (short) (size / 2);
    for (int i = 0; i < size; i++) {
      kept[i] = kept[2 * i];
    }
    every *= 2;
  }

  /** Returns what the samples add up to. */
  public RttStatistics statistics() {
    if (samples == 0) {
      return RttStatistics.NONE;
    }
    if (samples <= 2) {
      return new RttStatistics(minNanos, minNanos, maxNanos, maxNanos, samples);
    }
    long[] sorted = Arrays.copyOf(kept, size);
    Arrays.sort(sorted);
    long p95 = sorted[(size * PERCENTILE + 99) / 100 - 1];
    return new RttStatistics(minNanos, sorted[(size - 1) / 2], p95, maxNanos, samples);
  }
}
