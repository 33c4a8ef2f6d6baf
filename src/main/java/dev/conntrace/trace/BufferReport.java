package dev.conntrace.trace;

/** What waited in send buffers and receive queues, as far as the wire bounds it. */
public record BufferReport() {
  public static final BufferReport NONE = new BufferReport();

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return true;
  }
}
