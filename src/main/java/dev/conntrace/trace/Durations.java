package dev.conntrace.trace;

/** Writes durations the way people say them: three significant figures and a unit. */
public final class Durations {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private Durations() {}

  /**
   * Returns {@code 212 ms}, {@code 1.02 s}, {@code 45.3 us}, {@code 2 min 5 s}; a minus sign leads
   * a negative one.
   */
  public static String text(long nanos) {
    if (nanos < 0) {
      return "-" + text(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : -nanos);
    }
    if (nanos < MICRO) {
      return nanos + " ns";
    }
    if (nanos < MILLI) {
      return figures(nanos, MICRO) + " us";
    }
    if (nanos < SECOND) {
      return figures(nanos, MILLI) + " ms";
    }
    if (nanos < 2 * MINUTE) {
      return figures(nanos, SECOND) + " s";
    }
    if (nanos < 2 * HOUR) {
      return nanos / MINUTE + " min " + nanos % MINUTE / SECOND + " s";
    }
    return nanos / HOUR + " h " + nanos % HOUR / MINUTE + " min";
  }

  /** Three significant figures, cut and not rounded up, so that 999.9 ms never reads as 1000 ms. */
  private static String figures(long nanos, long unit) {
    long whole = nanos / unit;
    long thousandths = nanos % unit * 1000 / unit;
    if (whole >= 100) {
      return Long.toString(whole);
    }
    if (whole >= 10) {
      return trim(whole, thousandths / 100, 1);
    }
    return trim(whole, thousandths / 10, 2);
  }

  private static String trim(long whole, long fraction, int digits) {
    if (fraction == 0) {
      return Long.toString(whole);
    }
    String text = Long.toString(fraction);
    text = "0".repeat(digits - text.length()) + text;
    return whole + "." + (text.endsWith("0") ? text.substring(0, digits - 1) : text);
  }
}
