package dev.conntrace.wire;

/**
 * An LLC header with its SNAP extension (IEEE 802.2, RFC 1042) laid over bytes: how a frame without
 * an EtherType gets one.
 *
 * <pre>
 *  0      1      2         3                6      8
 * +------+------+---------+----------------+------+----------
 * | DSAP | SSAP | control |  organization  | type | payload
 * | AA   | AA   | 03      |  00-00-00      |      |
 * +------+------+---------+----------------+------+----------
 * </pre>
 */
public final class LlcView {
  /** Bytes of the header if {@link #isSnap()}. */
  public static final int SNAP_LENGTH = 8;

  /** What Linux's cooked captures say where LLC follows (ETH_P_802_2). */
  public static final int LINUX_PROTOCOL = 4;

  private static final int SERVICE_POINTS_AND_CONTROL = 0;
  private static final int ORGANIZATION = 3;
  private static final int TYPE = 6;

  private static final int MIN_LENGTH = 3;
  private static final int SNAP = 0xAAAA03;
  private static final int ENCAPSULATED_ETHERNET = 0x000000;
  private static final int BRIDGE_TUNNEL = 0x0000F8;

  private byte[] bytes = new byte[SNAP_LENGTH];
  private int at;
  private boolean snap;

  /** Lays this view over the header at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < MIN_LENGTH) {
      return Fit.CUT;
    }
    this.bytes = bytes;
    this.at = offset;
    this.snap = BigEndian.u24(bytes, offset + SERVICE_POINTS_AND_CONTROL) == SNAP;
    return snap ? Fit.ofLength(SNAP_LENGTH, offset, limit) : Fit.WHOLE;
  }

  /**
   * Whether the payload has an EtherType; otherwise it is one of the protocols that came before.
   */
  public boolean isSnap() {
    return snap && hasEtherType();
  }

  private boolean hasEtherType() {
    int organization = BigEndian.u24(bytes, at + ORGANIZATION);
    return organization == ENCAPSULATED_ETHERNET || organization == BRIDGE_TUNNEL;
  }

  /** The {@link EtherType} of the payload, if {@link #isSnap()}. */
  public int etherType() {
    return snap ? BigEndian.u16(bytes, at + TYPE) : 0;
  }
}
