package dev.conntrace.wire;

/**
 * The options of one TCP header, parsed once into fields and refilled for each segment (RFC 9293
 * 3.2).
 *
 * <p>A field means something only if its "has" method says that the option was there. What the
 * header's length cannot hold ends the parse: the options before it stand, and {@link
 * #isMalformed()} says so.
 */
public final class TcpOptions {
  /** The most SACK blocks that fit beside nothing else (RFC 2018 3). */
  public static final int MAX_SACK_BLOCKS = 4;

  private static final int END = 0;
  private static final int NO_OPERATION = 1;
  private static final int MSS = 2;
  private static final int WINDOW_SCALE = 3;
  private static final int SACK_PERMITTED = 4;
  private static final int SACK = 5;
  private static final int TIMESTAMPS = 8;
  private static final int MPTCP = 30;
  private static final int FAST_OPEN = 34;
  private static final int ACC_ECN_0 = 172;
  private static final int ACC_ECN_1 = 174;
  private static final int EXPERIMENT_1 = 253;
  private static final int EXPERIMENT_2 = 254;

  /**
   * RFC 6994 experiment identifier of TCP Fast Open before it had a number of its own (RFC 7413
   * 4.1.1).
   */
  private static final int FAST_OPEN_EXPERIMENT = 0xF989;

  /** Twice nothing, then timestamps of 10 bytes. */
  private static final int PADDED_TIMESTAMPS = 0x0101_080A;

  private static final int HAS_MSS = 1;
  private static final int HAS_WINDOW_SCALE = 1 << 1;
  private static final int HAS_SACK_PERMITTED = 1 << 2;
  private static final int HAS_TIMESTAMPS = 1 << 3;
  private static final int HAS_FAST_OPEN = 1 << 4;
  private static final int HAS_MPTCP = 1 << 5;
  private static final int HAS_ACC_ECN = 1 << 6;
  private static final int MALFORMED = 1 << 7;
  private static final int CUT = 1 << 8;

  private int present;
  private int mssBytes;
  private int windowScale;
  private int timestampValue;
  private int timestampEcho;
  private int fastOpenCookieLength;
  private int sackBlocks;
  private final MptcpOptions mptcp = new MptcpOptions();
  private final int[] sackEdges = new int[2 * MAX_SACK_BLOCKS];

  /** Returns a number that tells the SACK blocks of two segments apart; 0 where there are none. */
  public int sackMark() {
    int mark = 0;
    for (int i = 0; i < 2 * sackBlocks; i++) {
      mark = 31 * mark + sackEdges[i];
    }
    return mark;
  }

  /** Forgets everything: a header without options. */
  public void clear() {
    present = 0;
    sackBlocks = 0;
    // Compared between segments without asking whether there are any.
    timestampValue = 0;
    timestampEcho = 0;
  }

  /**
   * Refills this from the option bytes of one header.
   *
   * @param bytes the array that holds them
   * @param offset index of the first option byte
   * @param length how many option bytes the header has, 0 to 40
   * @param captured how many of them the array really holds from {@code offset} on
   */
  public void parse(byte[] bytes, int offset, int length, int captured) {
    clear();
    int end = offset + Math.min(length, captured);
    if (captured < length) {
      present |= CUT;
    }
    if (isTimestampsAlone(bytes, offset, length, captured)) {
      readTimestamps(bytes, offset + 4, 8);
      return;
    }
    int at = offset;
    while (at < end) {
      int kind = bytes[at] & 0xFF;
      if (kind == END) {
        return;
      }
      if (kind == NO_OPERATION) {
        at++;
        continue;
      }
      if (at + 1 >= end) {
        markBroken();
        return;
      }
      int optionLength = bytes[at + 1] & 0xFF;
      if (optionLength < 2 || at + optionLength > end) {
        markBroken();
        return;
      }
      readOption(kind, bytes, at + 2, optionLength - 2);
      at += optionLength;
    }
  }

  /** Most segments carry timestamps in the layout that RFC 7323 appendix A recommends. */
  private static boolean isTimestampsAlone(byte[] bytes, int offset, int length, int captured) {
    return length == 12 && captured >= 12 && BigEndian.i32(bytes, offset) == PADDED_TIMESTAMPS;
  }

  /**
   * An option that runs past the end is the capture's fault if the capture cut the header, and the
   * sender's otherwise.
   */
  private void markBroken() {
    if ((present & CUT) == 0) {
      present |= MALFORMED;
    }
  }

  private void readOption(int kind, byte[] bytes, int at, int length) {
    switch (kind) {
      case MSS -> readMss(bytes, at, length);
      case WINDOW_SCALE -> readWindowScale(bytes, at, length);
      case SACK_PERMITTED -> present |= length == 0 ? HAS_SACK_PERMITTED : MALFORMED;
      case SACK -> readSack(bytes, at, length);
      case TIMESTAMPS -> readTimestamps(bytes, at, length);
      case MPTCP -> readMptcp(bytes, at, length);
      case FAST_OPEN -> markFastOpen(length);
      case ACC_ECN_0, ACC_ECN_1 -> present |= HAS_ACC_ECN;
      case EXPERIMENT_1, EXPERIMENT_2 -> readExperiment(bytes, at, length);
      default -> {
        // An option that conntrace has no use for: skipped by its length.
      }
    }
  }

  private void readMss(byte[] bytes, int at, int length) {
    if (length != 2) {
      present |= MALFORMED;
      return;
    }
    mssBytes = BigEndian.u16(bytes, at);
    present |= HAS_MSS;
  }

  private void readWindowScale(byte[] bytes, int at, int length) {
    if (length != 1) {
      present |= MALFORMED;
      return;
    }
    windowScale = bytes[at] & 0xFF;
    present |= HAS_WINDOW_SCALE;
  }

  private void readSack(byte[] bytes, int at, int length) {
    if (length == 0 || length % 8 != 0) {
      present |= MALFORMED;
      return;
    }
    sackBlocks = Math.min(length / 8, MAX_SACK_BLOCKS);
    for (int i = 0; i < 2 * sackBlocks; i++) {
      sackEdges[i] = BigEndian.i32(bytes, at + 4 * i);
    }
  }

  private void readTimestamps(byte[] bytes, int at, int length) {
    if (length != 8) {
      present |= MALFORMED;
      return;
    }
    timestampValue = BigEndian.i32(bytes, at);
    timestampEcho = BigEndian.i32(bytes, at + 4);
    present |= HAS_TIMESTAMPS;
  }

  private void readExperiment(byte[] bytes, int at, int length) {
    if (length >= 2 && BigEndian.u16(bytes, at) == FAST_OPEN_EXPERIMENT) {
      markFastOpen(length - 2);
    }
  }

  private void readMptcp(byte[] bytes, int at, int length) {
    if (length == 0) {
      present |= MALFORMED;
      return;
    }
    if (!hasMptcp()) {
      mptcp.clear();
    }
    mptcp.read(bytes, at, length);
    present |= HAS_MPTCP;
  }

  private void markFastOpen(int cookieLength) {
    fastOpenCookieLength = cookieLength;
    present |= HAS_FAST_OPEN;
  }

  public boolean hasMss() {
    return (present & HAS_MSS) != 0;
  }

  public int mssBytes() {
    return mssBytes;
  }

  public boolean hasWindowScale() {
    return (present & HAS_WINDOW_SCALE) != 0;
  }

  /** The shift as sent, 0 to 255; a receiver uses at most 14 (RFC 7323 2.3). */
  public int windowScale() {
    return windowScale;
  }

  public boolean isSackPermitted() {
    return (present & HAS_SACK_PERMITTED) != 0;
  }

  public boolean hasTimestamps() {
    return (present & HAS_TIMESTAMPS) != 0;
  }

  public int timestampValue() {
    return timestampValue;
  }

  public int timestampEcho() {
    return timestampEcho;
  }

  public boolean hasFastOpen() {
    return (present & HAS_FAST_OPEN) != 0;
  }

  /** Bytes of the Fast Open cookie; 0 asks for one (RFC 7413 4.1.1). */
  public int fastOpenCookieLength() {
    return fastOpenCookieLength;
  }

  public boolean hasMptcp() {
    return (present & HAS_MPTCP) != 0;
  }

  /** The Multipath TCP options, if {@link #hasMptcp}. */
  public MptcpOptions mptcp() {
    return mptcp;
  }

  /** A number that differs where the Multipath TCP options differ; 0 if there are none. */
  public int mptcpMark() {
    return hasMptcp() ? mptcp.mark() : 0;
  }

  public boolean hasAccEcn() {
    return (present & HAS_ACC_ECN) != 0;
  }

  /** Whether the sender wrote an option that its own length contradicts. */
  public boolean isMalformed() {
    return (present & MALFORMED) != 0;
  }

  /** How many SACK blocks there are, 0 to 4. */
  public int sackBlocks() {
    return sackBlocks;
  }

  /** Raw left edge of SACK block {@code i}: the first byte received. */
  public int sackLeft(int i) {
    return sackEdges[2 * i];
  }

  /** Raw right edge of SACK block {@code i}: the byte after the last one received. */
  public int sackRight(int i) {
    return sackEdges[2 * i + 1];
  }
}
