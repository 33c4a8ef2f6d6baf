package dev.conntrace.wire;

/**
 * A GRE header (RFC 2784 2, RFC 2890 2; version 1 as PPTP uses it: RFC 2637 4.1) laid over bytes.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 * |C|R|K|S|       |A|       | Ver |         Protocol Type         |
 * +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 * |      Checksum (if C)          |           Reserved            |
 * |                          Key (if K)                           |
 * |                    Sequence Number (if S)                     |
 * |                 Acknowledgment Number (if A)                  |
 * |                 Source Routes (if R) ...
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Source routes (RFC 1701, gone since RFC 2784) are stepped over: each entry has a family, an
 * offset and a length, and one of length 0 ends them.
 */
public final class GreView {
  /** Bytes of a header without optional fields. */
  public static final int MIN_LENGTH = 4;

  private static final int FLAGS = 0;
  private static final int PROTOCOL = 2;

  private static final int CHECKSUM_PRESENT = 0x8000;
  private static final int ROUTING_PRESENT = 0x4000;
  private static final int KEY_PRESENT = 0x2000;
  private static final int SEQUENCE_PRESENT = 0x1000;
  private static final int ACKNOWLEDGMENT_PRESENT = 0x0080;
  private static final int VERSION_MASK = 7;

  private static final int ROUTE_LENGTH = 3;
  private static final int ROUTE_HEADER = 4;
  private static final int FIRST_VIRTUAL_NETWORK = 0x1000;

  private byte[] bytes = new byte[MIN_LENGTH];
  private int at;
  private int flags;
  private int length;

  /**
   * Lays this view over the header, optional fields included, at {@code offset} of bytes that end
   * before {@code limit}.
   */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < MIN_LENGTH) {
      return Fit.CUT;
    }
    this.bytes = bytes;
    this.at = offset;
    this.flags = BigEndian.u16(bytes, offset + FLAGS);
    int words = Integer.bitCount(flags & (KEY_PRESENT | SEQUENCE_PRESENT));
    // The word is there if either flag is set: half of it is the checksum, half the routes' offset.
    words += (flags & (CHECKSUM_PRESENT | ROUTING_PRESENT)) != 0 ? 1 : 0;
    if (version() == 1 && (flags & ACKNOWLEDGMENT_PRESENT) != 0) {
      words++;
    }
    this.length = MIN_LENGTH + 4 * words;
    return hasRouting() ? wrapRoutes(limit) : Fit.ofLength(length, offset, limit);
  }

  private Fit wrapRoutes(int limit) {
    while (limit - at >= length + ROUTE_HEADER) {
      int routeLength = BigEndian.u8(bytes, at + length + ROUTE_LENGTH);
      length += ROUTE_HEADER + routeLength;
      if (routeLength == 0) {
        return Fit.WHOLE;
      }
    }
    return Fit.CUT;
  }

  /** Bytes of the header with its optional fields: 4 to 20, and source routes. */
  public int length() {
    return length;
  }

  /** 0 for plain GRE, 1 for PPTP's. */
  public int version() {
    return flags & VERSION_MASK;
  }

  private boolean hasRouting() {
    return (flags & ROUTING_PRESENT) != 0;
  }

  /** Whether there is a {@link #key}. */
  public boolean hasKey() {
    return (flags & KEY_PRESENT) != 0;
  }

  /** What tells tunnels between the same hosts apart (RFC 2890 2.1), as a raw 32-bit number. */
  public int key() {
    boolean checksum = (flags & (CHECKSUM_PRESENT | ROUTING_PRESENT)) != 0;
    return BigEndian.i32(bytes, at + MIN_LENGTH + (checksum ? 4 : 0));
  }

  /**
   * Whether the key is a virtual network's number and a flow's (RFC 7637 3.2): Ethernet follows,
   * and the number is none of those reserved there, as small keys of plain GRE would be.
   */
  public boolean isVirtualNetwork() {
    return (flags & (CHECKSUM_PRESENT | ROUTING_PRESENT | SEQUENCE_PRESENT)) == 0
        && hasKey()
        && protocol() == EtherType.BRIDGED_ETHERNET
        && virtualNetworkId() >= FIRST_VIRTUAL_NETWORK;
  }

  /** Number of the virtual network, if {@link #isVirtualNetwork}: 4096 to 2^24-1. */
  public int virtualNetworkId() {
    return key() >>> 8;
  }

  /** Whether there is a sequence number: tells ERSPAN type II from type I. */
  public boolean hasSequence() {
    return (flags & SEQUENCE_PRESENT) != 0;
  }

  /** The {@link EtherType} of the payload, or a vendor's number. */
  public int protocol() {
    return BigEndian.u16(bytes, at + PROTOCOL);
  }
}
