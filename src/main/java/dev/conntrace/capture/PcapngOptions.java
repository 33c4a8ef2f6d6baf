package dev.conntrace.capture;

/**
 * Steps through the options at the end of one pcapng block after the other
 * (draft-ietf-opsawg-pcapng 3.5): code and length in 2 bytes each, the value, padding to 4 bytes.
 */
final class PcapngOptions {
  private static final int END_OF_OPTIONS = 0;
  private static final int HEADER_BYTES = 4;

  private byte[] bytes = new byte[0];
  private int end;
  private FieldOrder order = FieldOrder.BIG_ENDIAN;
  private int nextAt;
  private int valueAt;
  private int code;
  private int length;
  private boolean malformed;

  /**
   * Goes to before the first option of a block.
   *
   * @param at index of the first option byte
   * @param end index after the last one: where the block's second total length stands
   */
  void begin(byte[] bytes, int at, int end, FieldOrder order) {
    this.bytes = bytes;
    this.nextAt = at;
    this.end = end;
    this.order = order;
    malformed = false;
  }

  /**
   * Goes to the next option and returns true; false at the end of them or before a malformed one.
   */
  boolean next() {
    if (end - nextAt < HEADER_BYTES) {
      return false;
    }
    code = order.u16(bytes, nextAt);
    length = order.u16(bytes, nextAt + 2);
    valueAt = nextAt + HEADER_BYTES;
    if (code == END_OF_OPTIONS) {
      return false;
    }
    if (length > end - valueAt) {
      malformed = true;
      return false;
    }
    // The last option's padding may be missing: what it would pad is not there either.
    nextAt = Math.min(end, valueAt + (length + 3 & ~3));
    return true;
  }

  /** Returns whether the options ended because one runs past its block. */
  boolean isMalformed() {
    return malformed;
  }

  int code() {
    return code;
  }

  /** Returns how many bytes the option's value has, 0 to 65535. */
  int length() {
    return length;
  }

  /** Returns the value's first byte, 0 to 255; its length must be 1 or more. */
  int u8() {
    return bytes[valueAt] & 0xFF;
  }

  /** Returns the value as a raw 64-bit number; its length must be 8. */
  long i64() {
    return order.i64(bytes, valueAt);
  }

  /** Returns the array that holds the block. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns where the value begins in the block's array. */
  int valueAt() {
    return valueAt;
  }
}
