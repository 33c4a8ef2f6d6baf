package dev.conntrace.trace;

/**
 * What waited in send buffers and receive queues, as far as the wire bounds it.
 *
 * @param fromClient the bytes that the client sent: in its send buffer and in the server's queue
 * @param fromServer the bytes that the server sent
 */
public record BufferReport(StreamBuffers fromClient, StreamBuffers fromServer) {
  public static final BufferReport NONE = new BufferReport(StreamBuffers.NONE, StreamBuffers.NONE);

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return fromClient.isEmpty() && fromServer.isEmpty();
  }

  /** Returns what is known of the bytes that one side sent. */
  public StreamBuffers from(Side side) {
    return side == Side.CLIENT ? fromClient : fromServer;
  }
}
