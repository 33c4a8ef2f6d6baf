package dev.conntrace.render;

/** Writes nanoseconds as decimal seconds: no rounding, no exponent, whatever the sign. */
final class DecimalSeconds {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int NANO_DIGITS = 9;

  private DecimalSeconds() {}

  /** Returns seconds with exactly {@code digits} decimals, further ones cut off. */
  static String fixed(long nanos, int digits) {
    AsciiText text = new AsciiText();
    appendFixed(text, nanos);
    text.truncate(text.length() - (NANO_DIGITS - digits));
    return text.toString();
  }

  /** Returns seconds with as many decimals as they need, nine at most. */
  static String shortest(long nanos) {
    AsciiText text = new AsciiText();
    appendShortest(text, nanos);
    return text.toString();
  }

  /** Appends seconds with nine decimals. */
  static void appendFixed(AsciiText text, long nanos) {
    appendWhole(text, nanos);
    text.append('.');
    text.appendDigits(Math.abs(nanos % NANOS_PER_SECOND), NANO_DIGITS);
  }

  /** Appends seconds with as many decimals as they need, nine at most. */
  static void appendShortest(AsciiText text, long nanos) {
    if (nanos % NANOS_PER_SECOND == 0) {
      appendWhole(text, nanos);
    } else {
      appendFixed(text, nanos);
      text.trimZeros();
    }
  }

  private static void appendWhole(AsciiText text, long nanos) {
    if (nanos < 0) {
      text.append('-');
    }
    text.append(Math.abs(nanos / NANOS_PER_SECOND));
  }
}
