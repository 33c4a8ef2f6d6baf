package dev.conntrace.cli;

import dev.conntrace.select.SelectionException;

/** The user asked for something that is not possible; the message says what, and what to do. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(SelectionException cause) {
    super(cause.getMessage(), cause);
  }
}
