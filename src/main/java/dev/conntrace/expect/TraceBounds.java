package dev.conntrace.expect;

/**
 * How much of a capture is kept for expectations.
 *
 * @param connections how many connections, the first ones
 * @param segments how many segments of all connections together, the first ones; about 600 bytes
 *     each
 * @param payloadBytes how many bytes of each direction, the first ones; 0 if payload is not asked
 *     for at all. Lengths and digests are always those of the whole stream
 * @param totalPayloadBytes how many bytes of all directions together
 */
public record TraceBounds(int connections, int segments, int payloadBytes, long totalPayloadBytes) {
  /** Room for a test's traffic, and for the first part of a large capture; without payload. */
  public static final TraceBounds DEFAULT = new TraceBounds(100_000, 100_000, 0, 0);

  /** Returns the same bounds with payload kept: a mebibyte a direction, 64 together. */
  public TraceBounds withPayload() {
    return new TraceBounds(connections, segments, 1 << 20, 64 << 20);
  }
}
