package dev.conntrace.expect;

import dev.conntrace.select.SelectionException;

/**
 * An expectation that cannot be understood; the message says what is wrong and is fit for a user.
 */
public final class ExpectationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ExpectationException(String message) {
    super(message);
  }

  /** Says what is wrong with a selector or a value. */
  ExpectationException(SelectionException e) {
    super(e.getMessage(), e);
  }
}
