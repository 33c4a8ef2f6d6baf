package dev.conntrace.wire;

/**
 * The Multipath TCP options of one header (RFC 8684 3): which there are, and of those that open,
 * join or end paths what they carry. Refilled for each header that has any; a field means something
 * only if its subtype is there.
 */
public final class MptcpOptions {
  /** Offers or accepts Multipath TCP. */
  public static final int MP_CAPABLE = 0;

  /** Joins a path to an open connection. */
  public static final int MP_JOIN = 1;

  /** Says where the segment's bytes lie in the whole stream, and acknowledges that. */
  public static final int DSS = 2;

  /** Ends the whole connection, all paths, at once. */
  public static final int MP_FASTCLOSE = 7;

  /** Says why a path is reset. */
  public static final int MP_TCPRST = 8;

  private static final int SUBTYPES = 16;
  private static final int SENDER_KEY = 2;
  private static final int RECEIVER_KEY = 10;
  private static final int KEY_BYTES = 8;
  private static final int TOKEN = 2;
  private static final int TOKEN_BYTES = 4;
  private static final int MARK_MULTIPLIER = 31;

  private int present;
  private int version;
  private boolean hasSenderKey;
  private long senderKey;
  private boolean hasReceiverKey;
  private long receiverKey;
  private boolean hasToken;
  private int token;
  private int resetReason;
  private int mark;

  void clear() {
    present = 0;
    hasSenderKey = false;
    hasReceiverKey = false;
    hasToken = false;
    mark = 1;
  }

  /**
   * Reads one option.
   *
   * @param at index of the first byte behind kind and length
   * @param length how many bytes there are from there on, at least 1
   */
  void read(byte[] bytes, int at, int length) {
    int subtype = (bytes[at] & 0xFF) >>> 4;
    present |= 1 << subtype;
    for (int i = 0; i < length; i++) {
      mark = MARK_MULTIPLIER * mark + bytes[at + i];
    }
    switch (subtype) {
      case MP_CAPABLE -> readCapable(bytes, at, length);
      case MP_JOIN -> readJoin(bytes, at, length);
      case MP_TCPRST -> resetReason = length > 1 ? bytes[at + 1] & 0xFF : 0;
      default -> {
        // That it is there is all that is told of it.
      }
    }
  }

  private void readCapable(byte[] bytes, int at, int length) {
    version = bytes[at] & 0x0F;
    hasSenderKey = length >= SENDER_KEY + KEY_BYTES;
    senderKey = hasSenderKey ? BigEndian.i64(bytes, at + SENDER_KEY) : 0;
    hasReceiverKey = length >= RECEIVER_KEY + KEY_BYTES;
    receiverKey = hasReceiverKey ? BigEndian.i64(bytes, at + RECEIVER_KEY) : 0;
  }

  /** Only the SYN carries the token: 10 bytes with a random number behind (RFC 8684 3.2). */
  private void readJoin(byte[] bytes, int at, int length) {
    hasToken = length == TOKEN + 2 * TOKEN_BYTES;
    token = hasToken ? BigEndian.i32(bytes, at + TOKEN) : 0;
  }

  /** Returns whether an option of this subtype, 0 to 15, is there. */
  public boolean has(int subtype) {
    return subtype < SUBTYPES && (present & 1 << subtype) != 0;
  }

  /** Returns whether there is any that is no {@link #DSS}. */
  public boolean hasSignal() {
    return (present & ~(1 << DSS)) != 0;
  }

  /** The version that MP_CAPABLE names: 1, or 0 of RFC 6824. */
  public int version() {
    return version;
  }

  public boolean hasSenderKey() {
    return hasSenderKey;
  }

  /** The key of the end that sent MP_CAPABLE. */
  public long senderKey() {
    return senderKey;
  }

  public boolean hasReceiverKey() {
    return hasReceiverKey;
  }

  /** The key of the other end, which MP_CAPABLE in the third segment repeats. */
  public long receiverKey() {
    return receiverKey;
  }

  public boolean hasToken() {
    return hasToken;
  }

  /** Which connection MP_JOIN joins: the first 32 bits of a hash of the other end's key. */
  public int token() {
    return token;
  }

  /** Why MP_TCPRST resets: RFC 8684 3.6. */
  public int resetReason() {
    return resetReason;
  }

  /** A number that differs where the options differ; never 0. */
  int mark() {
    return mark == 0 ? 1 : mark;
  }
}
