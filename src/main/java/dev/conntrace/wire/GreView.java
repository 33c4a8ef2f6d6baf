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
 * +---------------------------------------------------------------+
 * </pre>
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
    int words = Integer.bitCount(flags & (CHECKSUM_PRESENT | KEY_PRESENT | SEQUENCE_PRESENT));
    if (version() == 1 && (flags & ACKNOWLEDGMENT_PRESENT) != 0) {
      words++;
    }
    this.length = MIN_LENGTH + 4 * words;
    return Fit.ofLength(length, offset, limit);
  }

  /** Bytes of the header with its optional fields, 4 to 20. */
  public int length() {
    return length;
  }

  /** 0 for plain GRE, 1 for PPTP's. */
  public int version() {
    return flags & VERSION_MASK;
  }

  /**
   * Whether source routes follow (RFC 1701; gone since RFC 2784), over which this view cannot see.
   */
  public boolean hasRouting() {
    return (flags & ROUTING_PRESENT) != 0;
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
