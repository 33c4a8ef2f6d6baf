package dev.conntrace.cli;

import org.fusesource.jansi.internal.CLibrary;

/**
 * Asks the terminal how wide it is. Costs some milliseconds, because jansi unpacks a library for
 * it: only for terminals.
 */
final class TerminalWidth {
  private TerminalWidth() {}

  /** Returns the columns of the terminal behind standard output, or 0 if it does not say. */
  static int columns() {
    try {
      CLibrary.WinSize size = new CLibrary.WinSize();
      return CLibrary.ioctl(CLibrary.STDOUT_FILENO, CLibrary.TIOCGWINSZ, size) == 0
          ? size.ws_col
          : 0;
    } catch (LinkageError | RuntimeException e) {
      // The library cannot be unpacked or loaded here (a noexec folder, an unknown platform).
      return 0;
    }
  }
}
