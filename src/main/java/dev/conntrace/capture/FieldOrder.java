package dev.conntrace.capture;

import dev.conntrace.wire.BigEndian;

/**
 * The byte order in which a capture's own fields are stored: that of the machine that wrote it. The
 * packets inside are not concerned.
 */
enum FieldOrder {
  BIG_ENDIAN("big-endian"),
  LITTLE_ENDIAN("little-endian");

  private final String words;

  FieldOrder(String words) {
    this.words = words;
  }

  /** Returns the two bytes at {@code offset}, 0 to 65535. */
  int u16(byte[] bytes, int offset) {
    int value = BigEndian.u16(bytes, offset);
    return this == BIG_ENDIAN ? value : (Short.reverseBytes((short) value) & 0xFFFF);
  }

  /** Returns the four bytes at {@code offset} as a raw 32-bit number. */
  int i32(byte[] bytes, int offset) {
    int value = BigEndian.i32(bytes, offset);
    return this == BIG_ENDIAN ? value : Integer.reverseBytes(value);
  }

  /** Returns the four bytes at {@code offset}, 0 to 2^32-1. */
  long u32(byte[] bytes, int offset) {
    return i32(bytes, offset) & 0xFFFFFFFFL;
  }

  /** Returns the eight bytes at {@code offset} as a raw 64-bit number. */
  long i64(byte[] bytes, int offset) {
    long value = BigEndian.i64(bytes, offset);
    return this == BIG_ENDIAN ? value : Long.reverseBytes(value);
  }

  /** Returns {@code big-endian} or {@code little-endian}. */
  String words() {
    return words;
  }
}
