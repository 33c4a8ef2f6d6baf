package dev.conntrace.stream;

/**
 * How much memory the reassembly may take, in bytes, about.
 *
 * @param waitingBytes what may wait behind a gap of one direction; beyond that the gap is given up
 * @param comparedBytes how many delivered bytes of one direction are held, so that a later copy can
 *     be compared with them
 * @param totalBytes what all directions together may hold; beyond that the quietest lets go
 */
public record StreamBounds(long waitingBytes, long comparedBytes, long totalBytes) {
  /** More than the receive windows of today, and room for some hundred busy connections. */
  public static final StreamBounds DEFAULT = new StreamBounds(8 << 20, 256 << 10, 64 << 20);
}
