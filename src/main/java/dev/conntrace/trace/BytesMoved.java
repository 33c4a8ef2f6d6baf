package dev.conntrace.trace;

/**
 * What one segment changed for the bytes of both streams.
 *
 * @param arrival what becomes of the bytes that it brings
 * @param own where the stream that it belongs to stands after it
 * @param acknowledged where the stream stands that it acknowledges; the same one where a socket is
 *     connected to itself
 */
public record BytesMoved(ByteArrival arrival, StreamPosition own, StreamPosition acknowledged) {
  /** Of a segment of which nobody asked this. */
  public static final BytesMoved NONE =
      new BytesMoved(ByteArrival.NOTHING, StreamPosition.UNKNOWN, StreamPosition.UNKNOWN);

  /** Returns where the stream stands that {@code side} sends. */
  public StreamPosition of(Side side, Side sender) {
    return side == sender ? own : acknowledged;
  }
}
