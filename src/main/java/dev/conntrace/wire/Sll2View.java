package dev.conntrace.wire;

/**
 * A Linux "cooked" header, version 2 (LINKTYPE_LINUX_SLL2) laid over bytes: what {@code tcpdump -i
 * any} writes today.
 *
 * <pre>
 *  0          2          4           8        10       11       12        20
 * +----------+----------+-----------+--------+--------+--------+---------+----------
 * | protocol | reserved | interface | device | packet | address| address | payload
 * |          |          | index     | type   | type   | length |         |
 * +----------+----------+-----------+--------+--------+--------+---------+----------
 * </pre>
 */
public final class Sll2View {
  public static final int LENGTH = 20;

  private static final int PROTOCOL = 0;
  private static final int INTERFACE_INDEX = 4;
  private static final int DEVICE_TYPE = 8;
  private static final int PACKET_TYPE = 10;

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

  /**
   * The {@link EtherType} of the payload, or one of Linux's numbers below {@link
   * EtherType#SMALLEST} ({@link LlcView#LINUX_PROTOCOL}).
   */
  public int protocol() {
    return BigEndian.u16(bytes, at + PROTOCOL);
  }

  /** The kernel's number of the interface, on the machine that captured. */
  public int interfaceIndex() {
    return BigEndian.i32(bytes, at + INTERFACE_INDEX);
  }

  /** The device's ARPHRD number. */
  public int deviceType() {
    return BigEndian.u16(bytes, at + DEVICE_TYPE);
  }

  /** To whom the packet was: see {@link SllView#packetType()}. */
  public int packetType() {
    return BigEndian.u8(bytes, at + PACKET_TYPE);
  }
}
