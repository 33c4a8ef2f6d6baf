package dev.conntrace.capture;

/**
 * The checksum of LZ4 frames, XXH32 with seed 0, over bytes that come piece by piece (xxHash
 * specification 0.1.1).
 */
final class XxHash32 {
  private static final int PRIME_1 = 0x9E3779B1;
  private static final int PRIME_2 = 0x85EBCA77;
  private static final int PRIME_3 = 0xC2B2AE3D;
  private static final int PRIME_4 = 0x27D4EB2F;
  private static final int PRIME_5 = 0x165667B1;

  /** The sum of the first two, without what overflows. */
  private static final int PRIME_1_AND_2 = 0x24234428;

  private static final int STRIPE_BYTES = 16;

  private final byte[] rest = new byte[STRIPE_BYTES];
  private int restBytes;
  private long totalBytes;
  private int lane1;
  private int lane2;
  private int lane3;
  private int lane4;

  XxHash32() {
    begin();
  }

  /** Returns the checksum of bytes that are all there. */
  static int of(byte[] bytes, int at, int length) {
    XxHash32 hash = new XxHash32();
    hash.update(bytes, at, length);
    return hash.value();
  }

  /** Forgets all bytes. */
  void begin() {
    restBytes = 0;
    totalBytes = 0;
    lane1 = PRIME_1_AND_2;
    lane2 = PRIME_2;
    lane3 = 0;
    lane4 = -PRIME_1;
  }

  /** Adds bytes. */
  void update(byte[] bytes, int at, int length) {
    totalBytes += length;
    int next = at;
    int end = at + length;
    if (restBytes > 0) {
      int count = Math.min(length, STRIPE_BYTES - restBytes);
      System.arraycopy(bytes, next, rest, restBytes, count);
      restBytes += count;
      next += count;
      if (restBytes < STRIPE_BYTES) {
        return;
      }
      stripe(rest, 0);
      restBytes = 0;
    }
    for (; end - next >= STRIPE_BYTES; next += STRIPE_BYTES) {
      stripe(bytes, next);
    }
    restBytes = end - next;
    System.arraycopy(bytes, next, rest, 0, restBytes);
  }

  private void stripe(byte[] bytes, int at) {
    lane1 = round(lane1, FieldOrder.LITTLE_ENDIAN.i32(bytes, at));
    lane2 = round(lane2, FieldOrder.LITTLE_ENDIAN.i32(bytes, at + 4));
    lane3 = round(lane3, FieldOrder.LITTLE_ENDIAN.i32(bytes, at + 8));
    lane4 = round(lane4, FieldOrder.LITTLE_ENDIAN.i32(bytes, at + 12));
  }

  private static int round(int lane, int value) {
    return Integer.rotateLeft(lane + value * PRIME_2, 13) * PRIME_1;
  }

  /** Returns the checksum of all bytes since {@link #begin}; more may follow. */
  int value() {
    int hash =
        totalBytes < STRIPE_BYTES
            ? PRIME_5
            : Integer.rotateLeft(lane1, 1)
                + Integer.rotateLeft(lane2, 7)
                + Integer.rotateLeft(lane3, 12)
                + Integer.rotateLeft(lane4, 18);
    hash += (int) totalBytes;
    int at = 0;
    for (; restBytes - at >= Integer.BYTES; at += Integer.BYTES) {
      int value = FieldOrder.LITTLE_ENDIAN.i32(rest, at);
      hash = Integer.rotateLeft(hash + value * PRIME_3, 17) * PRIME_4;
    }
    for (; at < restBytes; at++) {
      hash = Integer.rotateLeft(hash + (rest[at] & 0xFF) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 15) * PRIME_2;
    hash = (hash ^ hash >>> 13) * PRIME_3;
    return hash ^ hash >>> 16;
  }
}
