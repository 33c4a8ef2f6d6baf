package dev.conntrace.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Collects numbers and bytes in one byte order: what the builders of capture files are made of. */
public final class OrderedBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private ByteOrder order;

  /** Starts empty. */
  public OrderedBytes(ByteOrder order) {
    this.order = order;
  }

  /** Uses another byte order from here on. */
  public void changeOrder(ByteOrder next) {
    order = next;
  }

  /** Appends the low 16 bits. */
  public OrderedBytes u16(int value) {
    byte[] number = new byte[2];
    ByteBuffer.wrap(number).order(order).putShort((short) value);
    return raw(number);
  }

  /** Appends the low 32 bits. */
  public OrderedBytes u32(long value) {
    byte[] number = new byte[4];
    ByteBuffer.wrap(number).order(order).putInt((int) value);
    return raw(number);
  }

  /** Appends all 64 bits. */
  public OrderedBytes u64(long value) {
    byte[] number = new byte[8];
    ByteBuffer.wrap(number).order(order).putLong(value);
    return raw(number);
  }

  /** Appends bytes as they are. */
  public OrderedBytes raw(byte... values) {
    bytes.writeBytes(values);
    return this;
  }

  /** Appends zeros up to the next multiple of four. */
  public OrderedBytes pad() {
    while (bytes.size() % 4 != 0) {
      bytes.write(0);
    }
    return this;
  }

  /** Appends a pcapng option with its padding. */
  public OrderedBytes option(int code, byte... value) {
    return u16(code).u16(value.length).raw(value).pad();
  }

  /** Appends a pcapng option that holds a 64-bit number. */
  public OrderedBytes option64(int code, long value) {
    return u16(code).u16(8).u64(value);
  }

  public int size() {
    return bytes.size();
  }

  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
