package dev.conntrace.wire;

/**
 * What follows the type of an Ethernet tag (IEEE 802.1Q 9.6): the tag's control field and the next
 * type. Service tags (802.1ad) look the same.
 *
 * <pre>
 *  0   3 4              2        4
 * +---+-+--------------+--------+----------
 * |pri|D|   VLAN id    | type   | payload
 * +---+-+--------------+--------+----------
 * </pre>
 */
public final class VlanView {
  /** Bytes of the tag after its own type. */
  public static final int LENGTH = 4;

  private static final int CONTROL = 0;
  private static final int TYPE = 2;
  private static final int ID_MASK = 0x0FFF;

  private byte[] bytes = new byte[LENGTH];
  private int at;

  /** Lays this view over the tag at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    Fit fit = Fit.ofLength(LENGTH, offset, limit);
    if (fit == Fit.WHOLE) {
      this.bytes = bytes;
      this.at = offset;
    }
    return fit;
  }

  /** The network's number, 0 to 4095; 0 means that the tag only carries a priority. */
  public int id() {
    return BigEndian.u16(bytes, at + CONTROL) & ID_MASK;
  }

  /** The priority, 0 to 7. */
  public int priority() {
    return BigEndian.u16(bytes, at + CONTROL) >> 13;
  }

  /**
   * The {@link EtherType} of what the tag precedes, or its length if below {@link
   * EtherType#SMALLEST}.
   */
  public int typeOrLength() {
    return BigEndian.u16(bytes, at + TYPE);
  }
}
