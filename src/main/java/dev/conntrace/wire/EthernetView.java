package dev.conntrace.wire;

/**
 * An Ethernet header (IEEE 802.3 3.1.1) laid over bytes.
 *
 * <pre>
 *  0             6            12       14
 * +-------------+-------------+--------+----------
 * | destination |   source    | type   | payload
 * +-------------+-------------+--------+----------
 * </pre>
 */
public final class EthernetView {
  /** Bytes of the header, tags not counted. */
  public static final int LENGTH = 14;

  private static final int DESTINATION = 0;
  private static final int SOURCE = 6;
  private static final int TYPE = 12;

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

  /** The receiver's address in the low 48 bits. */
  public long destination() {
    return BigEndian.u48(bytes, at + DESTINATION);
  }

  /** The sender's address in the low 48 bits. */
  public long source() {
    return BigEndian.u48(bytes, at + SOURCE);
  }

  /**
   * The {@link EtherType} of the payload, or its length in bytes if below {@link
   * EtherType#SMALLEST}.
   */
  public int typeOrLength() {
    return BigEndian.u16(bytes, at + TYPE);
  }
}
