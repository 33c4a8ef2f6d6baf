package dev.conntrace.trace;

/** Why a side could not send, gravest first: who or what held it up (RFC 9293 3.8.6). */
public enum StallCause {
  /** The receiver's window was 0: its buffer is full, its program does not read. */
  ZERO_WINDOW("zero-window"),

  /** What was left of the receiver's window was too small for a segment (silly window). */
  SMALL_WINDOW("small-window"),

  /** Everything that the receiver allowed was under way: its buffer is too small for the path. */
  WINDOW_FULL("window-full");

  private final String id;

  StallCause(String id) {
    this.id = id;
  }

  /** Returns the word that records use: {@code zero-window}. */
  public String id() {
    return id;
  }
}
