package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import org.jspecify.annotations.Nullable;

/** How many segments of one connection carry each annotation: a byte each while that suffices. */
final class AnnotationCounts {
  private static final AnnotationKind[] KINDS = AnnotationKind.values();

  private byte @Nullable [] small = new byte[KINDS.length];
  private int @Nullable [] large;

  void count(AnnotationKind kind) {
    int i = kind.ordinal();
    if (small != null) {
      if (small[i] < Byte.MAX_VALUE) {
        small[i]++;
        return;
      }
      widen(small);
    }
    if (large != null) {
      large[i]++;
    }
  }

  /** Takes one back. */
  void uncount(AnnotationKind kind) {
    int i = kind.ordinal();
    if (small != null && small[i] > 0) {
      small[i]--;
    } else if (large != null && large[i] > 0) {
      large[i]--;
    }
  }

  private void widen(byte[] counts) {
    int[] wider = new int[counts.length];
    for (int i = 0; i < wider.length; i++) {
      wider[i] = counts[i];
    }
    large = wider;
    small = null;
  }

  /** Adds all counts to {@code sums}, which has a place for each kind. */
  void addTo(long[] sums) {
    if (small != null) {
      for (int i = 0; i < small.length; i++) {
        sums[i] += small[i];
      }
    } else {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += of(i);
      }
    }
  }

  int of(int ordinal) {
    if (large != null) {
      return large[ordinal];
    }
    return small == null ? 0 : small[ordinal];
  }
}
