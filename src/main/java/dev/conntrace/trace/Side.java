package dev.conntrace.trace;

/** One of a connection's two ends, and so also the direction of what it sends. */
public enum Side {
  CLIENT("client"),
  SERVER("server");

  private final String id;

  Side(String id) {
    this.id = id;
  }

  /** Returns the word that records and timelines use: {@code client} or {@code server}. */
  public String id() {
    return id;
  }

  /** Returns the other end. */
  public Side opposite() {
    return this == CLIENT ? SERVER : CLIENT;
  }
}
