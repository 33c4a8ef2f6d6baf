package dev.conntrace.select;

/** A selection that cannot be understood; the message says what is wrong and is fit for a user. */
public final class SelectionException extends Exception {
  private static final long serialVersionUID = 1L;

  public SelectionException(String message) {
    super(message);
  }
}
