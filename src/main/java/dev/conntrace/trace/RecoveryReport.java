package dev.conntrace.trace;

/** How losses were repaired: from the first segment sent again to the recovery point. */
public record RecoveryReport() {
  public static final RecoveryReport NONE = new RecoveryReport();

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return true;
  }
}
