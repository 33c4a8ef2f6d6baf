package dev.conntrace.wire;

/**
 * A Linux "cooked" header, version 1 (LINKTYPE_LINUX_SLL) laid over bytes.
 *
 * <pre>
 *  0        2        4        6           14         16
 * +--------+--------+--------+-----------+----------+----------
 * | packet | device | address|  address  | protocol | payload
 * | type   | type   | length |           |          |
 * +--------+--------+--------+-----------+----------+----------
 * </pre>
 */
public final class SllView {
  public static final int LENGTH = 16;

  /** Packet type of a packet that this machine sent. */
  public static final int OUTGOING = 4;

  private static final int PACKET_TYPE = 0;
  private static final int DEVICE_TYPE = 2;
  private static final int PROTOCOL = 14;

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
   * To whom the packet was: 0 to us, 1 broadcast, 2 multicast, 3 to another, 4 from us ({@link
   * #OUTGOING}).
   */
  public int packetType() {
    return BigEndian.u16(bytes, at + PACKET_TYPE);
  }

  /** The device's ARPHRD number. */
  public int deviceType() {
    return BigEndian.u16(bytes, at + DEVICE_TYPE);
  }

  /**
   * The {@link EtherType} of the payload, or one of Linux's numbers below {@link
   * EtherType#SMALLEST} ({@link LlcView#LINUX_PROTOCOL}).
   */
  public int protocol() {
    return BigEndian.u16(bytes, at + PROTOCOL);
  }
}
