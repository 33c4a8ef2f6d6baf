package dev.conntrace.demo;

/** Why a scenario could not be played to its end, in one line. */
public final class DemoException extends Exception {
  private static final long serialVersionUID = 1L;

  DemoException(String message, Exception cause) {
    super(message, cause);
  }
}
