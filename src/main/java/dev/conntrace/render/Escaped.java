package dev.conntrace.render;

/**
 * Text from the wire or from a file name, made safe to print: only printable ASCII is left as it
 * is.
 *
 * <p>A payload may hold whatever its sender likes: sequences that clear the terminal or set its
 * title, characters that turn the reading direction round. Nothing of that may reach the reader's
 * terminal, nor pass for text of ours.
 */
public final class Escaped {
  private static final String HEX = "0123456789abcdef";

  private Escaped() {}

  /**
   * Returns the text with everything but printable ASCII escaped: {@code \n}, {@code \\}, {@code
   * \x1b}, {@code \u202e}.
   */
  public static String text(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (!isPlain(raw.charAt(i))) {
        return escape(raw, i);
      }
    }
    return raw;
  }

  /**
   * Returns a text whose quoted parts are escaped already, with the rest escaped like {@link
   * #text}: a backslash stays as it is.
   */
  static String rest(String text) {
    return text(text).replace("\\\\", "\\");
  }

  /** Returns the text escaped and in double quotes; quotes inside are escaped too. */
  public static String quoted(String raw) {
    StringBuilder text = new StringBuilder(raw.length() + 2).append('"');
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '"') {
        text.append("\\\"");
      } else {
        append(text, c);
      }
    }
    return text.append('"').toString();
  }

  /** Returns how many columns a character takes in quotes. */
  static int columns(char c) {
    if (isPlain(c) && c != '"') {
      return 1;
    }
    return switch (c) {
      case '"', '\\', '\n', '\r', '\t' -> 2;
      default -> c > 0xFF ? 6 : 4;
    };
  }

  private static String escape(String raw, int from) {
    StringBuilder text = new StringBuilder(raw.length() + 16).append(raw, 0, from);
    for (int i = from; i < raw.length(); i++) {
      append(text, raw.charAt(i));
    }
    return text.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7F && c != '\\';
  }

  /** Appends one character, escaped unless it is printable ASCII. */
  static void append(StringBuilder text, char c) {
    if (isPlain(c)) {
      text.append(c);
      return;
    }
    switch (c) {
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> appendCode(text, c);
    }
  }

  private static void appendCode(StringBuilder text, char c) {
    if (c > 0xFF) {
      text.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 0xF));
    } else {
      text.append("\\x");
    }
    text.append(HEX.charAt(c >> 4 & 0xF)).append(HEX.charAt(c & 0xF));
  }
}
