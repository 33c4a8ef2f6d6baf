package dev.conntrace.stream;

/** Which of two copies of a position to believe where they contradict each other. */
public enum OverlapPolicy {
  /**
   * The first copy: a receiver trims what it has already from a later segment (RFC 9293 3.10.7.4).
   * Bytes are delivered as soon as nothing is missing before them.
   */
  FIRST("first"),
  /**
   * The last copy that came before the other side acknowledged the position: nothing can replace
   * bytes that the receiver has confirmed. Bytes are delivered once they are acknowledged.
   */
  LAST("last");

  private final String id;

  OverlapPolicy(String id) {
    this.id = id;
  }

  /** Returns the word that options and records use. */
  public String id() {
    return id;
  }
}
