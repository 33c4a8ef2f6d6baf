package dev.conntrace.wire;

/**
 * The header of a GTP-U message (3GPP TS 29.281 5.1, 5.2) laid over bytes, its extension headers
 * included.
 *
 * <pre>
 *  0               1      2        4             8          10       11     12
 * +---+-+-+-+-+-+-+------+--------+-------------+----------+--------+------+------------
 * |ver|1| |E|S|P  | type | length | tunnel id   | sequence | N-PDU  | next | extensions,
 * | 1 | | | | |   |      |        |             |    (if any of E, S, P)   | IP packet
 * +---+-+-+-+-+-+-+------+--------+-------------+----------+--------+------+------------
 * </pre>
 */
public final class GtpView {
  /** Bytes of a header without optional fields. */
  public static final int MIN_LENGTH = 8;

  private static final int FLAGS = 0;
  private static final int TYPE = 1;
  private static final int TUNNEL_ID = 4;
  private static final int OPTIONAL_LENGTH = 4;

  private static final int VERSION_AND_PROTOCOL_MASK = 0xF0;
  private static final int VERSION_1_GTP = 0x30;
  private static final int EXTENSION_PRESENT = 4;
  private static final int ANY_OPTIONAL_FIELD = 7;
  private static final int USER_PACKET = 255;

  private byte[] bytes = new byte[MIN_LENGTH];
  private int at;
  private int length;

  /** Lays this view over the header at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < MIN_LENGTH) {
      return Fit.CUT;
    }
    int flags = BigEndian.u8(bytes, offset + FLAGS);
    if ((flags & VERSION_AND_PROTOCOL_MASK) != VERSION_1_GTP) {
      return Fit.IMPOSSIBLE;
    }
    this.bytes = bytes;
    this.at = offset;
    this.length = MIN_LENGTH + ((flags & ANY_OPTIONAL_FIELD) != 0 ? OPTIONAL_LENGTH : 0);
    if ((flags & EXTENSION_PRESENT) != 0) {
      return wrapExtensions(limit);
    }
    return Fit.ofLength(length, offset, limit);
  }

  /**
   * Each extension begins with its length in units of 4 bytes and ends with the next one's type;
   * type 0 ends the chain.
   */
  private Fit wrapExtensions(int limit) {
    while (limit - at >= length) {
      if (bytes[at + length - 1] == 0) {
        return Fit.WHOLE;
      }
      if (limit - at == length) {
        return Fit.CUT;
      }
      int words = BigEndian.u8(bytes, at + length);
      if (words == 0) {
        return Fit.IMPOSSIBLE;
      }
      length += 4 * words;
    }
    return Fit.CUT;
  }

  /** Bytes of the header with what its flags add. */
  public int length() {
    return length;
  }

  /** Whether a user's IP packet follows, and not a message between the tunnel's ends. */
  public boolean isUserPacket() {
    return BigEndian.u8(bytes, at + TYPE) == USER_PACKET;
  }

  /** Number of the tunnel at its receiving end, as a raw 32-bit number. */
  public int tunnelId() {
    return BigEndian.i32(bytes, at + TUNNEL_ID);
  }
}
