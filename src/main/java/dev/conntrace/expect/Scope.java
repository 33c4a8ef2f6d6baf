package dev.conntrace.expect;

import org.jspecify.annotations.Nullable;

/** What an expectation is about. */
public enum Scope {
  /** The whole capture. */
  CAPTURE("capture"),
  /** Each of the connections that a selector picks. */
  CONNECTION("connection"),
  /** Each of the segments that a selector picks. */
  SEGMENT("segment");

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  /** Returns the word that rules use. */
  public String word() {
    return word;
  }

  /** Returns the scope of this word, or null if there is none. */
  static @Nullable Scope of(String word) {
    for (Scope scope : values()) {
      if (scope.word.equals(word)) {
        return scope;
      }
    }
    return null;
  }
}
