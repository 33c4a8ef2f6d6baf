package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many segments of one connection carry each annotation. Few kinds come up, so a pair of bytes
 * is kept for each of those, kind and count, while that suffices.
 */
final class AnnotationCounts {
  private static final AnnotationKind[] KINDS = AnnotationKind.values();
  private static final byte[] NOTHING = {};
  private static final int FEW_PAIRS = 4;

  private byte @Nullable [] pairs = NOTHING;
  private int @Nullable [] large;
  private int used;

  void count(AnnotationKind kind) {
    if (pairs != null && !countSmall(pairs, kind)) {
      widen(pairs);
    }
    if (large != null) {
      large[kind.ordinal()]++;
    }
  }

  /** Counts in the pairs; returns whether the count still fits. */
  private boolean countSmall(byte[] small, AnnotationKind kind) {
    int at = find(small, kind.ordinal());
    if (at < used) {
      if (small[at + 1] == Byte.MAX_VALUE) {
        return false;
      }
      small[at + 1]++;
      return true;
    }
    byte[] room =
        used < small.length ? small : Arrays.copyOf(small, Math.max(2 * FEW_PAIRS, 2 * used));
    room[used] = (byte) kind.ordinal();
    room[used + 1] = 1;
    used += 2;
    pairs = room;
    return true;
  }

  /** Returns where the pair of a kind is; behind the last where there is none. */
  private int find(byte[] small, int ordinal) {
    int at = 0;
    while (at < used && small[at] != ordinal) {
      at += 2;
    }
    return at;
  }

  private void widen(byte[] small) {
    int[] wider = new int[KINDS.length];
    for (int at = 0; at < used; at += 2) {
      wider[small[at]] = small[at + 1];
    }
    large = wider;
    pairs = null;
  }

  /** Takes one back. */
  void uncount(AnnotationKind kind) {
    if (large != null) {
      large[kind.ordinal()] = Math.max(0, large[kind.ordinal()] - 1);
    } else if (pairs != null) {
      int at = find(pairs, kind.ordinal());
      if (at < used && pairs[at + 1] > 0) {
        pairs[at + 1]--;
      }
    }
  }

  /** Adds all counts to {@code sums}, which has a place for each kind. */
  void addTo(long[] sums) {
    for (int i = 0; i < size(); i++) {
      sums[kindAt(i).ordinal()] += countAt(i);
    }
  }

  int of(AnnotationKind kind) {
    if (pairs == null) {
      return large == null ? 0 : large[kind.ordinal()];
    }
    int at = find(pairs, kind.ordinal());
    return at < used ? pairs[at + 1] : 0;
  }

  /** Returns how many kinds there may be counts of: see {@link #kindAt} and {@link #countAt}. */
  int size() {
    return pairs == null ? KINDS.length : used / 2;
  }

  AnnotationKind kindAt(int i) {
    return KINDS[pairs == null ? i : pairs[2 * i]];
  }

  /** Returns the count of that kind, which may be 0. */
  int countAt(int i) {
    return pairs == null ? of(KINDS[i]) : pairs[2 * i + 1];
  }
}
