package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes down what differs, and leaves out what does not count. */
final class DiffNotes {
  private final DiffOptions options;
  private final List<Difference> counted = new ArrayList<>();
  private final Map<DiffAspect, Integer> uncounted = new EnumMap<>(DiffAspect.class);

  DiffNotes(DiffOptions options) {
    this.options = options;
  }

  DiffOptions options() {
    return options;
  }

  List<Difference> counted() {
    return counted;
  }

  Map<DiffAspect, Integer> uncounted() {
    return uncounted;
  }

  /** Takes down a difference. */
  void add(Difference difference) {
    if (options.counted().contains(difference.aspect())) {
      counted.add(difference);
    } else {
      uncounted.merge(difference.aspect(), 1, Integer::sum);
    }
  }

  /** Returns a place for the differences of one pair of connections. */
  Of of(DiffMatching.Pair pair) {
    return new Of(pair);
  }

  /** Takes down what differs between two connections. */
  final class Of {
    private final DiffMatching.Pair pair;
    private final long[] comparable = new long[Side.values().length];

    private Of(DiffMatching.Pair pair) {
      this.pair = pair;
      for (Side side : Side.values()) {
        comparable[side.ordinal()] = pair.first().from(side).sameUpTo(pair.second().from(side));
      }
    }

    DiffConnection first() {
      return pair.first();
    }

    DiffConnection second() {
      return pair.second();
    }

    /** Returns what sentences call the first capture, or the second. */
    String name(boolean isFirst) {
      return isFirst ? options.first() : options.second();
    }

    /** Returns {@code A's client}. */
    String whose(boolean isFirst, Side side) {
      return DiffWords.whose(name(isFirst), side);
    }

    DiffTolerance tolerance() {
      return options.tolerance();
    }

    /** Returns up to which position the bytes of one side are the same in both. */
    long comparableEnd(Side side) {
      return comparable[side.ordinal()];
    }

    void add(DiffAspect aspect, @Nullable Side side, String text) {
      add(aspect, side, text, List.of(), List.of());
    }

    void add(
        DiffAspect aspect,
        @Nullable Side side,
        String text,
        List<Long> firstFrames,
        List<Long> secondFrames) {
      DiffNotes.this.add(
          new Difference(
              aspect,
              pair.first().number(),
              pair.second().number(),
              side,
              text,
              firstFrames,
              secondFrames));
    }
  }
}
