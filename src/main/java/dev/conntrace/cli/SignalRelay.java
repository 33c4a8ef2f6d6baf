package dev.conntrace.cli;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Signals to this process are for the command that it runs: they are passed on, and this process
 * lives until the command has ended. What a terminal sends goes to both anyway.
 *
 * <p>A signal that is ignored from the start (nohup, a shell's background) stays ignored for both.
 */
final class SignalRelay {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP", "USR2");
  private static final String FROM_KEYBOARD = "INT";
  private static final Path STATUS = Path.of("/proc/self/stat");

  /** Behind the name: the number of the process group, and of that in the terminal's foreground. */
  private static final int GROUP = 2;

  private static final int FOREGROUND = 5;

  private final CompletableFuture<Process> command = new CompletableFuture<>();
  private final Runnable afterwards;
  private final List<Runnable> undo = new ArrayList<>();

  /**
   * Begins to listen: a signal that comes before the command is there waits for it.
   *
   * @param afterwards what a signal means that comes when the command has ended
   */
  SignalRelay(Runnable afterwards) {
    this.afterwards = afterwards;
    for (String name : SIGNALS) {
      install(name);
    }
  }

  /** Names the process that signals are for. */
  void to(Process process) {
    command.complete(process);
  }

  /**
   * There is no other way to hear of a signal and live on than {@code sun.misc.Signal}, of module
   * jdk.unsupported; called by its name, as the compiler would warn of it and could not be told not
   * to.
   */
  private void install(String name) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object signal = signals.getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              SignalRelay.class.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, words) -> {
                pass(name, command.join());
                return null;
              });
      Method handle = signals.getMethod("handle", signals, handlers);
      Object before = handle.invoke(null, signal, handler);
      undo.add(() -> restore(handle, signal, before));
    } catch (ReflectiveOperationException e) {
      // This system has no such signal, or Java needs it.
    }
  }

  private static void restore(Method handle, Object signal, Object before) {
    try {
      handle.invoke(null, signal, before);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pass(String name, Process process) {
    if (!process.isAlive()) {
      afterwards.run();
      return;
    }
    if (name.equals(FROM_KEYBOARD) && isInForeground()) {
      return;
    }
    try {
      new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid()).start();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Whether the terminal has sent this process what it sent the command. */
  private static boolean isInForeground() {
    try {
      String status = Files.readString(STATUS, StandardCharsets.ISO_8859_1);
      String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", FOREGROUND + 2);
      return fields.length > FOREGROUND && fields[GROUP].equals(fields[FOREGROUND]);
    } catch (IOException e) {
      return false;
    }
  }

  /** Gives the signals their former meaning back. */
  void close() {
    undo.forEach(Runnable::run);
  }
}
