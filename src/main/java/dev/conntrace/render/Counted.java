package dev.conntrace.render;

/** Numbers of things, and lists of them, as people write them. */
final class Counted {
  private Counted() {}

  /** Returns {@code 1 segment}, {@code 2 segments}. */
  static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** Returns {@code frame 4}, {@code frames 4-9}. */
  static String frames(long first, long last) {
    return first == last ? "frame " + first : "frames " + first + "-" + last;
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
