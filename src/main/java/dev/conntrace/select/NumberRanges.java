package dev.conntrace.select;

import java.util.ArrayList;
import java.util.List;

/** Numbers and ranges of numbers that were named: {@code 3}, {@code 1,4}, {@code 7-9}. */
final class NumberRanges {
  private record Range(int first, int last) {}

  private final List<Range> ranges = new ArrayList<>();
  private final String what;

  /**
   * Reads the words, each a comma-separated list.
   *
   * @param what is numbered, for messages: {@code connection}
   * @throws SelectionException if one is no number from 1 and no range of such
   */
  NumberRanges(String what, List<String> words) throws SelectionException {
    this.what = what;
    for (String word : words) {
      for (String part : word.split(",", -1)) {
        ranges.add(range(word, part));
      }
    }
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  boolean contains(long number) {
    for (Range range : ranges) {
      if (number >= range.first && number <= range.last) {
        return true;
      }
    }
    return false;
  }

  private Range range(String word, String part) throws SelectionException {
    int dash = part.indexOf('-');
    int first = Digits.parse(dash < 0 ? part : part.substring(0, dash), Integer.MAX_VALUE);
    int last = dash < 0 ? first : Digits.parse(part.substring(dash + 1), Integer.MAX_VALUE);
    if (first < 1 || last < first) {
      throw new SelectionException(
          "'" + word + "' is no " + what + " number: give 3, or 1,4, or 7-9, counted from 1");
    }
    return new Range(first, last);
  }
}
