package dev.conntrace.wire;

/**
 * A BSD loopback header (LINKTYPE_NULL, LINKTYPE_LOOP) laid over bytes: the address family alone.
 *
 * <pre>
 *  0                4
 * +----------------+----------
 * | address family | payload
 * +----------------+----------
 * </pre>
 *
 * <p>NULL has it in the byte order of the machine that captured, LOOP in network order. No family
 * needs more than 16 bits, so the order shows by itself, and captures that are labelled with the
 * wrong type of the two can be read all the same.
 */
public final class LoopbackView {
  public static final int LENGTH = 4;

  private static final int FAMILY = 0;
  private static final int FAMILY_MAX = 0xFFFF;

  private static final int INET = 2;
  private static final int INET6_LINUX = 10;
  private static final int INET6_WINDOWS = 23;
  private static final int INET6_BSD = 24;
  private static final int INET6_FREEBSD = 28;
  private static final int INET6_DARWIN = 30;

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

  /** The address family, in whichever byte order it was written. */
  public int family() {
    int family = BigEndian.i32(bytes, at + FAMILY);
    return (family & ~FAMILY_MAX) == 0 ? family : Integer.reverseBytes(family);
  }

  /** Whether the payload is IPv4. */
  public boolean isIpv4() {
    return family() == INET;
  }

  /** Whether the payload is IPv6: every system has a number of its own for that. */
  public boolean isIpv6() {
    return switch (family()) {
      case INET6_LINUX, INET6_WINDOWS, INET6_BSD, INET6_FREEBSD, INET6_DARWIN -> true;
      default -> false;
    };
  }
}
