package dev.conntrace.cli;

import org.jspecify.annotations.Nullable;

/** How many columns text may take where {@code --width} does not say it. */
final class Width {
  private static final int OF_UNKNOWN_TERMINAL = 80;

  /** Files and pipes have no width; this keeps what is written to them the same everywhere. */
  private static final int OF_FILE = 100;

  private Width() {}

  /**
   * Returns the terminal's width; where there is no terminal, or it does not say, {@code COLUMNS};
   * else 80 for a terminal and 100 for a file or pipe.
   */
  static int of(Surroundings surroundings) {
    boolean terminal = surroundings.terminals().out();
    int width = terminal ? TerminalWidth.columns() : 0;
    if (width <= 0) {
      width = number(surroundings.variable("COLUMNS"));
    }
    if (width <= 0) {
      width = terminal ? OF_UNKNOWN_TERMINAL : OF_FILE;
    }
    return width;
  }

  private static int number(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
