package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.conntrace.capture.Packet;
import dev.conntrace.wire.ChecksumState;
import org.junit.jupiter.api.Test;

class TcpChecksumTest {
  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();

  private ChecksumState stateOf(Packet packet) {
    assertSame(DecodeOutcome.TCP, decoder.decode(packet, segment));
    return segment.checksumState();
  }

  @Test
  void isValidAtEveryLength() {
    for (int length = 0; length < 70; length++) {
      assertEquals(
          ChecksumState.VALID, stateOf(PacketBytes.ipv4Tcp().seq(length).payload(length).packet()));
      assertEquals(
          ChecksumState.VALID, stateOf(PacketBytes.ipv6Tcp().seq(length).payload(length).packet()));
    }
  }

  @Test
  void isPartialOnLoopback() {
    PacketBytes v4 = PacketBytes.ipv4Tcp().payload(65483).partialChecksum();
    assertEquals(ChecksumState.PARTIAL, stateOf(v4.packet()));
    PacketBytes v6 = PacketBytes.ipv6Tcp().payload(0).partialChecksum();
    assertEquals(ChecksumState.PARTIAL, stateOf(v6.packet()));
  }

  @Test
  void isPartialWhereTheLengthIsLeftOut() {
    byte[] bytes = PacketBytes.ipv4Tcp().payload(3000).build();
    // 10.0.0.1 + 10.0.0.2 + 6
    int sum = 0x0A00 + 0x0001 + 0x0A00 + 0x0002 + 6;
    bytes[50] = (byte) (sum >> 8);
    bytes[51] = (byte) sum;
    Packet packet = new Packet();
    packet.set(bytes, 0, bytes.length, bytes.length);
    packet.describe(1, 0, 1, 0);
    assertEquals(ChecksumState.PARTIAL, stateOf(packet));
  }

  @Test
  void isBadOtherwise() {
    PacketBytes bytes = PacketBytes.ipv4Tcp().payload(100).badChecksum();
    assertEquals(ChecksumState.BAD, stateOf(bytes.packet()));
  }

  @Test
  void leavesPaddingOut() {
    assertEquals(
        ChecksumState.VALID, stateOf(PacketBytes.ipv4Tcp().payload(1).trailer(5).packet()));
  }

  @Test
  void countsTheFrameWhereTheIpHeaderSaysZero() {
    PacketBytes bytes = PacketBytes.ipv4Tcp().payload(3000).ipLength(0);
    assertEquals(ChecksumState.VALID, stateOf(bytes.packet()));
  }

  @Test
  void needsTheWholeSegment() {
    PacketBytes bytes = PacketBytes.ipv4Tcp().payload(100);
    assertEquals(ChecksumState.NOT_CAPTURED, stateOf(bytes.snapped(153)));
    assertEquals(ChecksumState.VALID, stateOf(bytes.snapped(154)));
  }
}
