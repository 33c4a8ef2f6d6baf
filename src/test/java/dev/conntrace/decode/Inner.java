package dev.conntrace.decode;

/**
 * What {@link PacketBytes} puts an envelope around: bytes, and the EtherType that announces them.
 */
final class Inner {
  final int etherType;
  final byte[] bytes;

  Inner(int etherType, byte[] bytes) {
    this.etherType = etherType;
    this.bytes = bytes;
  }
}
