package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds for each connection of one capture its counterpart in another.
 *
 * <p>Both are aligned in their order so that the pairs are as alike as possible: one more or one
 * less does not shift the others. What the alignment pairs although the bytes differ is let go
 * again, and paired by its bytes alone: connections that run side by side begin in any order. What
 * is left then is aligned once more.
 */
final class DiffMatching {
  /** Two connections, one of each capture. */
  record Pair(DiffConnection first, DiffConnection second) {}

  /** How many pairs are weighed at most; beyond that, bytes and order decide. */
  private static final long MOST_CELLS = 4_000_000;

  /** Less is no likeness: two connections to different ports with different bytes. */
  private static final int LEAST_LIKENESS = 8;

  private final List<DiffConnection> first;
  private final List<DiffConnection> second;
  private final DiffConnection[] counterpart;
  private final boolean[] taken;

  private DiffMatching(List<DiffConnection> first, List<DiffConnection> second) {
    this.first = first;
    this.second = second;
    counterpart = new DiffConnection[first.size()];
    taken = new boolean[second.size()];
  }

  /** Returns the pairs in the order of the first capture; each connection is in one at most. */
  static List<Pair> pairs(List<DiffConnection> first, List<DiffConnection> second) {
    DiffMatching matching = new DiffMatching(first, second);
    matching.match();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      if (matching.counterpart[i] != null) {
        pairs.add(new Pair(first.get(i), matching.counterpart[i]));
      }
    }
    return pairs;
  }

  private void match() {
    if (first.size() == 1 && second.size() == 1) {
      pair(0, 0);
      return;
    }
    align(true);
    byBytes();
    align(false);
  }

  private void pair(int one, int other) {
    counterpart[one] = second.get(other);
    taken[other] = true;
  }

  /** Pairs what is free in the order of both, so that the sum of all likeness is greatest. */
  private void align(boolean onlySameBytes) {
    int[] one = free(first.size(), true);
    int[] other = free(second.size(), false);
    int same = 0;
    while (same < Math.min(one.length, other.length) && isExact(one[same], other[same])) {
      pair(one[same], other[same]);
      same++;
    }
    one = Arrays.copyOfRange(one, same, one.length);
    other = Arrays.copyOfRange(other, same, other.length);
    if ((long) one.length * other.length <= MOST_CELLS) {
      align(one, other, onlySameBytes);
    }
  }

  private void align(int[] one, int[] other, boolean onlySameBytes) {
    int[][] best = new int[one.length + 1][other.length + 1];
    for (int i = one.length - 1; i >= 0; i--) {
      for (int j = other.length - 1; j >= 0; j--) {
        int paired = best[i + 1][j + 1] + likeness(one[i], other[j]);
        best[i][j] = Math.max(paired, Math.max(best[i + 1][j], best[i][j + 1]));
      }
    }
    int i = 0;
    int j = 0;
    while (i < one.length && j < other.length) {
      int likeness = likeness(one[i], other[j]);
      if (likeness > 0 && best[i][j] == best[i + 1][j + 1] + likeness) {
        if (!onlySameBytes || hasSameBytes(first.get(one[i]), second.get(other[j]))) {
          pair(one[i], other[j]);
        }
        i++;
        j++;
      } else if (best[i][j] == best[i + 1][j]) {
        i++;
      } else {
        j++;
      }
    }
  }

  private int[] free(int count, boolean ofFirst) {
    int[] free = new int[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (ofFirst ? counterpart[i] == null : !taken[i]) {
        free[size++] = i;
      }
    }
    return Arrays.copyOf(free, size);
  }

  /** Pairs what said the same on the same port, first with first. */
  private void byBytes() {
    Map<List<String>, Deque<Integer>> waiting = new HashMap<>();
    for (int other : free(second.size(), false)) {
      waiting.computeIfAbsent(bytesOf(second.get(other)), none -> new ArrayDeque<>()).add(other);
    }
    for (int one : free(first.size(), true)) {
      Deque<Integer> same = waiting.get(bytesOf(first.get(one)));
      Integer other = same == null ? null : same.poll();
      if (other != null) {
        pair(one, other);
      }
    }
  }

  private static List<String> bytesOf(DiffConnection connection) {
    return List.of(
        Integer.toString(connection.namedPort()),
        connection.from(Side.CLIENT).digest(),
        connection.from(Side.SERVER).digest());
  }

  private static boolean hasSameBytes(DiffConnection one, DiffConnection other) {
    return one.namedPort() == other.namedPort()
        && one.from(Side.CLIENT).isSameAs(other.from(Side.CLIENT))
        && one.from(Side.SERVER).isSameAs(other.from(Side.SERVER));
  }

  private boolean isExact(int i, int j) {
    DiffConnection one = first.get(i);
    DiffConnection other = second.get(j);
    return one.shape() == other.shape() && hasSameBytes(one, other);
  }

  private int likeness(int i, int j) {
    DiffConnection one = first.get(i);
    DiffConnection other = second.get(j);
    int likeness = one.namedPort() == other.namedPort() ? LEAST_LIKENESS : 0;
    likeness += likeness(one.from(Side.CLIENT), other.from(Side.CLIENT));
    likeness += likeness(one.from(Side.SERVER), other.from(Side.SERVER));
    if (likeness < LEAST_LIKENESS) {
      return 0;
    }
    likeness += one.shape() == other.shape() ? 8 : 0;
    likeness += one.report().opened() == other.report().opened() ? 4 : 0;
    likeness += one.report().closed() == other.report().closed() ? 2 : 0;
    return likeness + (one.report().closedFirst() == other.report().closedFirst() ? 1 : 0);
  }

  /** Returns 16 for the same bytes, 4 where both have none, less the earlier they differ. */
  private static int likeness(DiffStream one, DiffStream other) {
    if (one.isSameAs(other)) {
      return one.isEmpty() ? 4 : 16;
    }
    int same = 0;
    int length = Math.min(64, Math.min(one.head().length, other.head().length));
    while (same < length && one.head()[same] == other.head()[same]) {
      same++;
    }
    return length == 0 ? 0 : same * 8 / length;
  }
}
