package dev.conntrace.trace;

/** Round-trip times by how they were measured. */
public record RoundTripReport() {
  public static final RoundTripReport NONE = new RoundTripReport();

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return true;
  }
}
