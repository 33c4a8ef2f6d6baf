package dev.conntrace.decode;

import static dev.conntrace.decode.TcpOptionBytes.mss;
import static dev.conntrace.decode.TcpOptionBytes.noOperation;
import static dev.conntrace.decode.TcpOptionBytes.timestamps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.Packet;
import dev.conntrace.wire.ChecksumState;
import dev.conntrace.wire.TcpFlags;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the decoder says of segments on plain links. */
class SegmentDecoderTest {
  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();

  private void decode(Packet packet) {
    assertSame(DecodeOutcome.TCP, decoder.decode(packet, segment));
  }

  @Test
  void readsEveryFieldOfASegmentInIpv4() {
    Packet packet =
        PacketBytes.ipv4Tcp()
            .src("192.0.2.1", 65535)
            .dst("255.255.255.254", 80)
            .seq(0xFFFFFFFFL)
            .ack(0x80000000L)
            .flags("SAN")
            .window(512)
            .urgentPointer(3)
            .options(mss(1460), noOperation(), noOperation(), timestamps(7, 3))
            .payload(10)
            .ttl(255)
            .ipId(0xABCD)
            .ecn(3)
            .packet(42, 1_700_000_000_123_456_789L);
    decode(packet);

    assertEquals(42, segment.frame());
    assertEquals(1_700_000_000_123_456_789L, segment.timestampNanos());
    assertFalse(segment.isIpv6());
    assertEquals(0, segment.srcHigh());
    assertEquals(0xC0000201L, segment.srcLow());
    assertEquals(0, segment.dstHigh());
    assertEquals(0xFFFFFFFEL, segment.dstLow());
    assertEquals(255, segment.hopLimit());
    assertEquals(0xABCD, segment.ipId());
    assertTrue(segment.dontFragment());
    assertEquals(3, segment.ecn());
    assertEquals(65535, segment.srcPort());
    assertEquals(80, segment.dstPort());
    assertEquals(-1, segment.seq());
    assertEquals(0x80000000, segment.ack());
    assertEquals(TcpFlags.SYN | TcpFlags.ACK | TcpFlags.AE, segment.flags());
    assertEquals(512, segment.windowField());
    assertEquals(3, segment.urgentPointer());
    assertEquals(1460, segment.options().mssBytes());
    assertEquals(7, segment.options().timestampValue());
    assertEquals(11, segment.sequenceLength());
    assertNull(segment.encapsulation());
    assertFalse(segment.isSnapped());
    assertFalse(segment.lengthFromFrame());
  }

  @Test
  void knowsWhereEachLayerLies() {
    byte[] payload = {1, 2, 3};
    decode(PacketBytes.ipv4Tcp().options(mss(1460)).payload(payload).packet());
    assertEquals(14, segment.linkHeaderLength());
    assertEquals(20, segment.ipHeaderLength());
    assertEquals(24, segment.tcpHeaderLength());
    assertEquals(61, segment.originalLength());
    assertPayload(payload);
  }

  @Test
  void readsPacketsThatBeginAnywhereInTheArray() {
    PacketBytes bytes = PacketBytes.ipv4Tcp().payload(5);
    byte[] packetBytes = bytes.build();
    byte[] array = new byte[1000];
    System.arraycopy(packetBytes, 0, array, 100, packetBytes.length);
    Packet packet = new Packet();
    packet.set(array, 100, packetBytes.length, packetBytes.length);
    packet.describe(1, Packet.NO_TIMESTAMP, bytes.linkType(), 2);
    decode(packet);
    assertEquals(14, segment.linkHeaderLength());
    assertEquals(5, segment.capturedPayloadLength());
    assertEquals(154, segment.payloadOffset());
    assertEquals(2, segment.interfaceIndex());
    assertEquals(ChecksumState.VALID, segment.checksumState());
  }

  @Test
  void readsIpv6Addresses() {
    decode(PacketBytes.ipv6Tcp().src("2001:db8::1", 1).dst("::1", 2).ecn(1).ttl(7).packet());
    assertTrue(segment.isIpv6());
    assertEquals(0x20010DB800000000L, segment.srcHigh());
    assertEquals(1, segment.srcLow());
    assertEquals(0, segment.dstHigh());
    assertEquals(1, segment.dstLow());
    assertEquals(1, segment.ecn());
    assertEquals(7, segment.hopLimit());
    assertEquals(0, segment.ipId());
    assertFalse(segment.dontFragment());
    assertEquals(40, segment.ipHeaderLength());
  }

  @Test
  void forgetsTheOptionsOfTheSegmentBefore() {
    decode(PacketBytes.ipv4Tcp().options(mss(1460)).vlan(5).packet());
    decode(PacketBytes.ipv4Tcp().packet());
    assertFalse(segment.options().hasMss());
    assertNull(segment.encapsulation());
  }

  @Test
  void stepsOverIpOptions() {
    decode(PacketBytes.ipv4Tcp().ipOptions(new byte[40]).payload(7).packet());
    assertEquals(60, segment.ipHeaderLength());
    assertEquals(7, segment.payloadLength());
  }

  @Nested
  class Lengths {
    @Test
    void takePaddingForNothing() {
      decode(PacketBytes.ipv4Tcp().trailer(6).packet());
      assertEquals(0, segment.payloadLength());
      assertEquals(0, segment.capturedPayloadLength());
      assertEquals(60, segment.originalLength());
      decode(PacketBytes.ipv6Tcp().payload(3).trailer(4).packet());
      assertEquals(3, segment.payloadLength());
      assertEquals(3, segment.capturedPayloadLength());
    }

    @Test
    void comeFromTheFrameWhereTheSenderLeftThemToItsCard() {
      decode(PacketBytes.ipv4Tcp().payload(5000).ipLength(0).packet());
      assertEquals(5000, segment.payloadLength());
      assertTrue(segment.lengthFromFrame());
      decode(PacketBytes.ipv6Tcp().payload(70_000).ipLength(0).packet());
      assertEquals(70_000, segment.payloadLength());
      assertTrue(segment.lengthFromFrame());
    }

    @Test
    void comeFromTheWholeFrameEvenIfItWasSnapped() {
      decode(PacketBytes.ipv4Tcp().payload(5000).ipLength(0).snapped(100));
      assertEquals(5000, segment.payloadLength());
      assertEquals(100 - 54, segment.capturedPayloadLength());
    }

    @Test
    void holdLoopbackSegmentsOf64Kib() {
      decode(PacketBytes.ipv4Tcp().options(timestamps(1, 1)).payload(65483).packet());
      assertEquals(65483, segment.payloadLength());
      assertEquals(65483, segment.capturedPayloadLength());
    }

    @Test
    void comeFromTheJumboOption() {
      byte[] jumbo = {0, 0, (byte) 0xC2, 4, 0, 1, 0x38, (byte) (0x80 - 28 + 48)};
      decode(PacketBytes.ipv6Tcp().extension(0, jumbo).payload(79_912).ipLength(0).packet());
      int jumboLength = 0x13800 + (0x80 - 28 + 48);
      assertEquals(jumboLength - 8 - 20, segment.payloadLength());
      assertFalse(segment.lengthFromFrame());
      assertEquals(48, segment.ipHeaderLength());
    }

    @Test
    void areTheIpHeadersWhereTheCaptureKeptLess() {
      decode(PacketBytes.ipv4Tcp().payload(1000).snapped(96));
      assertEquals(1000, segment.payloadLength());
      assertEquals(96 - 54, segment.capturedPayloadLength());
      assertTrue(segment.isSnapped());
      assertEquals(ChecksumState.NOT_CAPTURED, segment.checksumState());
    }

    @Test
    void areTheIpHeadersEvenBeyondTheFrame() {
      decode(PacketBytes.ipv4Tcp().payload(10).ipLength(1040).packet());
      assertEquals(1000, segment.payloadLength());
      assertEquals(10, segment.capturedPayloadLength());
    }

    @Test
    void survivePacketsSnappedWithinTheTcpOptions() {
      decode(PacketBytes.ipv4Tcp().options(mss(9), timestamps(1, 1)).payload(9).snapped(60));
      assertEquals(9, segment.payloadLength());
      assertEquals(0, segment.capturedPayloadLength());
      assertEquals(60, segment.payloadOffset());
      assertEquals(9, segment.options().mssBytes());
      assertFalse(segment.options().hasTimestamps());
      assertFalse(segment.options().isMalformed());
      assertEquals(ChecksumState.NOT_CAPTURED, segment.checksumState());
    }

    @Test
    void doNotBelieveAFrameThatSaysItWasShorterThanWhatIsThere() {
      byte[] bytes = PacketBytes.ipv4Tcp().payload(10).ipLength(0).build();
      Packet packet = new Packet();
      packet.set(bytes, 0, bytes.length, 20);
      packet.describe(1, 0, 1, 0);
      decode(packet);
      assertEquals(10, segment.payloadLength());
      assertFalse(segment.isSnapped());
    }
  }

  private void assertPayload(byte[] expected) {
    int from = segment.payloadOffset();
    assertEquals(expected.length, segment.payloadLength());
    assertEquals(
        Arrays.toString(expected),
        Arrays.toString(
            Arrays.copyOfRange(segment.bytes(), from, from + segment.capturedPayloadLength())));
  }
}
