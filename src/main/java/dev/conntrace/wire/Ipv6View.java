package dev.conntrace.wire;

/**
 * An IPv6 header (RFC 8200 3) laid over bytes, its extension headers not included: see {@link
 * Ipv6ExtensionView}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-----------+---+---------------------------------------+
 * |Version|   DSCP    |ECN|              Flow Label               |
 * +-------+-----------+---+-------+---------------+---------------+
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * +-------------------------------+---------------+---------------+
 * |                     Source Address (16 bytes)                 |
 * +---------------------------------------------------------------+
 * |                  Destination Address (16 bytes)               |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class Ipv6View {
  public static final int LENGTH = 40;

  private static final int VERSION_CLASS_FLOW = 0;
  private static final int PAYLOAD_LENGTH = 4;
  private static final int NEXT_HEADER = 6;
  private static final int HOP_LIMIT = 7;
  private static final int SOURCE = 8;
  private static final int DESTINATION = 24;

  private static final int VERSION = 6;
  private static final int ECN_SHIFT = 20;

  private byte[] bytes = new byte[LENGTH];
  private int at;

  /** Lays this view over the header at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < LENGTH) {
      return Fit.CUT;
    }
    if (BigEndian.u8(bytes, offset) >> 4 != VERSION) {
      return Fit.IMPOSSIBLE;
    }
    this.bytes = bytes;
    this.at = offset;
    return Fit.WHOLE;
  }

  /** The two ECN bits (RFC 3168 5). */
  public int ecn() {
    return BigEndian.i32(bytes, at + VERSION_CLASS_FLOW) >>> ECN_SHIFT & 3;
  }

  /**
   * Bytes after this header, extension headers included; 0 in a jumbogram (RFC 2675) and where the
   * sender left it to its card.
   */
  public int payloadLength() {
    return BigEndian.u16(bytes, at + PAYLOAD_LENGTH);
  }

  /** The {@link IpProtocol} of what follows: an extension header or the payload. */
  public int nextHeader() {
    return BigEndian.u8(bytes, at + NEXT_HEADER);
  }

  public int hopLimit() {
    return BigEndian.u8(bytes, at + HOP_LIMIT);
  }

  /** The first eight bytes of the sender's address. */
  public long sourceHigh() {
    return BigEndian.i64(bytes, at + SOURCE);
  }

  /** The last eight bytes of the sender's address. */
  public long sourceLow() {
    return BigEndian.i64(bytes, at + SOURCE + 8);
  }

  /**
   * The first eight bytes of the receiver's address; with a routing header that of the next stop.
   */
  public long destinationHigh() {
    return BigEndian.i64(bytes, at + DESTINATION);
  }

  /**
   * The last eight bytes of the receiver's address; with a routing header that of the next stop.
   */
  public long destinationLow() {
    return BigEndian.i64(bytes, at + DESTINATION + 8);
  }
}
