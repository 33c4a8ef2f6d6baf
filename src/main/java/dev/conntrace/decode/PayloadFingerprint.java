package dev.conntrace.decode;

import dev.conntrace.wire.BigEndian;

/**
 * A number that tells the beginnings of two payloads apart, so that bytes sent again can be
 * compared with what they were.
 */
public final class PayloadFingerprint {
  /** How many bytes from the beginning are compared. */
  public static final int BYTES = 64;

  /**
   * Stands for a payload that is too short, or of which too little was captured, to be compared.
   */
  public static final int NONE = 0;

  private PayloadFingerprint() {}

  static int of(Segment segment) {
    if (segment.payloadLength() < BYTES || segment.capturedPayloadLength() < BYTES) {
      return NONE;
    }
    long mixed = 1;
    int end = segment.payloadOffset() + BYTES;
    for (int at = segment.payloadOffset(); at < end; at += Long.BYTES) {
      mixed = (mixed ^ BigEndian.i64(segment.bytes(), at)) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    int folded = (int) (mixed ^ (mixed >>> 32));
    return folded == NONE ? 1 : folded;
  }
}
