package dev.conntrace.expect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of which of those that fit a selector something is expected. */
public enum Pick {
  /** Of each of them. */
  ALL("all"),
  /** Of at least one of them. */
  ANY("any"),
  /** Of the first. */
  FIRST("first"),
  /** Of the last. */
  LAST("last");

  private final String word;

  Pick(String word) {
    this.word = word;
  }

  /** Returns the word that rules use. */
  public String word() {
    return word;
  }

  /** Returns the pick of this word, or null if there is none. */
  static @Nullable Pick of(String word) {
    for (Pick pick : values()) {
      if (pick.word.equals(word)) {
        return pick;
      }
    }
    return null;
  }

  static List<String> all() {
    List<String> words = new ArrayList<>();
    for (Pick pick : values()) {
      words.add(pick.word);
    }
    return words;
  }

  /** Returns those of which something is expected. */
  <T> List<T> from(List<T> fitting) {
    if (fitting.isEmpty()) {
      return fitting;
    }
    return switch (this) {
      case ALL, ANY -> fitting;
      case FIRST -> fitting.subList(0, 1);
      case LAST -> fitting.subList(fitting.size() - 1, fitting.size());
    };
  }
}
