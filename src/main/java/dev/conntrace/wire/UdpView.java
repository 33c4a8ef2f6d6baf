package dev.conntrace.wire;

/**
 * A UDP header (RFC 768) laid over bytes.
 *
 * <pre>
 *  0             2                  4        6          8
 * +-------------+------------------+--------+----------+----------
 * | source port | destination port | length | checksum | payload
 * +-------------+------------------+--------+----------+----------
 * </pre>
 */
public final class UdpView {
  public static final int LENGTH = 8;

  private static final int SOURCE_PORT = 0;
  private static final int DESTINATION_PORT = 2;
  private static final int DATAGRAM_LENGTH = 4;

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

  public int sourcePort() {
    return BigEndian.u16(bytes, at + SOURCE_PORT);
  }

  public int destinationPort() {
    return BigEndian.u16(bytes, at + DESTINATION_PORT);
  }

  /**
   * Returns the bytes behind this header: by its own length, or by that of what carries it, where
   * the header's does not fit in or is 0 as in a jumbogram (RFC 2675 4).
   *
   * @param carriedBytes what the layer around says that header and payload have together
   */
  public int payloadLength(long carriedBytes) {
    int length = BigEndian.u16(bytes, at + DATAGRAM_LENGTH);
    boolean fits = length >= LENGTH && length <= carriedBytes;
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, (fits ? length : carriedBytes) - LENGTH));
  }
}
