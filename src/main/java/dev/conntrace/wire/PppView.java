package dev.conntrace.wire;

/**
 * A PPP header (RFC 1661 2, RFC 1662 3.1) laid over bytes. Address and control may be left out, and
 * the protocol's first byte too (RFC 1661 6.5, 6.6): an odd byte ends the number.
 *
 * <pre>
 *  0         1         2          4
 * +---------+---------+----------+----------
 * | address | control | protocol | payload
 * | FF (or) | 03 (or) |          |
 * +---------+---------+----------+----------
 * </pre>
 */
public final class PppView {
  private static final int ADDRESS_AND_CONTROL = 0xFF03;
  private static final int ADDRESS_AND_CONTROL_LENGTH = 2;

  private static final int IPV4 = 0x0021;
  private static final int IPV6 = 0x0057;
  private static final int MPLS = 0x0281;

  private int protocol;
  private int length;

  /** Lays this view over the header at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < 2) {
      return Fit.CUT;
    }
    boolean framed = BigEndian.u16(bytes, offset) == ADDRESS_AND_CONTROL;
    int start = framed ? ADDRESS_AND_CONTROL_LENGTH : 0;
    if (limit - offset < start + 2) {
      return Fit.CUT;
    }
    boolean compressed = (bytes[offset + start] & 1) != 0;
    this.protocol =
        compressed ? BigEndian.u8(bytes, offset + start) : BigEndian.u16(bytes, offset + start);
    this.length = start + (compressed ? 1 : 2);
    return Fit.WHOLE;
  }

  /** Bytes of the header, 1 to 4. */
  public int length() {
    return length;
  }

  public boolean isIpv4() {
    return protocol == IPV4;
  }

  public boolean isIpv6() {
    return protocol == IPV6;
  }

  public boolean isMpls() {
    return protocol == MPLS;
  }
}
