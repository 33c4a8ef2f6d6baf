package dev.conntrace.expect;

import dev.conntrace.select.Quantities;
import dev.conntrace.select.SelectionException;
import java.math.BigDecimal;

/**
 * How far two times may be apart and still be taken for the same: what either bound allows.
 *
 * @param nanos nanoseconds that are always allowed
 * @param fraction the part of the longer of both times that is allowed
 */
public record DiffTolerance(long nanos, double fraction) {
  /**
   * Reads {@code 50ms}, {@code 20%} or both, {@code 50ms,20%}.
   *
   * @throws SelectionException if it is neither
   */
  public static DiffTolerance parse(String text) throws SelectionException {
    long nanos = 0;
    double fraction = 0;
    for (String part : text.split(",", -1)) {
      if (part.endsWith("%")) {
        fraction = percent(part);
      } else {
        nanos = Quantities.durationNanos(part);
      }
    }
    if (nanos < 0 || fraction < 0) {
      throw new SelectionException("a tolerance is not negative: '" + text + "'");
    }
    return new DiffTolerance(nanos, fraction);
  }

  private static double percent(String text) throws SelectionException {
    try {
      return new BigDecimal(text.substring(0, text.length() - 1)).doubleValue() / 100;
    } catch (NumberFormatException e) {
      throw new SelectionException("'" + text + "' is no percentage: give 20%");
    }
  }

  /** Returns whether two durations in nanoseconds are as good as equal. */
  boolean allows(long a, long b) {
    long apart = Math.abs(a - b);
    return apart <= nanos || apart <= fraction * Math.max(Math.abs(a), Math.abs(b));
  }
}
