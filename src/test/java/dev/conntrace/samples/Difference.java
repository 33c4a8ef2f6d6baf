package dev.conntrace.samples;

import java.util.List;
import java.util.Optional;

/** Where two texts first differ, in a few lines. */
final class Difference {
  private static final int SHOWN = 3;
  private static final int LONGEST = 400;

  private Difference() {}

  /** Returns nothing where the texts are equal. */
  static Optional<String> between(String expected, String actual) {
    if (expected.equals(actual)) {
      return Optional.empty();
    }
    List<String> wanted = List.of(expected.split("\n", -1));
    List<String> found = List.of(actual.split("\n", -1));
    int first = 0;
    while (lineOf(wanted, first).equals(lineOf(found, first))) {
      first++;
    }
    StringBuilder text = new StringBuilder("first difference in line ").append(first + 1);
    if (first > 0) {
      append(text, "    same ", wanted.get(first - 1), 0);
    }
    int column = column(lineOf(wanted, first), lineOf(found, first));
    for (int i = first; i < Math.min(first + SHOWN, wanted.size()); i++) {
      append(text, "expected ", wanted.get(i), column);
    }
    for (int i = first; i < Math.min(first + SHOWN, found.size()); i++) {
      append(text, "  actual ", found.get(i), column);
    }
    return Optional.of(text.toString());
  }

  /** A line that is not there differs from every line that is. */
  private static String lineOf(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "\n";
  }

  private static int column(String one, String other) {
    int column = 0;
    while (column < Math.min(one.length(), other.length())
        && one.charAt(column) == other.charAt(column)) {
      column++;
    }
    return column;
  }

  /** Of a long line only the part around the first difference. */
  private static void append(StringBuilder text, String label, String line, int column) {
    int from = line.length() <= LONGEST ? 0 : Math.max(0, Math.min(column, line.length()) - 80);
    int to = Math.min(line.length(), from + LONGEST);
    text.append('\n').append(label).append(from > 0 ? "..." : "");
    text.append(line, from, to).append(to < line.length() ? "..." : "");
  }
}
