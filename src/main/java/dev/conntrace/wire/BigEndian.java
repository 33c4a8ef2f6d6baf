package dev.conntrace.wire;

/**
 * Reads numbers in network byte order out of a byte array. The caller has checked that they are
 * there.
 *
 * <p>Byte by byte, and not through a {@code VarHandle}: until the optimising compiler is done with
 * a process of half a second, a handle costs several times as much, and afterwards the difference
 * is small.
 */
public final class BigEndian {
  private BigEndian() {}

  /** Returns the byte at {@code offset}, 0 to 255. */
  public static int u8(byte[] bytes, int offset) {
    return bytes[offset] & 0xFF;
  }

  /** Returns the two bytes at {@code offset}, 0 to 65535. */
  public static int u16(byte[] bytes, int offset) {
    return (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF);
  }

  /** Returns the three bytes at {@code offset}, 0 to 2^24-1. */
  public static int u24(byte[] bytes, int offset) {
    return u8(bytes, offset) << 16 | u16(bytes, offset + 1);
  }

  /** Returns the four bytes at {@code offset} as a raw 32-bit number. */
  public static int i32(byte[] bytes, int offset) {
    return bytes[offset] << 24
        | (bytes[offset + 1] & 0xFF) << 16
        | (bytes[offset + 2] & 0xFF) << 8
        | (bytes[offset + 3] & 0xFF);
  }

  /** Returns the four bytes at {@code offset}, 0 to 2^32-1. */
  public static long u32(byte[] bytes, int offset) {
    return i32(bytes, offset) & 0xFFFFFFFFL;
  }

  /** Returns the six bytes at {@code offset}, 0 to 2^48-1. */
  public static long u48(byte[] bytes, int offset) {
    return (long) u16(bytes, offset) << 32 | u32(bytes, offset + 2);
  }

  /** Returns the eight bytes at {@code offset} as a raw 64-bit number. */
  public static long i64(byte[] bytes, int offset) {
    return (long) i32(bytes, offset) << 32 | u32(bytes, offset + 4);
  }
}
