package dev.conntrace.wire;

/**
 * The header of a mirrored frame in GRE (draft-foschiano-erspan 4.2, 4.3) laid over bytes. Type I
 * has none; type III may have 8 bytes more.
 *
 * <pre>
 *  0         2             4          8                12
 * +----+----+----+--------+----------+--------------+-+----------
 * |ver |VLAN|    |session |          | type III     |O| Ethernet
 * +----+----+----+--------+----------+--------------+-+----------
 * </pre>
 */
public final class ErspanView {
  private static final int VERSION = 0;
  private static final int SESSION = 2;
  private static final int SUBHEADER_FLAG = 11;

  private static final int TYPE_II = 1;
  private static final int TYPE_III = 2;
  private static final int TYPE_II_LENGTH = 8;
  private static final int TYPE_III_LENGTH = 12;
  private static final int SUBHEADER_LENGTH = 8;
  private static final int SESSION_MASK = 0x3FF;

  private byte[] bytes = new byte[TYPE_III_LENGTH];
  private int at;
  private int length;

  /** Lays this view over the header at {@code offset} of bytes that end before {@code limit}. */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < TYPE_II_LENGTH) {
      return Fit.CUT;
    }
    int version = BigEndian.u8(bytes, offset + VERSION) >> 4;
    if (version != TYPE_II && version != TYPE_III) {
      return Fit.IMPOSSIBLE;
    }
    if (version == TYPE_III && limit - offset < TYPE_III_LENGTH) {
      return Fit.CUT;
    }
    this.bytes = bytes;
    this.at = offset;
    this.length = version == TYPE_II ? TYPE_II_LENGTH : typeThreeLength();
    return Fit.ofLength(length, offset, limit);
  }

  private int typeThreeLength() {
    return TYPE_III_LENGTH + (bytes[at + SUBHEADER_FLAG] & 1) * SUBHEADER_LENGTH;
  }

  /** Bytes of the header: 8, 12 or 20. */
  public int length() {
    return length;
  }

  /** Number of the mirroring session, 0 to 1023. */
  public int session() {
    return BigEndian.u16(bytes, at + SESSION) & SESSION_MASK;
  }
}
