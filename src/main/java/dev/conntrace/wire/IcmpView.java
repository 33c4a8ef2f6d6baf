package dev.conntrace.wire;

/**
 * The header of an ICMP message of either version (RFC 792, RFC 4443 2.1) laid over bytes. Errors
 * carry the beginning of the packet that they are about behind it.
 *
 * <pre>
 *  0      1      2          4                 6               8
 * +------+------+----------+-----------------+---------------+------------------
 * | type | code | checksum | unused          | next-hop MTU  | IPv4: quoted packet
 * | type | code | checksum | MTU                             | IPv6: quoted packet
 * +------+------+----------+-----------------+---------------+------------------
 * </pre>
 */
public final class IcmpView {
  public static final int LENGTH = 8;

  private static final int TYPE = 0;
  private static final int CODE = 1;
  private static final int MTU_IPV6 = 4;
  private static final int MTU_IPV4 = 6;

  private byte[] bytes = new byte[LENGTH];
  private int at;

  /** Lays this view over the header at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    Fit fit = Fit.ofLength(LENGTH, offset, limit);
    if (fit == Fit.WHOLE) {
      this.bytes = bytes;
      this.at = offset;
    }
    return fit;
  }

  public int type() {
    return BigEndian.u8(bytes, at + TYPE);
  }

  public int code() {
    return BigEndian.u8(bytes, at + CODE);
  }

  /**
   * How large a packet the next link carries, in bytes, in a "fragmentation needed" (RFC 1191 4); 0
   * from old routers.
   */
  public int nextHopMtuBytes() {
    return BigEndian.u16(bytes, at + MTU_IPV4);
  }

  /** How large a packet the next link carries, in bytes, in a "packet too big" (RFC 4443 3.2). */
  public long packetTooBigMtuBytes() {
    return BigEndian.u32(bytes, at + MTU_IPV6);
  }
}
