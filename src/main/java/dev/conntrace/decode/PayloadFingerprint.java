package dev.conntrace.decode;

import dev.conntrace.wire.BigEndian;

/**
 * A number that tells the beginnings of two payloads apart, so that bytes sent again can be
 * compared with what they were.
 */
public final class PayloadFingerprint {
  /** How many bytes from the beginning are compared at most. */
  public static final int BYTES = 64;

  /** Stands for no payload, or one of which too little was captured to be compared. */
  public static final int NONE = 0;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private PayloadFingerprint() {}

  static int of(Segment segment) {
    int length = comparedBytes(segment.payloadLength());
    if (length == 0 || segment.capturedPayloadLength() < length) {
      return NONE;
    }
    long mixed = 1;
    int at = segment.payloadOffset();
    int end = at + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      mixed = mix(mixed, BigEndian.i64(segment.bytes(), at));
    }
    for (; at < end; at++) {
      mixed = mix(mixed, segment.bytes()[at]);
    }
    int folded = (int) (mixed ^ (mixed >>> 32));
    return folded == NONE ? 1 : folded;
  }

  private static long mix(long mixed, long next) {
    long product = (mixed ^ next) * MULTIPLIER;
    return product ^ product >>> 29;
  }

  /**
   * Returns how many bytes of a payload its fingerprint tells of; only fingerprints of equally many
   * can be compared.
   */
  public static int comparedBytes(int payloadLength) {
    return Math.min(BYTES, payloadLength);
  }
}
