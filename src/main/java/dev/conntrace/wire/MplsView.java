package dev.conntrace.wire;

/**
 * One entry of an MPLS label stack (RFC 3032 2.1) laid over bytes.
 *
 * <pre>
 *  0                   20      23 24       32 bits
 * +-------------------+-------+--+--------+
 * |       label       | class |S |  TTL   |
 * +-------------------+-------+--+--------+
 * </pre>
 */
public final class MplsView {
  public static final int LENGTH = 4;

  private static final int BOTTOM_OF_STACK = 0x100;
  private static final int LABEL_SHIFT = 12;

  private int entry;

  /** Lays this view over the entry at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    Fit fit = Fit.ofLength(LENGTH, offset, limit);
    if (fit == Fit.WHOLE) {
      this.entry = BigEndian.i32(bytes, offset);
    }
    return fit;
  }

  /** The label, 0 to 2^20-1. */
  public int label() {
    return entry >>> LABEL_SHIFT;
  }

  /** Whether the payload follows; otherwise another entry does. */
  public boolean isBottom() {
    return (entry & BOTTOM_OF_STACK) != 0;
  }
}
