package dev.conntrace.render;

/** Writes nanoseconds as decimal seconds: no rounding, no exponent, whatever the sign. */
final class DecimalSeconds {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int NANO_DIGITS = 9;

  private DecimalSeconds() {}

  /** Returns seconds with exactly {@code digits} decimals, further ones cut off. */
  static String fixed(long nanos, int digits) {
    StringBuilder text = new StringBuilder(24);
    appendWhole(text, nanos);
    return appendFraction(text.append('.'), nanos, digits).toString();
  }

  /** Returns seconds with as many decimals as they need, nine at most. */
  static String shortest(long nanos) {
    StringBuilder text = new StringBuilder(24);
    appendWhole(text, nanos);
    if (nanos % NANOS_PER_SECOND != 0) {
      appendFraction(text.append('.'), nanos, NANO_DIGITS);
      int end = text.length();
      while (text.charAt(end - 1) == '0') {
        end--;
      }
      text.setLength(end);
    }
    return text.toString();
  }

  private static void appendWhole(StringBuilder text, long nanos) {
    if (nanos < 0) {
      text.append('-');
    }
    text.append(Math.abs(nanos / NANOS_PER_SECOND));
  }

  private static StringBuilder appendFraction(StringBuilder text, long nanos, int digits) {
    String fraction = Long.toString(Math.abs(nanos % NANOS_PER_SECOND));
    int start = text.length();
    for (int i = fraction.length(); i < NANO_DIGITS; i++) {
      text.append('0');
    }
    text.append(fraction).setLength(start + digits);
    return text;
  }
}
