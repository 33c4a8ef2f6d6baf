package dev.conntrace.wire;

/**
 * One IPv6 extension header (RFC 8200 4; authentication: RFC 4302 2, which IPv4 has too) laid over
 * bytes.
 *
 * <pre>
 *  0             1             2             3             4
 * +-------------+-------------+-------------+-------------+------
 * | next header | length      | options                          hop by hop, destination
 * | next header | length      | type        | segs left   | ...  routing
 * | next header | reserved    | offset            |  |M|  | id   fragment, always 8 bytes
 * | next header | length      | reserved                         authentication
 * +-------------+-------------+-------------+-------------+------
 * </pre>
 *
 * <p>The length counts units of 8 bytes after the first 8; authentication's counts units of 4 after
 * the first 8.
 */
public final class Ipv6ExtensionView {
  /** Bytes of the shortest one. */
  public static final int MIN_LENGTH = 8;

  private static final int NEXT_HEADER = 0;
  private static final int LENGTH = 1;
  private static final int OPTIONS = 2;
  private static final int ROUTING_TYPE = 2;
  private static final int SEGMENTS_LEFT = 3;
  private static final int FRAGMENT = 2;
  private static final int IDENTIFICATION = 4;
  private static final int ROUTING_ADDRESSES = 8;

  private static final int ADDRESS_LENGTH = 16;
  private static final int SOURCE_ROUTE = 0;
  private static final int MOBILE_HOME = 2;
  private static final int SEGMENT_ROUTE = 4;

  private static final int FRAGMENT_OFFSET_MASK = 0xFFF8;
  private static final int MORE_FRAGMENTS = 1;

  private static final int PAD_1 = 0;
  private static final int JUMBO_PAYLOAD = 0xC2;
  private static final int JUMBO_OPTION_LENGTH = 6;

  private byte[] bytes = new byte[MIN_LENGTH];
  private int at;
  private int kind;
  private int length;

  /**
   * Lays this view over the header at {@code offset} of bytes that end before {@code limit}.
   *
   * @param kind what the header before called it: hop by hop, routing, fragment, destination
   *     options or authentication
   */
  public Fit wrap(byte[] bytes, int offset, int limit, int kind) {
    if (limit - offset < MIN_LENGTH) {
      return Fit.CUT;
    }
    this.bytes = bytes;
    this.at = offset;
    this.kind = kind;
    int units = BigEndian.u8(bytes, offset + LENGTH);
    this.length =
        switch (kind) {
          case IpProtocol.FRAGMENT -> MIN_LENGTH;
          case IpProtocol.AUTHENTICATION -> (units + 2) * 4;
          default -> (units + 1) * 8;
        };
    return Fit.ofLength(length, offset, limit);
  }

  /** The {@link IpProtocol} of what follows. */
  public int nextHeader() {
    return BigEndian.u8(bytes, at + NEXT_HEADER);
  }

  /** Bytes of this header, 8 to 2048. */
  public int length() {
    return length;
  }

  /** Whether this is a fragment header of a part; a lone "atomic" one is not (RFC 6946). */
  public boolean isFragment() {
    return kind == IpProtocol.FRAGMENT
        && (BigEndian.u16(bytes, at + FRAGMENT) & (FRAGMENT_OFFSET_MASK | MORE_FRAGMENTS)) != 0;
  }

  /** Where a fragment's payload lies in the datagram's, in bytes. */
  public int fragmentOffset() {
    return BigEndian.u16(bytes, at + FRAGMENT) & FRAGMENT_OFFSET_MASK;
  }

  /** Whether a fragment is not the datagram's last. */
  public boolean moreFragments() {
    return (BigEndian.u16(bytes, at + FRAGMENT) & MORE_FRAGMENTS) != 0;
  }

  /** What the fragments of one datagram have in common, as a raw 32-bit number. */
  public int identification() {
    return BigEndian.i32(bytes, at + IDENTIFICATION);
  }

  /**
   * Returns the jumbo payload length of a hop-by-hop header (RFC 2675 2), up to 2^32-1; 0 if there
   * is none.
   */
  public long jumboPayloadLength() {
    if (kind != IpProtocol.HOP_BY_HOP) {
      return 0;
    }
    int end = at + length;
    int option = at + OPTIONS;
    while (option + JUMBO_OPTION_LENGTH <= end) {
      int type = BigEndian.u8(bytes, option);
      if (type == PAD_1) {
        option++;
        continue;
      }
      if (type == JUMBO_PAYLOAD) {
        return BigEndian.u32(bytes, option + 2);
      }
      option += 2 + BigEndian.u8(bytes, option + 1);
    }
    return 0;
  }

  /**
   * Returns the index in the bytes of the address to which a routing header finally leads, -1 if
   * this is none, if the packet is past its last stop, or if the addresses are not written out in
   * full. The checksum of TCP is made with that address (RFC 8200 8.1).
   */
  public int finalDestinationOffset() {
    if (kind != IpProtocol.ROUTING || bytes[at + SEGMENTS_LEFT] == 0) {
      return -1;
    }
    int first = at + ROUTING_ADDRESSES;
    int addresses = (length - ROUTING_ADDRESSES) / ADDRESS_LENGTH;
    if (addresses == 0) {
      return -1;
    }
    return switch (BigEndian.u8(bytes, at + ROUTING_TYPE)) {
      case SOURCE_ROUTE -> first + (addresses - 1) * ADDRESS_LENGTH;
      // Segment lists are written last stop first (RFC 8754 2), and a home address is the only one
      // (RFC 6275 6.4).
      case SEGMENT_ROUTE, MOBILE_HOME -> first;
      default -> -1;
    };
  }
}
