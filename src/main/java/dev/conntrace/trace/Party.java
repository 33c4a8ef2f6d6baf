package dev.conntrace.trace;

/** One side, or both: who closed first, who owns TIME_WAIT. */
public enum Party {
  CLIENT("client"),
  SERVER("server"),
  BOTH("both");

  private final String id;

  Party(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** Returns the party that consists of {@code side} alone. */
  public static Party of(Side side) {
    return side == Side.CLIENT ? CLIENT : SERVER;
  }
}
