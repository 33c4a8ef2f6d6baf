package dev.conntrace.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads numbers in network byte order out of a byte array. The caller has checked that they are
 * there.
 */
public final class BigEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  /** Returns the byte at {@code offset}, 0 to 255. */
  public static int u8(byte[] bytes, int offset) {
    return bytes[offset] & 0xFF;
  }

  /** Returns the two bytes at {@code offset}, 0 to 65535. */
  public static int u16(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset) & 0xFFFF;
  }

  /** Returns the four bytes at {@code offset} as a raw 32-bit number. */
  public static int i32(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  /** Returns the four bytes at {@code offset}, 0 to 2^32-1. */
  public static long u32(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset) & 0xFFFFFFFFL;
  }

  /** Returns the six bytes at {@code offset}, 0 to 2^48-1. */
  public static long u48(byte[] bytes, int offset) {
    return (long) u16(bytes, offset) << 32 | u32(bytes, offset + 2);
  }

  /** Returns the three bytes at {@code offset}, 0 to 2^24-1. */
  public static int u24(byte[] bytes, int offset) {
    return u8(bytes, offset) << 16 | u16(bytes, offset + 1);
  }

  /** Returns the eight bytes at {@code offset} as a raw 64-bit number. */
  public static long i64(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }
}
