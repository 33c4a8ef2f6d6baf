package dev.conntrace.trace;

/** When a side could not send because the other's window was closed or full. */
public record StallReport() {
  public static final StallReport NONE = new StallReport();

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return true;
  }
}
