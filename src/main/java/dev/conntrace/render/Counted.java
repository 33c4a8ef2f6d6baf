package dev.conntrace.render;

import java.util.List;

/** Numbers of things, and lists of them, as people write them. */
final class Counted {
  private static final int MOST_NAMED = 6;

  private Counted() {}

  /** Returns {@code 1 segment}, {@code 2 segments}. */
  static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** Returns {@code frame 4}, {@code frames 4-9}. */
  static String frames(long first, long last) {
    return first == last ? "frame " + first : "frames " + first + "-" + last;
  }

  /**
   * Returns {@code frames 4, 6 and 7}; of more than a handful only the first ones, and how many
   * more.
   */
  static String frames(List<Long> frames) {
    int shown = frames.size() <= MOST_NAMED + 1 ? frames.size() : MOST_NAMED;
    StringBuilder text = new StringBuilder(frames.size() == 1 ? "frame " : "frames ");
    for (int i = 0; i < shown; i++) {
      boolean last = i == frames.size() - 1;
      text.append(i == 0 ? "" : last ? " and " : ", ").append(frames.get(i));
    }
    if (shown < frames.size()) {
      text.append(" and ").append(frames.size() - shown).append(" more");
    }
    return text.toString();
  }

  /** Returns {@code byte 1}, {@code bytes 1-10}; {@code end} is the position after the last. */
  static String bytes(long first, long end) {
    return (end - first == 1 ? "byte " : "bytes ") + range(first, end);
  }

  /** Returns {@code 1}, {@code 1-10}, {@code -5 to -1}. */
  static String range(long first, long end) {
    if (end - first == 1) {
      return Long.toString(first);
    }
    return first + (first < 0 ? " to " : "-") + (end - 1);
  }
}
