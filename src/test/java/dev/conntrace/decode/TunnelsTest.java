package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.wire.ChecksumState;
import dev.conntrace.wire.EtherType;
import dev.conntrace.wire.IpProtocol;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments inside other packets: the innermost one counts. */
class TunnelsTest {
  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static PacketBytes inner() {
    return PacketBytes.ipv4Tcp().seq(77).ttl(9).payload(5);
  }

  private void decodes(PacketBytes bytes, String encapsulation) {
    assertSame(DecodeOutcome.TCP, decoder.decode(bytes.packet(), segment));
    assertEquals(77, segment.seq());
    assertEquals(5, segment.payloadLength());
    assertEquals(9, segment.hopLimit());
    assertEquals(ChecksumState.VALID, segment.checksumState());
    assertEquals(encapsulation, segment.encapsulation());
  }

  private void isNoSegment(DecodeOutcome outcome, PacketBytes bytes) {
    assertSame(outcome, decoder.decode(bytes.packet(), segment));
  }

  @Test
  void ipInIpInAllPairings() {
    PacketBytes v6 = PacketBytes.ipv6Tcp().seq(77).ttl(9).payload(5);
    decodes(inner().inIpv4(), "IP in IP");
    decodes(inner().inIpv6(), "IP in IP");
    decodes(v6.inIpv4(), "IP in IP");
    decodes(v6.inIpv6(), "IP in IP, IP in IP");
  }

  @Test
  void ethernetInIpv6() {
    byte[] outer = IpBytes.plainIpv6(IpProtocol.ETHERNET, inner().build());
    decodes(PacketBytes.ipv4(0).inEthernet().on(229, outer), "Ethernet in IP");
  }

  @ParameterizedTest
  @CsvSource({
    "0000 0800",
    "8000 0800 12340000",
    "1000 0800 00000001",
    "9000 0800 12340000 00000001",
    "4000 0800 00000000 00000000",
    "C000 0800 12340000 0002 0004 C0000201 00000000"
  })
  void greWithItsOptionalFields(String header) {
    decodes(inner().inIpv4(IpProtocol.GRE, hex(header)), "GRE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000 0800 00000007", "B000 0800 12340000 00000007 00000001"})
  void greNamesItsKey(String header) {
    decodes(inner().inIpv4(IpProtocol.GRE, hex(header)), "GRE 7");
  }

  @Test
  void nvgre() {
    decodes(inner().inEthernet().inIpv4(IpProtocol.GRE, hex("2000 6558 00100007")), "NVGRE 4096");
    decodes(
        inner().vlan(5).inEthernet().inIpv4(IpProtocol.GRE, hex("2000 6558 00000007")),
        "GRE 7, VLAN 5");
  }

  @Test
  void greWithIpv6AndWithEthernet() {
    decodes(PacketBytes.ipv6Tcp().seq(77).ttl(9).payload(5).gre(), "GRE");
    decodes(inner().vlan(3).inEthernet().gre(), "GRE, VLAN 3");
  }

  @Test
  void pptp() {
    byte[] header = hex("3081 880B 0033 0007 00000001 00000002 FF03 0021");
    decodes(inner().inIpv4(IpProtocol.GRE, header), "GRE");
    isNoSegment(
        DecodeOutcome.OTHER_TRANSPORT,
        PacketBytes.ipv4(IpProtocol.GRE, hex("2081 880B 0000 0007 00000002")));
  }

  @Test
  void erspanOfEveryType() {
    String sequence = "1000 88BE 00000001";
    decodes(inner().inEthernet().inIpv4(IpProtocol.GRE, hex("0000 88BE")), "GRE");
    decodes(
        inner().inEthernet().inIpv4(IpProtocol.GRE, hex(sequence + "1001 0005 00000000")),
        "GRE, ERSPAN 5");
    decodes(
        inner()
            .inEthernet()
            .inIpv4(
                IpProtocol.GRE,
                hex("1000 22EB 00000001 2001 0005 00000000 00000001" + "00".repeat(8))),
        "GRE, ERSPAN 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8200", "8210", "9000"})
  void wirelessFramesOfAruba(String protocol) {
    String qosData = "8801 0000 010203040506 111213141516 212223242526 1000 0000";
    String snap = "AAAA03 000000 0800";
    decodes(
        inner().inIpv4(IpProtocol.GRE, hex("0000" + protocol + qosData + snap)).vlan(4),
        "VLAN 4, GRE, 802.11");
  }

  @Test
  void wirelessFramesThatCannotBeRead() {
    String addresses = "0000 010203040506 111213141516 212223242526";
    String snap = "AAAA03 000000 0800";
    isNoSegment(
        DecodeOutcome.ENCRYPTED,
        inner().inIpv4(IpProtocol.GRE, hex("0000 8200 0841" + addresses + "1000" + snap)));
    isNoSegment(
        DecodeOutcome.FRAGMENT,
        inner().inIpv4(IpProtocol.GRE, hex("0000 8200 0801" + addresses + "1100" + snap)));
    isNoSegment(
        DecodeOutcome.NOT_IP,
        inner().inIpv4(IpProtocol.GRE, hex("0000 8200 8800" + addresses + "1000 8000" + snap)));
    isNoSegment(
        DecodeOutcome.NOT_IP,
        inner().inIpv4(IpProtocol.GRE, hex("0000 8200 8000" + addresses + "1000" + snap)));
  }

  @Test
  void overUdp() {
    decodes(inner().inEthernet().inUdp(4789, hex("08000000 000007 00")), "VXLAN 7");
    decodes(inner().inEthernet().inUdp(6081, hex("0100 6558 000007 00 00000000")), "Geneve 7");
    decodes(inner().inUdp(6081, hex("0000 0800 000007 00")), "Geneve 7");
    decodes(inner().inUdp(2152, hex("30FF 0000 FFFFFFFF")), "GTP 4294967295");
    decodes(inner().inUdp(2152, hex("34FF 0000 00000007 00000085 01000000")), "GTP 7");
  }

  @Test
  void vxlanWithTheExtensionThatNamesItsPayload() {
    PacketBytes v6 = PacketBytes.ipv6Tcp().seq(77).ttl(9).payload(5);
    decodes(inner().inUdp(4790, hex("0C 000001 000007 00")), "VXLAN 7");
    decodes(v6.inUdp(4790, hex("0C 000002 000007 00")), "VXLAN 7");
    decodes(inner().inEthernet().inUdp(4790, hex("0C 000003 000007 00")), "VXLAN 7");
    decodes(inner().inEthernet().inUdp(4790, hex("08 000000 000007 00")), "VXLAN 7");
    decodes(inner().inUdp(4790, hex("0C 000005 000007 00 00010140")), "VXLAN 7, MPLS 16");
    isNoSegment(DecodeOutcome.UDP, inner().inUdp(4790, hex("0C 000004 000007 00")));
  }

  @Test
  void vxlanOnLinuxsOwnPortOnlyIfNothingSpeaksAgainstIt() {
    decodes(inner().inEthernet().inUdp(8472, hex("08 000000 000007 00")), "VXLAN 7");
    isNoSegment(DecodeOutcome.UDP, inner().inEthernet().inUdp(8472, hex("08 000001 000007 00")));
  }

  @Test
  void mplsOverIpAndOverGre() {
    String labels = "00010040 00011140";
    decodes(inner().inIpv4(IpProtocol.MPLS, hex(labels)), "MPLS in IP, MPLS 16, MPLS 17");
    decodes(inner().inIpv4(IpProtocol.GRE, hex("0000 8847" + labels)), "GRE, MPLS 16, MPLS 17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00000000", "00000009"})
  void ethernetBelowMplsWithAControlWordOrWithout(String controlWord) {
    byte[] header = hex("00010140" + controlWord);
    decodes(inner().vlan(3).inEthernet().behind(EtherType.MPLS, header), "MPLS 16, VLAN 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"45", "46", "60", "66"})
  void ethernetBelowMplsWhoseAddressBeginsLikeIp(String firstByte) {
    byte[] frame = inner().build();
    frame[0] = hex(firstByte)[0];
    byte[] packet = EnvelopeBytes.join(hex("00010140"), frame);
    decodes(PacketBytes.ipv4(0).on(219, packet), "MPLS 16");
  }

  @Test
  void whatIsNeitherIpNorEthernetBelowMpls() {
    isNoSegment(
        DecodeOutcome.NOT_IP,
        PacketBytes.ipv4(0).on(219, hex("00010140 10000021" + "00".repeat(40))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0021", "21", "FF03 0021", "FF03 21"})
  void pppHoweverItIsCompressed(String ppp) {
    byte[] pptp = hex("3001 880B 0033 0007 00000001" + ppp);
    decodes(inner().inIpv4(IpProtocol.GRE, pptp), "GRE");
    decodes(
        inner().behind(EtherType.PPPOE_SESSION, hex("1100 0007 0033" + ppp)).vlan(4),
        "VLAN 4, PPPoE 7");
  }

  @Test
  void everyTunnelCutAnywhereIsTruncatedOrPlain() {
    List<PacketBytes> tunnels =
        List.of(
            inner().inIpv4(IpProtocol.GRE, hex("F000 0800 00000000 00000007 00000001 00000000")),
            inner().inEthernet().inIpv4(IpProtocol.GRE, hex("2000 6558 00100007")),
            inner().inEthernet().inUdp(4789, hex("08000000 000007 00")),
            inner().inUdp(4790, hex("0C 000001 000007 00")),
            inner().inUdp(6081, hex("0100 0800 000007 00 00000000")),
            inner().inUdp(2152, hex("34FF 0000 00000007 00000085 01000000")),
            inner().inEthernet().behind(EtherType.MPLS, hex("00010140 00000000")),
            inner().behind(EtherType.PPPOE_SESSION, hex("1100 0007 0033 0021")),
            inner().inEthernet().behind(EtherType.BACKBONE_SERVICE, hex("00000009")),
            inner().inIpv4(IpProtocol.AUTHENTICATION, hex("0404 0000" + "00".repeat(20))),
            inner().inIpv6());
    Set<DecodeOutcome> allowed =
        Set.of(DecodeOutcome.TRUNCATED, DecodeOutcome.UDP, DecodeOutcome.NOT_IP);
    for (PacketBytes tunnel : tunnels) {
      int length = tunnel.build().length;
      assertSame(DecodeOutcome.TCP, decoder.decode(tunnel.packet(), segment));
      for (int cut = 0; cut < length - 5; cut++) {
        DecodeOutcome outcome = decoder.decode(tunnel.snapped(cut), segment);
        assertTrue(allowed.contains(outcome), outcome + " when cut to " + cut + " of " + length);
      }
    }
  }

  @Test
  void plainUdpOnATunnelsPort() {
    isNoSegment(DecodeOutcome.UDP, inner().inEthernet().inUdp(4789, hex("00000000 000007 00")));
    isNoSegment(DecodeOutcome.UDP, inner().inUdp(6081, hex("FF00 0800 000007 00")));
    isNoSegment(DecodeOutcome.UDP, inner().inUdp(2152, hex("3001 0000 00000000")));
    isNoSegment(DecodeOutcome.UDP, PacketBytes.ipv4(17, hex("9C40 12B5 0009 0000 00")));
  }

  @Test
  void innerLengthsCountNotTheTunnels() {
    decodes(inner().trailer(7).inIpv4(), "IP in IP");
    decodes(inner().inEthernet().inUdp(4789, hex("08000000 000007 00")).trailer(4), "VXLAN 7");
  }

  @Test
  void lengthOfZeroInsideATunnelComesFromTheTunnel() {
    PacketBytes offloaded = PacketBytes.ipv4Tcp().seq(77).ttl(9).payload(5).ipLength(0);
    assertSame(DecodeOutcome.TCP, decoder.decode(offloaded.inIpv4().trailer(6).packet(), segment));
    assertEquals(5, segment.payloadLength());
  }

  @Test
  void greOfAnotherKind() {
    isNoSegment(DecodeOutcome.OTHER_TRANSPORT, inner().inIpv4(IpProtocol.GRE, hex("0000 1234")));
    isNoSegment(DecodeOutcome.OTHER_TRANSPORT, inner().inIpv4(IpProtocol.GRE, hex("0002 0800")));
  }

  @Test
  void endlessNestingEnds() {
    PacketBytes bytes = inner();
    for (int i = 0; i < SegmentDecoder.MAX_HEADERS; i++) {
      bytes.inIpv4();
    }
    isNoSegment(DecodeOutcome.TOO_DEEP, bytes);
  }

  @Test
  void deepNestingIsFollowedFartherThanItIsNamed() {
    PacketBytes bytes = inner();
    for (int i = 0; i < Encapsulation.MAX_NAMED + 1; i++) {
      bytes.tag(EtherType.VLAN, i);
    }
    decodes(bytes, "VLAN 8, VLAN 7, VLAN 6, VLAN 5, VLAN 4, VLAN 3, VLAN 2, VLAN 1, …");
  }

  @Test
  void asManyHeadersAsAreFollowedAreFollowed() {
    PacketBytes bytes = inner();
    int ethernetIpAndTcp = 3;
    for (int i = 0; i < SegmentDecoder.MAX_HEADERS - ethernetIpAndTcp; i++) {
      bytes.vlan(1);
    }
    assertSame(DecodeOutcome.TCP, decoder.decode(bytes.packet(), segment));
    isNoSegment(DecodeOutcome.TOO_DEEP, bytes.vlan(1));
  }

  @Test
  void namesNothingOnPlainLinks() {
    assertSame(DecodeOutcome.TCP, decoder.decode(inner().packet(), segment));
    assertNull(segment.encapsulation());
  }
}
