package dev.conntrace.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The program in which a user reads long output: {@code $CONNTRACE_PAGER}, else {@code $PAGER},
 * else {@code less -FRX}. Only for a person at a terminal.
 */
final class Pager {
  private static final String DEFAULT = "less -FRX";

  /** What a shell would treat as more than a program and its arguments. */
  private static final String SHELL_CHARACTERS = "|&;<>()$`\\\"'*?[]#~=%";

  private final Process process;
  private final Thread patience;

  private Pager(Process process) {
    this.process = process;
    // Ctrl-C is meant for the pager, but reaches this process too: do not leave before the pager.
    this.patience = new Thread(this::await, "pager");
    Runtime.getRuntime().addShutdownHook(patience);
  }

  /** Returns the command line of the pager; null where none is to be used. */
  static @Nullable String command(Surroundings surroundings) {
    if (!surroundings.terminals().out() || surroundings.isDumb()) {
      return null;
    }
    String command = surroundings.environment().get("CONNTRACE_PAGER");
    if (command == null) {
      command = surroundings.environment().get("PAGER");
    }
    if (command == null) {
      command = DEFAULT;
    }
    command = command.strip();
    return command.isEmpty() || command.equals("cat") || !canStart(command, surroundings)
        ? null
        : command;
  }

  /** Starts a pager that writes to the terminal. */
  static Pager start(String command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    return new Pager(builder.start());
  }

  /** Returns where to write what is to be read. */
  OutputStream input() {
    return process.getOutputStream();
  }

  /** Waits until the reader has left the pager, whose input must have been closed. */
  void await() {
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A pager that is not there would swallow the output. What only a shell understands is let be.
   */
  private static boolean canStart(String command, Surroundings surroundings) {
    for (int i = 0; i < command.length(); i++) {
      if (SHELL_CHARACTERS.indexOf(command.charAt(i)) >= 0) {
        return true;
      }
    }
    int blank = command.indexOf(' ');
    String program = blank < 0 ? command : command.substring(0, blank);
    if (program.indexOf('/') >= 0) {
      return new File(program).canExecute();
    }
    String path = surroundings.variable("PATH");
    if (path == null) {
      return false;
    }
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (new File(folder, program).canExecute()) {
        return true;
      }
    }
    return false;
  }
}
