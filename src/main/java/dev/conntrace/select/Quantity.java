package dev.conntrace.select;

/**
 * A number, duration or time that a field is compared with.
 *
 * @param amount a plain number, or nanoseconds
 * @param isRelative whether it is a time that counts from the start of the capture
 */
public record Quantity(long amount, boolean isRelative) {
  /**
   * Returns the amount, of a relative time that since 1970; where that is further off than can be
   * counted, the furthest that can.
   */
  public long from(long startNanos) {
    if (!isRelative) {
      return amount;
    }
    long sum = startNanos + amount;
    boolean overflown = ((startNanos ^ sum) & (amount ^ sum)) < 0;
    return !overflown ? sum : amount < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
