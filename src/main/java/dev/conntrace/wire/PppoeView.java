package dev.conntrace.wire;

/**
 * A PPPoE session header (RFC 2516 4) laid over bytes; PPP without address and control follows.
 *
 * <pre>
 *  0          1      2            4        6
 * +----+-----+------+------------+--------+----------
 * |ver |type | code | session id | length | PPP
 * | 1  | 1   | 0    |            |        |
 * +----+-----+------+------------+--------+----------
 * </pre>
 */
public final class PppoeView {
  public static final int LENGTH = 6;

  private static final int VERSION_TYPE_CODE = 0;
  private static final int SESSION_ID = 2;
  private static final int SESSION_DATA = 0x1100;

  private byte[] bytes = new byte[LENGTH];
  private int at;

  /** Lays this view over the header at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < LENGTH) {
      return Fit.CUT;
    }
    if (BigEndian.u16(bytes, offset + VERSION_TYPE_CODE) != SESSION_DATA) {
      return Fit.IMPOSSIBLE;
    }
    this.bytes = bytes;
    this.at = offset;
    return Fit.WHOLE;
  }

  public int sessionId() {
    return BigEndian.u16(bytes, at + SESSION_ID);
  }
}
