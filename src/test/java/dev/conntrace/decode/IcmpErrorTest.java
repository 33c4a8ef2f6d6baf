package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.decode.IcmpError.Reason;
import dev.conntrace.wire.IpProtocol;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ICMP errors that quote a segment, of both versions and wherever they travel. */
class IcmpErrorTest {
  private static final int V4_QUOTE = 20 + 8;
  private static final int V6_QUOTE = 40 + 8;

  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static PacketBytes v4(String message, PacketBytes quoted, int kept) {
    byte[] quote = Arrays.copyOf(quoted.raw(101).build(), kept);
    return PacketBytes.ipv4(IpProtocol.ICMP, EnvelopeBytes.join(hex(message), quote))
        .src("10.0.0.9", 0)
        .dst("10.0.0.1", 0);
  }

  private static PacketBytes v6(String message, PacketBytes quoted, int kept) {
    byte[] quote = Arrays.copyOf(quoted.raw(101).build(), kept);
    return PacketBytes.ipv6(IpProtocol.ICMPV6, EnvelopeBytes.join(hex(message), quote))
        .src("fd00::9", 0)
        .dst("fd00::1", 0);
  }

  private static PacketBytes quotedV4() {
    return PacketBytes.ipv4Tcp().seq(77).payload(1400);
  }

  private static PacketBytes quotedV6() {
    return PacketBytes.ipv6Tcp().seq(77).payload(1400);
  }

  private void quotes(PacketBytes error, Reason reason, long mtuBytes) {
    assertSame(DecodeOutcome.ICMP, decoder.decode(error.packet(5, 9), segment));
    assertTrue(decoder.icmpError().isPresent());
    assertSame(reason, decoder.icmpError().reason());
    assertEquals(mtuBytes, decoder.icmpError().mtuBytes());
    Segment quoted = decoder.icmpError().quoted();
    assertEquals(77, quoted.seq());
    assertEquals(40000, quoted.srcPort());
    assertEquals(80, quoted.dstPort());
    assertEquals(5, quoted.frame());
  }

  private void quotesNothing(PacketBytes error) {
    assertSame(DecodeOutcome.ICMP, decoder.decode(error.packet(), segment));
    assertFalse(decoder.icmpError().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "0300, NETWORK_UNREACHABLE",
    "0301, HOST_UNREACHABLE",
    "0303, PORT_UNREACHABLE",
    "030D, PROHIBITED",
    "0305, OTHER",
    "0B00, EXPIRED",
    "0B01, EXPIRED"
  })
  void ofIpv4(String typeAndCode, Reason reason) {
    quotes(v4(typeAndCode + "0000 00000000", quotedV4(), V4_QUOTE), reason, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "0100, NETWORK_UNREACHABLE",
    "0103, HOST_UNREACHABLE",
    "0104, PORT_UNREACHABLE",
    "0101, PROHIBITED",
    "0102, OTHER",
    "0300, EXPIRED",
    "0301, EXPIRED"
  })
  void ofIpv6(String typeAndCode, Reason reason) {
    quotes(v6(typeAndCode + "0000 00000000", quotedV6(), V6_QUOTE), reason, 0);
  }

  @Test
  void packetsTooLargeNameTheRoomThereIs() {
    quotes(v4("0304 0000 0000 0578", quotedV4(), V4_QUOTE), Reason.TOO_LARGE, 1400);
    quotes(v4("0304 0000 0000 0000", quotedV4(), V4_QUOTE), Reason.TOO_LARGE, 0);
    quotes(v6("0200 0000 00000500", quotedV6(), V6_QUOTE), Reason.TOO_LARGE, 1280);
  }

  @Test
  void insideVlansAndTunnels() {
    UnaryOperator<PacketBytes> vlan = error -> error.vlan(5);
    UnaryOperator<PacketBytes> gre = PacketBytes::gre;
    UnaryOperator<PacketBytes> vxlan =
        error -> error.inEthernet().inUdp(4789, hex("08000000 000007 00"));
    String[] names = {"VLAN 5", "GRE", "VXLAN 7"};
    int i = 0;
    for (UnaryOperator<PacketBytes> around : Arrays.asList(vlan, gre, vxlan)) {
      PacketBytes four = v4("0304 0000 0000 0578", quotedV4(), V4_QUOTE);
      quotes(around.apply(four), Reason.TOO_LARGE, 1400);
      assertEquals(names[i], decoder.icmpError().quoted().encapsulation());
      PacketBytes six = v6("0200 0000 00000500", quotedV6(), V6_QUOTE);
      quotes(around.apply(six), Reason.TOO_LARGE, 1280);
      assertEquals(names[i++], decoder.icmpError().quoted().encapsulation());
    }
  }

  @Test
  void quotingLessThanEightBytesOfTcpSayNothing() {
    quotesNothing(v4("0303 0000 00000000", quotedV4(), V4_QUOTE - 1));
    quotesNothing(v6("0104 0000 00000000", quotedV6(), V6_QUOTE - 1));
    quotesNothing(v4("0303 0000 00000000", quotedV4(), 0));
    quotesNothing(v6("0104 0000 00000000", quotedV6(), 3));
  }

  @Test
  void quotingExtensionHeadersAreReadBehindThem() {
    PacketBytes quoted =
        quotedV6()
            .extension(IpProtocol.HOP_BY_HOP, hex("0000 0104 00000000"))
            .extension(IpProtocol.DESTINATION_OPTIONS, hex("0000 0104 00000000"));
    quotes(v6("0200 0000 00000500", quoted, V6_QUOTE + 16), Reason.TOO_LARGE, 1280);
    quotesNothing(v6("0200 0000 00000500", quoted, V6_QUOTE + 15));
  }

  @Test
  void quotingAFragmentCountOnlyIfItIsTheFirst() {
    quotes(v4("0B01 0000 00000000", quotedV4().fragment(0, true), V4_QUOTE), Reason.EXPIRED, 0);
    quotesNothing(v4("0B01 0000 00000000", quotedV4().fragment(8, true), V4_QUOTE));
    PacketBytes first = quotedV6().extension(IpProtocol.FRAGMENT, hex("0000 0001 00000001"));
    quotes(v6("0301 0000 00000000", first, V6_QUOTE + 8), Reason.EXPIRED, 0);
    PacketBytes later = quotedV6().extension(IpProtocol.FRAGMENT, hex("0000 0008 00000001"));
    quotesNothing(v6("0301 0000 00000000", later, V6_QUOTE + 8));
  }

  @Test
  void whatIsNoErrorOrQuotesNoTcp() {
    quotesNothing(v4("0800 0000 00000000", quotedV4(), V4_QUOTE));
    quotesNothing(v6("8000 0000 00000000", quotedV6(), V6_QUOTE));
    PacketBytes udp = PacketBytes.ipv4(IpProtocol.UDP, new byte[8]);
    quotesNothing(v4("0303 0000 00000000", udp, V4_QUOTE));
  }
}
