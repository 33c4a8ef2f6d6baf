package dev.conntrace.trace;

/**
 * Where a capture was taken, as far as one connection shows it. It decides what the capture proves:
 * at the receiver's side what was seen has arrived, at the sender's side it may still be lost.
 */
public enum CapturePoint {
  /** Both ends are on the host that captured. */
  BOTH("both", "both ends are on the capturing host"),
  /** Beside the client. */
  CLIENT("client", "at the client: it answers at once, the server's answers take their time"),
  /** Beside the server. */
  SERVER("server", "at the server: it answers at once, the client's answers take their time"),
  /** Far from both. */
  BETWEEN("between", "between the two: answers of both take their time"),
  /** Everything is quick, or too little was seen. */
  UNKNOWN("unknown", "not known: the round trips do not show it");

  private final String id;
  private final String words;

  CapturePoint(String id, String words) {
    this.id = id;
    this.words = words;
  }

  /** Returns its name in records. */
  public String id() {
    return id;
  }

  /** Returns where that is and what shows it, as a phrase. */
  public String words() {
    return words;
  }
}
