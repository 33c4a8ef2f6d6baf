package dev.conntrace.trace;

/** How a connection ended, or did not. */
public enum Closed {
  FOUR_SEGMENT("four-segment", "closed with four segments: each FIN and each ACK of it on its own"),
  THREE_SEGMENT(
      "three-segment", "closed with three segments: the second FIN carried the ACK of the first"),
  SIMULTANEOUS("simultaneous", "closed by both sides at the same time: their FINs crossed"),
  HALF_CLOSED("half-closed", "half-closed: only one side sent its FIN before the capture ended"),
  RESET("reset", "reset: a RST ended it at once"),
  OPEN("open", "still open when the capture ended"),
  NEVER_OPENED("never-opened", "never opened");

  private final String id;
  private final String words;

  Closed(String id, String words) {
    this.id = id;
    this.words = words;
  }

  public String id() {
    return id;
  }

  /** Returns what happened in plain words. */
  public String words() {
    return words;
  }
}
