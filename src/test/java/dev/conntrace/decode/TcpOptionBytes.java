package dev.conntrace.decode;

import java.nio.ByteBuffer;

/** The bytes of single TCP options, for {@link PacketBytes#options}. */
public final class TcpOptionBytes {
  private TcpOptionBytes() {}

  public static byte[] mss(int bytes) {
    return option(2, (byte) (bytes >> 8), (byte) bytes);
  }

  public static byte[] windowScale(int shift) {
    return option(3, (byte) shift);
  }

  public static byte[] sackPermitted() {
    return option(4);
  }

  /** SACK blocks: left and right edges by turns, low 32 bits. */
  public static byte[] sack(long... edges) {
    ByteBuffer value = ByteBuffer.allocate(4 * edges.length);
    for (long edge : edges) {
      value.putInt((int) edge);
    }
    return option(5, value.array());
  }

  public static byte[] timestamps(long value, long echo) {
    return option(8, ByteBuffer.allocate(8).putInt((int) value).putInt((int) echo).array());
  }

  public static byte[] fastOpen(byte... cookie) {
    return option(34, cookie);
  }

  public static byte[] noOperation() {
    return new byte[] {1};
  }

  /** Any option: kind, length, value. */
  public static byte[] option(int kind, byte... value) {
    return ByteBuffer.allocate(2 + value.length)
        .put((byte) kind)
        .put((byte) (2 + value.length))
        .put(value)
        .array();
  }
}
