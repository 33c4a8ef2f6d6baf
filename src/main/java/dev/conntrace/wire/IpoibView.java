package dev.conntrace.wire;

/**
 * The header of IP over InfiniBand as captured (LINKTYPE_IPOIB; RFC 4391 6) laid over bytes.
 *
 * <pre>
 *  0         20            40     42         44
 * +---------+-------------+------+----------+----------
 * | ...     | destination | type | reserved | payload
 * +---------+-------------+------+----------+----------
 * </pre>
 */
public final class IpoibView {
  public static final int LENGTH = 44;

  private static final int TYPE = 40;

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

  /** The {@link EtherType} of the payload. */
  public int etherType() {
    return BigEndian.u16(bytes, at + TYPE);
  }
}
