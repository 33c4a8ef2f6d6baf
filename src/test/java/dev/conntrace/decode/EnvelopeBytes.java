package dev.conntrace.decode;

import java.nio.ByteBuffer;

/** The headers around IP for {@link PacketBytes}. */
final class EnvelopeBytes {
  private static final byte[] ADDRESSES = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1};
  private static final int UDP_LENGTH = 8;
  private static final int ANY_PORT = 50000;
  private static final int LOOPBACK_DEVICE = 772;

  private EnvelopeBytes() {}

  static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  /** Two bytes of whatever, then the type: how VLAN tags and GRE headers begin. */
  static byte[] typed(int number, int etherType, byte[] bytes) {
    return ByteBuffer.allocate(4 + bytes.length)
        .putShort((short) number)
        .putShort((short) etherType)
        .put(bytes)
        .array();
  }

  static byte[] ethernet(Inner inner) {
    return ByteBuffer.allocate(14 + inner.bytes.length)
        .put(ADDRESSES)
        .putShort((short) inner.etherType)
        .put(inner.bytes)
        .array();
  }

  static byte[] sll(Inner inner) {
    return ByteBuffer.allocate(16 + inner.bytes.length)
        .putShort((short) 0)
        .putShort((short) LOOPBACK_DEVICE)
        .putShort((short) 6)
        .putLong(0)
        .putShort((short) inner.etherType)
        .put(inner.bytes)
        .array();
  }

  static byte[] sll2(Inner inner) {
    return ByteBuffer.allocate(20 + inner.bytes.length)
        .putShort((short) inner.etherType)
        .putShort((short) 0)
        .putInt(1)
        .putShort((short) LOOPBACK_DEVICE)
        .put((byte) 0)
        .put((byte) 6)
        .putLong(0)
        .put(inner.bytes)
        .array();
  }

  static byte[] udp(int port, byte[] payload) {
    return ByteBuffer.allocate(UDP_LENGTH + payload.length)
        .putShort((short) ANY_PORT)
        .putShort((short) port)
        .putShort((short) (UDP_LENGTH + payload.length))
        .putShort((short) 0)
        .put(payload)
        .array();
  }
}
