package dev.conntrace.decode;

import java.util.zip.CRC32;

/**
 * A number that tells the beginnings of two payloads apart, so that bytes sent again can be
 * compared with what they were: their CRC, as processors compute that faster than anything else.
 * Whoever wants to can make two payloads of one number; streams compare the bytes themselves.
 */
public final class PayloadFingerprint {
  /** How many bytes from the beginning are compared at most. */
  public static final int BYTES = 64;

  /** Stands for no payload, or one of which too little was captured to be compared. */
  public static final int NONE = 0;

  private final CRC32 crc = new CRC32();

  PayloadFingerprint() {}

  int of(Segment segment) {
    int length = comparedBytes(segment.payloadLength());
    if (length == 0 || segment.capturedPayloadLength() < length) {
      return NONE;
    }
    crc.reset();
    crc.update(segment.bytes(), segment.payloadOffset(), length);
    int found = (int) crc.getValue();
    return found == NONE ? 1 : found;
  }

  /**
   * Returns how many bytes of a payload its fingerprint tells of; only fingerprints of equally many
   * can be compared.
   */
  public static int comparedBytes(int payloadLength) {
    return Math.min(BYTES, payloadLength);
  }
}
