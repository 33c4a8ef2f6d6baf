package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.conntrace.capture.Packet;
import dev.conntrace.wire.EtherType;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every link layer, with IPv4 and IPv6 over it. */
class LinkTypesTest {
  private static final List<Supplier<PacketBytes>> BOTH =
      List.of(PacketBytes::ipv4Tcp, PacketBytes::ipv6Tcp);

  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private void decodes(PacketBytes bytes, int linkHeaderLength) {
    Packet packet = bytes.seq(77).payload(9).packet();
    assertSame(DecodeOutcome.TCP, decoder.decode(packet, segment));
    assertEquals(77, segment.seq());
    assertEquals(9, segment.payloadLength());
    assertEquals(linkHeaderLength, segment.linkHeaderLength());
  }

  @Test
  void ethernet() {
    BOTH.forEach(ip -> decodes(ip.get(), 14));
  }

  @Test
  void ethernetWithStackedTags() {
    BOTH.forEach(ip -> decodes(ip.get().vlan(5), 18));
    assertEquals("VLAN 5", segment.encapsulation());
    BOTH.forEach(ip -> decodes(ip.get().vlan(5).tag(EtherType.SERVICE_VLAN, 7), 22));
    assertEquals("VLAN 7, VLAN 5", segment.encapsulation());
    BOTH.forEach(ip -> decodes(ip.get().vlan(5).vlan(6).tag(EtherType.OLD_SERVICE_VLAN, 4095), 26));
    assertEquals("VLAN 4095, VLAN 6, VLAN 5", segment.encapsulation());
  }

  @Test
  void ethernetWithLengthAndSnap() {
    PacketBytes bytes = PacketBytes.ipv4Tcp().seq(77).payload(9);
    byte[] snap = hex("AAAA03 000000 0800");
    int length = snap.length + 49;
    decodes(bytes.behind(length, snap).trailer(20), 22);
  }

  @Test
  void sll() {
    BOTH.forEach(ip -> decodes(ip.get().sll(), 16));
    BOTH.forEach(ip -> decodes(ip.get().vlan(5).sll(), 20));
  }

  @Test
  void sllWithLlc() {
    decodes(PacketBytes.ipv4Tcp().behind(4, hex("AAAA03 000000 0800")).sll(), 24);
  }

  @Test
  void sll2() {
    BOTH.forEach(ip -> decodes(ip.get().sll2(), 20));
    BOTH.forEach(ip -> decodes(ip.get().vlan(5).sll2(), 24));
  }

  static Stream<Arguments> loopbacks() {
    return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
        .flatMap(order -> Stream.of(10, 23, 24, 28, 30).map(family -> Arguments.of(order, family)));
  }

  @ParameterizedTest
  @MethodSource("loopbacks")
  void nullInBothByteOrders(ByteOrder order, int inet6) {
    decodes(PacketBytes.ipv4Tcp().nullLink(order, 2), 4);
    decodes(PacketBytes.ipv6Tcp().nullLink(order, inet6), 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 23, 24, 28, 30})
  void loop(int inet6) {
    decodes(PacketBytes.ipv4Tcp().loop(2), 4);
    decodes(PacketBytes.ipv6Tcp().loop(inet6), 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 14, 101})
  void rawOfEitherVersion(int linkType) {
    BOTH.forEach(ip -> decodes(ip.get().raw(linkType), 0));
  }

  @Test
  void rawOfOneVersion() {
    decodes(PacketBytes.ipv4Tcp().raw(228), 0);
    decodes(PacketBytes.ipv6Tcp().raw(229), 0);
  }

  @Test
  void ppp() {
    decodes(PacketBytes.ipv4Tcp().on(9, hex("FF03 0021")), 4);
    decodes(PacketBytes.ipv4Tcp().on(50, hex("FF03 0021")), 4);
    decodes(PacketBytes.ipv4Tcp().on(9, hex("21")), 1);
    decodes(PacketBytes.ipv6Tcp().on(9, hex("0057")), 2);
  }

  @Test
  void pppoe() {
    byte[] session = hex("11 00 0007 0033 0021");
    decodes(PacketBytes.ipv4Tcp().behind(EtherType.PPPOE_SESSION, session), 22);
    assertEquals("PPPoE 7", segment.encapsulation());
  }

  @Test
  void wifi() {
    byte[] addresses = hex("010203040506 111213141516 212223242526");
    byte[] header =
        EnvelopeBytes.join(hex("0801 0000"), EnvelopeBytes.join(addresses, hex("1000")));
    decodes(
        PacketBytes.ipv4Tcp().on(105, EnvelopeBytes.join(header, hex("AAAA03 000000 0800"))), 32);
    assertEquals("802.11", segment.encapsulation());
  }

  @Test
  void infiniband() {
    decodes(PacketBytes.ipv4Tcp().on(242, hex("00".repeat(40) + "0800 0000")), 44);
    decodes(PacketBytes.ipv6Tcp().on(242, hex("00".repeat(40) + "86DD 0000")), 44);
  }

  @Test
  void mpls() {
    decodes(PacketBytes.ipv4Tcp().on(219, hex("00010140")), 4);
    byte[] labels = hex("00010040 00011140");
    BOTH.forEach(ip -> decodes(ip.get().behind(EtherType.MPLS, labels), 22));
    assertEquals("MPLS 16, MPLS 17", segment.encapsulation());
  }

  @Test
  void backbone() {
    byte[] service = hex("00 000009");
    decodes(
        PacketBytes.ipv4Tcp().vlan(3).inEthernet().behind(EtherType.BACKBONE_SERVICE, service), 36);
    assertEquals("802.1ah 9, VLAN 3", segment.encapsulation());
  }
}
