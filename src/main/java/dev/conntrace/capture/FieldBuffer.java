package dev.conntrace.capture;

import java.io.IOException;
import java.io.OutputStream;

/** Collects the little-endian fields of a record, to write them in one piece. */
final class FieldBuffer {
  private final byte[] bytes;
  private int length;

  /** Makes room for records of at most {@code capacity} bytes. */
  FieldBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  FieldBuffer u16(int value) {
    bytes[length++] = (byte) value;
    bytes[length++] = (byte) (value >> 8);
    return this;
  }

  /** Appends the low 32 bits of {@code value}. */
  FieldBuffer u32(long value) {
    return u16((int) value).u16((int) (value >> 16));
  }

  FieldBuffer u64(long value) {
    return u32(value).u32(value >>> 32);
  }

  /** Writes the fields, and begins anew. */
  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }
}
