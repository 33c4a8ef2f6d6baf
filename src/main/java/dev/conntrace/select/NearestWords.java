package dev.conntrace.select;

import java.util.ArrayList;
import java.util.List;

/** Finds what somebody meant who mistyped a word. */
public final class NearestWords {
  private static final int MOST = 3;

  /** Shorter parts are in too many words. */
  private static final int LEAST_PART = 3;

  private NearestWords() {}

  /**
   * Returns the known words that are nearest, up to three: those that differ by the fewest letters,
   * or else those that contain it; none where none is near enough.
   */
  public static List<String> of(String word, Iterable<String> known) {
    int least = Math.max(1, word.length() / 3);
    List<String> nearest = new ArrayList<>();
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < least) {
        least = distance;
        nearest.clear();
      }
      if (distance == least) {
        add(nearest, candidate);
      }
    }
    return nearest.isEmpty() ? containing(word, known) : nearest;
  }

  /** Returns the known words of which this is a part. */
  private static List<String> containing(String word, Iterable<String> known) {
    List<String> longer = new ArrayList<>();
    for (String candidate : known) {
      if (word.length() >= LEAST_PART && candidate.contains(word)) {
        add(longer, candidate);
      }
    }
    return longer;
  }

  private static void add(List<String> words, String word) {
    if (words.size() < MOST && !words.contains(word)) {
      words.add(word);
    }
  }

  /** Returns {@code ; did you mean a or b?}, or nothing where no known word is near. */
  public static String question(String word, Iterable<String> known) {
    List<String> nearest = of(word, known);
    return nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
  }

  /**
   * How many characters must be put in, taken out, changed or swapped with the next to get from one
   * word to the other.
   */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    int[] above = row;
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] next = new int[to.length() + 1];
      next[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = row[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(changed, 1 + Math.min(row[j], next[j - 1]));
        if (isSwapped(from, i, to, j)) {
          next[j] = Math.min(next[j], 1 + above[j - 2]);
        }
      }
      above = row;
      row = next;
    }
    return row[to.length()];
  }

  /** Returns whether the two characters before {@code i} are those before {@code j} in turn. */
  private static boolean isSwapped(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
