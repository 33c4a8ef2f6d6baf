package dev.conntrace.render;

import java.util.ArrayList;
import java.util.List;

/** Finds the words that somebody may have meant. */
final class NearestWords {
  private static final int MOST = 5;

  private NearestWords() {}

  /**
   * Returns the words most like {@code word}, the most like first: those that differ by a few
   * letters, then those that contain it.
   */
  static List<String> to(String word, List<Glossary.Entry> entries) {
    String wanted = Glossary.normal(word);
    List<String> found = new ArrayList<>();
    if (wanted.isEmpty()) {
      return found;
    }
    int most = Math.max(1, wanted.length() / 3);
    for (int distance = 0; distance <= most && found.size() < MOST; distance++) {
      for (Glossary.Entry entry : entries) {
        for (String name : entry.names()) {
          if (distance(wanted, Glossary.normal(name), most) == distance) {
            add(found, name);
          }
        }
      }
    }
    for (Glossary.Entry entry : entries) {
      for (String name : entry.names()) {
        if (wanted.length() > 2 && Glossary.normal(name).contains(wanted)) {
          add(found, name);
        }
      }
    }
    return found;
  }

  private static void add(List<String> found, String name) {
    if (found.size() < MOST && !found.contains(name)) {
      found.add(name);
    }
  }

  /**
   * Returns how many letters must be changed, added or dropped; more than {@code most} is not
   * exact.
   */
  private static int distance(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) > most) {
      return most + 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
