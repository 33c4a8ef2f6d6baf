package dev.conntrace.wire;

/**
 * A VXLAN header (RFC 7348 5) laid over bytes. Ethernet follows, unless the generic protocol
 * extension's flag says that the header names what does (draft-ietf-nvo3-vxlan-gpe-13 3).
 *
 * <pre>
 *  0       1          3           4             7          8
 * +-------+----------+-----------+-------------+----------+----------
 * | flags | reserved | next (if) |  network id | reserved | Ethernet
 * +-------+----------+-----------+-------------+----------+----------
 * </pre>
 */
public final class VxlanView {
  public static final int LENGTH = 8;

  private static final int FLAGS = 0;
  private static final int NEXT_PROTOCOL = 3;
  private static final int NETWORK_ID = 4;
  private static final int ID_IS_VALID = 0x08;
  private static final int NEXT_PROTOCOL_PRESENT = 0x04;
  private static final int RESERVED_BYTE = 0xFF;

  // What the extension calls its payloads.
  public static final int IPV4 = 1;
  public static final int IPV6 = 2;
  public static final int ETHERNET = 3;
  public static final int MPLS = 5;

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

  /** Whether {@link #nextProtocol} says what follows; otherwise it is Ethernet. */
  public boolean hasNextProtocol() {
    return (bytes[at + FLAGS] & NEXT_PROTOCOL_PRESENT) != 0;
  }

  /** The extension's number for what follows. */
  public int nextProtocol() {
    return BigEndian.u8(bytes, at + NEXT_PROTOCOL);
  }

  /**
   * Returns whether this can be a header where the port alone does not say so: the one flag is set,
   * and everything reserved is 0.
   */
  public static boolean isStrict(byte[] bytes, int offset, int limit) {
    return limit - offset >= LENGTH
        && BigEndian.i32(bytes, offset) == ID_IS_VALID << 24
        && (BigEndian.i32(bytes, offset + NETWORK_ID) & RESERVED_BYTE) == 0;
  }
}
