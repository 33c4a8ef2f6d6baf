package dev.conntrace.trace;

/** How much each side dared to have under way: initial window, slow start, avoidance. */
public record CongestionReport() {
  public static final CongestionReport NONE = new CongestionReport();

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return true;
  }
}
