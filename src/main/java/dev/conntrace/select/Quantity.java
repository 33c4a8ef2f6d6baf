package dev.conntrace.select;

/**
 * A number, duration or time that a field is compared with.
 *
 * @param amount a plain number, or nanoseconds
 * @param isRelative whether it is a time that counts from the start of the capture
 */
record Quantity(long amount, boolean isRelative) {
  /** Returns the amount, of a relative time that since 1970. */
  long from(long startNanos) {
    return isRelative ? startNanos + amount : amount;
  }
}
