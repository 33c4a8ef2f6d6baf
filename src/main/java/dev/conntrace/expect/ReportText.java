package dev.conntrace.expect;

/** Text for reports that other programs read and show: names and payloads may hold anything. */
final class ReportText {
  private ReportText() {}

  /**
   * Returns the text with a question mark for whatever steers a terminal, turns the direction of
   * reading, or has no place in XML 1.0 (2.2), not even escaped; line ends and tabs stay.
   */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : '?'));
    return printable.toString();
  }

  private static boolean isPrintable(int c) {
    if (c == '\n' || c == '\t') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
