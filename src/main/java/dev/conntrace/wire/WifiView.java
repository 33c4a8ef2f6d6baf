package dev.conntrace.wire;

/**
 * The header of a wireless LAN data frame (IEEE 802.11 9.3.2) laid over bytes.
 *
 * <pre>
 *  0         2          4     10    16    22         24          30      32
 * +---------+----------+-----+-----+-----+----------+-----------+-------+--------+---------
 * | control | duration | ad. | ad. | ad. | sequence | address 4 | QoS   | HT     | LLC...
 * |         |          | 1   | 2   | 3   | control  | (if WDS)  | (if)  | (if)   |
 * +---------+----------+-----+-----+-----+----------+-----------+-------+--------+---------
 *
 *   first byte                    second byte
 *  |subtype|type|version|        |order|protected|more data|power|retry|more fragments|from DS|to DS|
 * </pre>
 */
public final class WifiView {
  /** Bytes of a header with three addresses and nothing else. */
  public static final int MIN_LENGTH = 24;

  private static final int TYPE = 0;
  private static final int FLAGS = 1;
  private static final int SEQUENCE_CONTROL = 22;

  private static final int VERSION_AND_TYPE_MASK = 0x0F;
  private static final int DATA = 0x08;
  private static final int WITHOUT_PAYLOAD = 0x40;
  private static final int QOS = 0x80;

  private static final int TO_DS_AND_FROM_DS = 0x03;
  private static final int MORE_FRAGMENTS = 0x04;
  private static final int PROTECTED = 0x40;
  private static final int ORDER = 0x80;

  private static final int FRAGMENT_NUMBER_MASK = 0x0F;
  private static final int AGGREGATE = 0x80;

  private static final int ADDRESS_LENGTH = 6;
  private static final int QOS_LENGTH = 2;
  private static final int HT_LENGTH = 4;

  private byte[] bytes = new byte[MIN_LENGTH + ADDRESS_LENGTH + QOS_LENGTH];
  private int at;
  private int qosOffset;
  private int length;

  /**
   * Lays this view over the header at {@code offset} of bytes that end before {@code limit}. Frames
   * that are not data frames have other headers: of them only {@link #isData()} means something.
   */
  public Fit wrap(byte[] bytes, int offset, int limit) {
    if (limit - offset < MIN_LENGTH) {
      return Fit.CUT;
    }
    this.bytes = bytes;
    this.at = offset;
    boolean fourAddresses = (bytes[offset + FLAGS] & TO_DS_AND_FROM_DS) == TO_DS_AND_FROM_DS;
    this.qosOffset = MIN_LENGTH + (fourAddresses ? ADDRESS_LENGTH : 0);
    this.length = qosOffset + (isQos() ? QOS_LENGTH + (has(ORDER) ? HT_LENGTH : 0) : 0);
    return Fit.ofLength(length, offset, limit);
  }

  private boolean has(int flag) {
    return (bytes[at + FLAGS] & flag) != 0;
  }

  private boolean isQos() {
    return (bytes[at + TYPE] & QOS) != 0;
  }

  /** Bytes of the header, 24 to 36. */
  public int length() {
    return length;
  }

  /** Whether this is a data frame that carries something. */
  public boolean isData() {
    return (bytes[at + TYPE] & (VERSION_AND_TYPE_MASK | WITHOUT_PAYLOAD)) == DATA;
  }

  /** Whether the payload is encrypted. */
  public boolean isProtected() {
    return has(PROTECTED);
  }

  /** Whether the payload is a part only. */
  public boolean isFragment() {
    return has(MORE_FRAGMENTS) || (bytes[at + SEQUENCE_CONTROL] & FRAGMENT_NUMBER_MASK) != 0;
  }

  /** Whether the payload is several frames in one (A-MSDU). */
  public boolean isAggregate() {
    return isQos() && (bytes[at + qosOffset] & AGGREGATE) != 0;
  }
}
