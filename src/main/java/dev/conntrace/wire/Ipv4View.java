package dev.conntrace.wire;

/**
 * An IPv4 header (RFC 791 3.1) laid over bytes.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+-----------+---+-------------------------------+
 * |Version|  IHL  |   DSCP    |ECN|          Total Length         |
 * +-------+-------+-----------+---+-----+-------------------------+
 * |         Identification        |0|D|M|     Fragment Offset     |
 * +---------------+---------------+-----+-------------------------+
 * |  Time to Live |    Protocol   |        Header Checksum        |
 * +---------------+---------------+-------------------------------+
 * |                         Source Address                        |
 * +---------------------------------------------------------------+
 * |                      Destination Address                      |
 * +---------------------------------------------------------------+
 * |                         Options ...
 * </pre>
 */
public final class Ipv4View {
  /** Bytes of a header without options. */
  public static final int MIN_LENGTH = 20;

  private static final int VERSION_AND_LENGTH = 0;
  private static final int TRAFFIC_CLASS = 1;
  private static final int TOTAL_LENGTH = 2;
  private static final int IDENTIFICATION = 4;
  private static final int FRAGMENT = 6;
  private static final int TIME_TO_LIVE = 8;
  private static final int PROTOCOL = 9;
  private static final int SOURCE = 12;
  private static final int DESTINATION = 16;

  private static final int VERSION = 4;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_OFFSET_MASK = 0x1FFF;

  private byte[] bytes = new byte[MIN_LENGTH];
  private int at;

  /**
   * Lays this view over the header at {@code offset} of bytes that end before {@code limit}. Its
   * options belong to it; the payload that it promises need not be there.
   */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < MIN_LENGTH) {
      return Fit.CUT;
    }
    int first = BigEndian.u8(bytes, offset + VERSION_AND_LENGTH);
    int headerLength = (first & 0xF) * 4;
    int totalLength = BigEndian.u16(bytes, offset + TOTAL_LENGTH);
    if (first >> 4 != VERSION || headerLength < MIN_LENGTH) {
      return Fit.IMPOSSIBLE;
    }
    if (totalLength != 0 && totalLength < headerLength) {
      return Fit.IMPOSSIBLE;
    }
    this.bytes = bytes;
    this.at = offset;
    return Fit.ofLength(headerLength, offset, limit);
  }

  /** Bytes of the header with its options, 20 to 60. */
  public int headerLength() {
    return (bytes[at + VERSION_AND_LENGTH] & 0xF) * 4;
  }

  /** The two ECN bits (RFC 3168 5). */
  public int ecn() {
    return bytes[at + TRAFFIC_CLASS] & 3;
  }

  /**
   * Bytes of header and payload together; 0 where the sender left it to its network card
   * (segmentation offload) or where it does not fit into 16 bits (Linux's BIG TCP).
   */
  public int totalLength() {
    return BigEndian.u16(bytes, at + TOTAL_LENGTH);
  }

  public int identification() {
    return BigEndian.u16(bytes, at + IDENTIFICATION);
  }

  public boolean dontFragment() {
    return (BigEndian.u16(bytes, at + FRAGMENT) & DONT_FRAGMENT) != 0;
  }

  public boolean moreFragments() {
    return (BigEndian.u16(bytes, at + FRAGMENT) & MORE_FRAGMENTS) != 0;
  }

  /** Where this payload lies in the datagram's, in bytes. */
  public int fragmentOffset() {
    return (BigEndian.u16(bytes, at + FRAGMENT) & FRAGMENT_OFFSET_MASK) * 8;
  }

  /** Whether the payload is a part of the datagram's only, the first part included. */
  public boolean isFragment() {
    return (BigEndian.u16(bytes, at + FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET_MASK)) != 0;
  }

  public int timeToLive() {
    return BigEndian.u8(bytes, at + TIME_TO_LIVE);
  }

  /** The {@link IpProtocol} of the payload. */
  public int protocol() {
    return BigEndian.u8(bytes, at + PROTOCOL);
  }

  /** The sender's address in the low 32 bits. */
  public long source() {
    return BigEndian.u32(bytes, at + SOURCE);
  }

  /** The receiver's address in the low 32 bits. */
  public long destination() {
    return BigEndian.u32(bytes, at + DESTINATION);
  }
}
