package dev.conntrace.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Says on standard error what does not belong among the results, one line each. */
final class Messages {
  private static final String PROGRAM = "conntrace: ";

  private final OutputStream err;
  private final boolean quiet;
  private final @Nullable StringBuilder heldBack;

  /**
   * Prepares to speak.
   *
   * @param quiet whether to say only what went wrong
   * @param later whether to wait for {@link #release}, because a pager has the terminal until then
   */
  Messages(OutputStream err, boolean quiet, boolean later) {
    this.err = err;
    this.quiet = quiet;
    this.heldBack = later ? new StringBuilder() : null;
  }

  /** Says what went wrong. */
  void error(String text) {
    print(PROGRAM + printable(text) + "\n");
  }

  /** Says what the user should know, unless that was not wanted. */
  void note(String text) {
    if (!quiet) {
      error(text);
    }
  }

  /** Prints text that is laid out already: a usage message, a stack trace. */
  void block(String text) {
    print(text.endsWith("\n") ? text : text + "\n");
  }

  /** Says what had to wait. */
  void release() {
    if (heldBack != null && heldBack.length() > 0) {
      send(heldBack.toString());
      heldBack.setLength(0);
    }
  }

  private void print(String text) {
    if (heldBack == null) {
      send(text);
    } else {
      heldBack.append(text);
    }
  }

  private void send(String text) {
    try {
      err.write(text.getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException e) {
      // Nobody hears what cannot be said: the exit status still tells.
    }
  }

  /**
   * Returns text that came from a user or a file without what would make a terminal act on it:
   * control characters, and those that reorder or hide text.
   */
  static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPrintable(text.charAt(i))) {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (isPrintable(character)) {
        safe.append(character);
      } else {
        String code = Integer.toHexString(character);
        safe.append("\\u").append("0".repeat(4 - code.length())).append(code);
      }
    }
    return safe.toString();
  }

  private static boolean isPrintable(char character) {
    if (character < 0x7f) {
      return character >= ' ';
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
