package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.conntrace.wire.ChecksumState;
import dev.conntrace.wire.IpProtocol;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IPv6 extension headers, and authentication in IPv4. */
class ExtensionHeadersTest {
  private static final String FINAL = "fd00::99";
  private static final String FINAL_BYTES = "FD000000000000000000000000000099";
  private static final String OTHER_BYTES = "FD000000000000000000000000000055";

  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private void decodes(PacketBytes bytes, int ipHeaderLength) {
    assertSame(DecodeOutcome.TCP, decoder.decode(bytes.payload(3).packet(), segment));
    assertEquals(ipHeaderLength, segment.ipHeaderLength());
    assertEquals(3, segment.payloadLength());
    assertEquals(ChecksumState.VALID, segment.checksumState());
  }

  @Test
  void everyKindInOneChain() {
    PacketBytes bytes =
        PacketBytes.ipv6Tcp()
            .extension(IpProtocol.HOP_BY_HOP, hex("0000 0502 0000 0100"))
            .extension(IpProtocol.DESTINATION_OPTIONS, hex("0001 010C" + "00".repeat(12)))
            .extension(IpProtocol.ROUTING, hex("0000 0400 00000000"))
            .extension(IpProtocol.FRAGMENT, hex("0000 0000 00000001"))
            .extension(IpProtocol.AUTHENTICATION, hex("0004 0000" + "00".repeat(20)))
            .extension(IpProtocol.DESTINATION_OPTIONS, hex("0000 0104 00000000"));
    decodes(bytes, 40 + 8 + 16 + 8 + 8 + 24 + 8);
  }

  @ParameterizedTest
  @CsvSource({"00," + OTHER_BYTES + FINAL_BYTES, "04," + FINAL_BYTES + OTHER_BYTES})
  void sourceRoutesLeadToTheirLastStop(String type, String addresses) {
    PacketBytes bytes =
        PacketBytes.ipv6Tcp()
            .extension(IpProtocol.ROUTING, hex("0004" + type + "01 00000000" + addresses))
            .finalDestination(FINAL);
    decodes(bytes, 80);
    assertEquals(0xFD00000000000000L, segment.dstHigh());
    assertEquals(0x99, segment.dstLow());
  }

  @Test
  void finishedSourceRoutesChangeNothing() {
    String route = "0004 0000 00000000" + OTHER_BYTES + FINAL_BYTES;
    decodes(PacketBytes.ipv6Tcp().extension(IpProtocol.ROUTING, hex(route)), 80);
    assertEquals(2, segment.dstLow());
  }

  @Test
  void authenticationInIpv4() {
    byte[] header = hex("0604 0000" + "00".repeat(20));
    byte[] tcp = new byte[20];
    tcp[12] = 0x50;
    PacketBytes bytes =
        PacketBytes.ipv4(IpProtocol.AUTHENTICATION, EnvelopeBytes.join(header, tcp));
    assertSame(DecodeOutcome.TCP, decoder.decode(bytes.packet(), segment));
    assertEquals(44, segment.ipHeaderLength());
  }

  @Test
  void headersThatRunBeyondThePacketAreMalformed() {
    PacketBytes bytes = PacketBytes.ipv6Tcp().extension(IpProtocol.HOP_BY_HOP, hex("00FF 0000"));
    assertSame(DecodeOutcome.MALFORMED, decoder.decode(bytes.packet(), segment));
  }

  @Test
  void jumbogramsHaveTheLengthOfTheirOption() {
    int payload = 70_000;
    PacketBytes bytes =
        PacketBytes.ipv6Tcp()
            .extension(IpProtocol.HOP_BY_HOP, hex("0000 C204 0001 118C"))
            .payload(payload)
            .ipLength(0)
            .trailer(6);
    assertSame(DecodeOutcome.TCP, decoder.decode(bytes.packet(), segment));
    assertEquals(payload, segment.payloadLength());
    assertEquals(48, segment.ipHeaderLength());
    assertFalse(segment.lengthFromFrame());
    assertEquals(ChecksumState.VALID, segment.checksumState());
  }

  @Test
  void jumboLengthBeyondWhatWasCapturedCounts() {
    PacketBytes bytes =
        PacketBytes.ipv6Tcp()
            .extension(IpProtocol.HOP_BY_HOP, hex("0000 C204 0010 0000"))
            .payload(100)
            .ipLength(0);
    assertSame(DecodeOutcome.TCP, decoder.decode(bytes.packet(), segment));
    assertEquals((1 << 20) - 8 - 20, segment.payloadLength());
    assertEquals(100, segment.capturedPayloadLength());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FFFFFFFF", "80000000", "7FFFFFFF"})
  void jumboLengthsThatNoSegmentHasAreMalformed(String length) {
    PacketBytes bytes =
        PacketBytes.ipv6Tcp()
            .extension(IpProtocol.HOP_BY_HOP, hex("0000 C204" + length))
            .payload(100)
            .ipLength(0);
    assertSame(DecodeOutcome.MALFORMED, decoder.decode(bytes.packet(), segment));
  }

  @Test
  void jumboLengthBesideAnOrdinaryOneIsPassedOver() {
    PacketBytes bytes =
        PacketBytes.ipv6Tcp().extension(IpProtocol.HOP_BY_HOP, hex("0000 C204 0001 0000"));
    decodes(bytes, 48);
  }

  @Test
  void jumboLengthShorterThanItsOwnHeaderIsMalformed() {
    PacketBytes bytes =
        PacketBytes.ipv6Tcp()
            .extension(IpProtocol.HOP_BY_HOP, hex("0000 C204 00000001"))
            .ipLength(0);
    assertSame(DecodeOutcome.MALFORMED, decoder.decode(bytes.packet(), segment));
  }
}
