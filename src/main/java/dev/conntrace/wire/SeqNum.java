package dev.conntrace.wire;

/**
 * Arithmetic on raw 32-bit sequence numbers, which wrap (RFC 9293 3.4). Ranges are half-open: the
 * start belongs to them, the end does not.
 *
 * <p>Everything that outlives one comparison is kept unwrapped instead, as a 64-bit position: see
 * {@link #unwrap}.
 */
public final class SeqNum {
  private SeqNum() {}

  /** Returns how far {@code to} lies after {@code from}, in bytes; negative if it lies before. */
  public static int distance(int from, int to) {
    return to - from;
  }

  /** Returns whether {@code a} comes before {@code b} on the shorter way round the circle. */
  public static boolean lessThan(int a, int b) {
    return a - b < 0;
  }

  /** Returns whether {@code a} is {@code b} or comes before it. */
  public static boolean lessOrEqual(int a, int b) {
    return a - b <= 0;
  }

  /**
   * Returns whether {@code seq} lies in the {@code sizeBytes} numbers that start at {@code start}.
   */
  public static boolean inWindow(int seq, int start, int sizeBytes) {
    return Integer.compareUnsigned(seq - start, sizeBytes) < 0;
  }

  /**
   * Returns the 64-bit position nearest to {@code reference} whose low 32 bits are {@code raw}. A
   * direction keeps its last position as the reference, so that a stream longer than 4 GiB keeps
   * counting.
   */
  public static long unwrap(int raw, long reference) {
    return reference + (raw - (int) reference);
  }
}
