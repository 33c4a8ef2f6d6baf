package dev.conntrace.wire;

/**
 * A VXLAN header (RFC 7348 5) laid over bytes; Ethernet follows.
 *
 * <pre>
 *  0       1            4             7          8
 * +-------+------------+-------------+----------+----------
 * | flags |  reserved  |  network id | reserved | Ethernet
 * +-------+------------+-------------+----------+----------
 * </pre>
 */
public final class VxlanView {
  public static final int LENGTH = 8;

  private static final int FLAGS = 0;
  private static final int NETWORK_ID = 4;
  private static final int ID_IS_VALID = 0x08;

  private byte[] bytes = new byte[LENGTH];
  private int at;

  /**
   * Lays this view over the header at {@code offset} of bytes that end before {@code limit};
   * impossible without the flag that every header has.
   */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < LENGTH) {
      return Fit.CUT;
    }
    if ((bytes[offset + FLAGS] & ID_IS_VALID) == 0) {
      return Fit.IMPOSSIBLE;
    }
    this.bytes = bytes;
    this.at = offset;
    return Fit.WHOLE;
  }

  /** Number of the virtual network, 0 to 2^24-1. */
  public int networkId() {
    return BigEndian.u24(bytes, at + NETWORK_ID);
  }
}
