package dev.conntrace.expect;

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
}
