package dev.conntrace.wire;

/**
 * A Geneve header (RFC 8926 3.4) laid over bytes.
 *
 * <pre>
 *  0             1       2          4            7          8
 * +---+---------+-------+----------+------------+----------+---------+----------
 * |ver| options | flags | protocol | network id | reserved | options | payload
 * |   | length  |       |          |            |          |         |
 * +---+---------+-------+----------+------------+----------+---------+----------
 * </pre>
 */
public final class GeneveView {
  /** Bytes of a header without options. */
  public static final int MIN_LENGTH = 8;

  private static final int VERSION_AND_OPTIONS = 0;
  private static final int PROTOCOL = 2;
  private static final int NETWORK_ID = 4;
  private static final int OPTION_WORDS_MASK = 0x3F;

  private byte[] bytes = new byte[MIN_LENGTH];
  private int at;

  /**
   * Lays this view over the header, options included, at {@code offset} of bytes that end before
   * {@code limit}.
   */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < MIN_LENGTH) {
      return Fit.CUT;
    }
    if (BigEndian.u8(bytes, offset + VERSION_AND_OPTIONS) >> 6 != 0) {
      return Fit.IMPOSSIBLE;
    }
    this.bytes = bytes;
    this.at = offset;
    return Fit.ofLength(length(), offset, limit);
  }

  /** Bytes of the header with its options, 8 to 260. */
  public int length() {
    return MIN_LENGTH + (bytes[at + VERSION_AND_OPTIONS] & OPTION_WORDS_MASK) * 4;
  }

  /** The {@link EtherType} of the payload. */
  public int protocol() {
    return BigEndian.u16(bytes, at + PROTOCOL);
  }

  /** Number of the virtual network, 0 to 2^24-1. */
  public int networkId() {
    return BigEndian.u24(bytes, at + NETWORK_ID);
  }
}
