package dev.conntrace.wire;

/**
 * A TCP header (RFC 9293 3.1; AE: RFC 9768) laid over bytes.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          Source Port          |       Destination Port        |
 * +-------------------------------+-------------------------------+
 * |                        Sequence Number                        |
 * +---------------------------------------------------------------+
 * |                    Acknowledgment Number                      |
 * +-------+-----+-+-+-+-+-+-+-+-+-+-------------------------------+
 * | Data  |     |A|C|E|U|A|P|R|S|F|                               |
 * | Offset|     |E|W|C|R|C|S|S|Y|I|            Window             |
 * |       |     | |R|E|G|K|H|T|N|N|                               |
 * +-------+-----+-+-+-+-+-+-+-+-+-+-------------------------------+
 * |           Checksum            |         Urgent Pointer        |
 * +-------------------------------+-------------------------------+
 * |                         Options ...
 * </pre>
 */
public final class TcpView {
  /** Bytes of a header without options. */
  public static final int MIN_LENGTH = 20;

  /** Where the checksum lies in the header. */
  public static final int CHECKSUM = 16;

  private static final int SOURCE_PORT = 0;
  private static final int DESTINATION_PORT = 2;
  private static final int SEQUENCE = 4;
  private static final int ACKNOWLEDGMENT = 8;
  private static final int OFFSET_AND_FLAGS = 12;
  private static final int WINDOW = 14;
  private static final int URGENT_POINTER = 18;

  private static final int FLAGS_MASK = 0x1FF;

  private byte[] bytes = new byte[MIN_LENGTH];
  private int at;

  /**
   * Lays this view over the header at {@code offset} of bytes that end before {@code limit}. Its
   * options need not be there, so that captures which kept only the fixed part can be analysed.
   */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < MIN_LENGTH) {
      return Fit.CUT;
    }
    if ((BigEndian.u8(bytes, offset + OFFSET_AND_FLAGS) >> 4) * 4 < MIN_LENGTH) {
      return Fit.IMPOSSIBLE;
    }
    this.bytes = bytes;
    this.at = offset;
    return Fit.WHOLE;
  }

  public int sourcePort() {
    return BigEndian.u16(bytes, at + SOURCE_PORT);
  }

  public int destinationPort() {
    return BigEndian.u16(bytes, at + DESTINATION_PORT);
  }

  public int sequence() {
    return BigEndian.i32(bytes, at + SEQUENCE);
  }

  public int acknowledgment() {
    return BigEndian.i32(bytes, at + ACKNOWLEDGMENT);
  }

  /** Bytes of the header with its options, 20 to 60. */
  public int headerLength() {
    return (BigEndian.u8(bytes, at + OFFSET_AND_FLAGS) >> 4) * 4;
  }

  /** The nine control bits: see {@link TcpFlags}. */
  public int flags() {
    return BigEndian.u16(bytes, at + OFFSET_AND_FLAGS) & FLAGS_MASK;
  }

  /** The window field as sent, not scaled. */
  public int windowField() {
    return BigEndian.u16(bytes, at + WINDOW);
  }

  public int checksum() {
    return BigEndian.u16(bytes, at + CHECKSUM);
  }

  public int urgentPointer() {
    return BigEndian.u16(bytes, at + URGENT_POINTER);
  }
}
