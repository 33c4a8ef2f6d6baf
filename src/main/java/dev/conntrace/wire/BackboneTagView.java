package dev.conntrace.wire;

/**
 * What follows the type of a backbone service tag (IEEE 802.1ah, now 802.1Q 9.7) laid over bytes;
 * the customer's whole Ethernet frame comes after it.
 *
 * <pre>
 *  0       1              4
 * +-------+--------------+----------
 * | flags |  service id  | Ethernet
 * +-------+--------------+----------
 * </pre>
 */
public final class BackboneTagView {
  public static final int LENGTH = 4;

  private static final int SERVICE_ID = 1;

  private byte[] bytes = new byte[LENGTH];
  private int at;

  /** Lays this view over the tag at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    Fit fit = Fit.ofLength(LENGTH, offset, limit);
    if (fit == Fit.WHOLE) {
      this.bytes = bytes;
      this.at = offset;
    }
    return fit;
  }

  /** Number of the customer's network, 0 to 2^24-1. */
  public int serviceId() {
    return BigEndian.u24(bytes, at + SERVICE_ID);
  }
}
