package dev.conntrace.capture.live;

/** Why nothing can be captured, in one line that says what to do. */
public final class LiveException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of reason it is. */
  public enum Reason {
    /** The user may not. */
    FORBIDDEN,
    /** There is no such interface. */
    NO_DEVICE,
    /** The filter is not one. */
    BAD_FILTER,
    /** This system or this build of it cannot. */
    IMPOSSIBLE
  }

  private final Reason reason;

  /** States what went wrong. */
  public LiveException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns what kind of reason it is. */
  public Reason reason() {
    return reason;
  }
}
