package dev.conntrace.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The command that {@code run} runs, with the standard input, output and error of this process. */
final class RunProcess {
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  /** Linux's and macOS's number for a file that is not there (errno(3)). */
  private static final String NO_SUCH_FILE = "error=2,";

  private static final String NO_SUCH_FILE_LATER = "error: 2 ";

  /** The launcher's word for the locale that it found, before it chose UTF-8 for Java. */
  private static final String LOCALE = "CONNTRACE_LOCALE";

  private RunProcess() {}

  /**
   * Starts it.
   *
   * @throws IOException if there is no such command or it cannot be run: {@link #status} knows more
   */
  static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    restoreLocale(builder.environment());
    return builder.start();
  }

  /** Undoes what the launcher has changed. */
  private static void restoreLocale(Map<String, String> environment) {
    String locale = environment.remove(LOCALE);
    if (locale == null) {
      return;
    }
    environment.put("LC_CTYPE", locale);
    environment.computeIfPresent("LC_ALL", (name, changed) -> locale);
  }

  /** Returns the exit status that shells have for a command that cannot be started. */
  static int status(IOException fault) {
    return isMissing(fault) ? NOT_FOUND : NOT_EXECUTABLE;
  }

  /** Returns in words why it cannot be started. */
  static String reason(String command, IOException fault) {
    return isMissing(fault)
        ? "there is no command '" + command + "'"
        : "the command '" + command + "' cannot be run: " + words(fault);
  }

  private static boolean isMissing(IOException fault) {
    String message = String.valueOf(fault.getMessage());
    return message.contains(NO_SUCH_FILE) || message.contains(NO_SUCH_FILE_LATER);
  }

  /** What Java adds before the system's words is of no use to a user. */
  private static String words(IOException fault) {
    String message = String.valueOf(fault.getMessage());
    return message.substring(message.lastIndexOf(", ") < 0 ? 0 : message.lastIndexOf(", ") + 2);
  }
}
