package dev.conntrace.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/**
 * Which of the standard streams are terminals.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 */
record Terminals(boolean in, boolean out, boolean err) {
  static final Terminals NONE = new Terminals(false, false, false);

  /**
   * What the launcher found out, which Java cannot: the digits of the streams that are terminals.
   */
  private static final String PROPERTY = "conntrace.tty";

  /** Returns what holds for this process. */
  static Terminals ofProcess() {
    String digits = System.getProperty(PROPERTY);
    return digits == null ? guess() : fromDigits(digits);
  }

  static Terminals fromDigits(String digits) {
    return new Terminals(
        digits.indexOf('0') >= 0, digits.indexOf('1') >= 0, digits.indexOf('2') >= 0);
  }

  /**
   * Without the launcher: Java has a console only where standard input and output are terminals.
   */
  @SuppressWarnings("SystemConsoleNull") // isTerminal() deals with JDK 22 and later
  private static Terminals guess() {
    Console console = System.console();
    return console != null && isTerminal(console) ? new Terminals(true, true, true) : NONE;
  }

  /** From JDK 22 on there may be a console without a terminal, and a method that says so. */
  private static boolean isTerminal(Console console) {
    if (Runtime.version().feature() < 22) {
      return true;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
