package dev.conntrace.select;

/** Reads plain decimal numbers: digits only, no sign, no blank. */
final class Digits {
  private static final int MOST_DIGITS = 10;

  private Digits() {}

  /** Returns the number, or -1 if the text is not one or it is above {@code most}. */
  static int parse(String text, int most) {
    if (text.isEmpty() || text.length() > MOST_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = number * 10 + (digit - '0');
    }
    return number > most ? -1 : (int) number;
  }
}
