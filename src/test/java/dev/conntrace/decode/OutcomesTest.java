package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.Packet;
import dev.conntrace.wire.EtherType;
import dev.conntrace.wire.IpProtocol;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reason for which a packet is no segment. */
class OutcomesTest {
  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private void is(DecodeOutcome outcome, PacketBytes bytes) {
    is(outcome, bytes.packet());
  }

  private void is(DecodeOutcome outcome, Packet packet) {
    assertSame(outcome, decoder.decode(packet, segment));
  }

  @Test
  void haveIdsOfTheirOwn() {
    Set<String> ids = new HashSet<>();
    for (DecodeOutcome outcome : DecodeOutcome.values()) {
      assertTrue(ids.add(outcome.id()), outcome.id());
      assertTrue(outcome.id().matches("[a-z]+(-[a-z]+)*"), outcome.id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void explainThemselves(DecodeOutcome outcome) {
    assertFalse(outcome.explanation().isBlank());
    assertFalse(outcome.explanation().endsWith("."));
  }

  @Test
  void udp() {
    is(DecodeOutcome.UDP, PacketBytes.ipv4(17, hex("0035 8000 0008 0000")));
    is(DecodeOutcome.UDP, PacketBytes.ipv6(17, hex("0035 8000 0008 0000")));
  }

  @Test
  void icmpAlsoWhereItQuotesASegment() {
    byte[] quoted = PacketBytes.ipv4Tcp().raw(101).build();
    byte[] error = EnvelopeBytes.join(hex("0303 0000 00000000"), quoted);
    is(DecodeOutcome.ICMP, PacketBytes.ipv4(IpProtocol.ICMP, error));
    is(DecodeOutcome.ICMP, PacketBytes.ipv6(IpProtocol.ICMPV6, error));
  }

  @Test
  void arp() {
    is(DecodeOutcome.ARP, PacketBytes.ipv4(0).behind(EtherType.ARP));
    is(DecodeOutcome.ARP, PacketBytes.ipv4(0).behind(EtherType.REVERSE_ARP));
  }

  @Test
  void otherTransports() {
    is(DecodeOutcome.OTHER_TRANSPORT, PacketBytes.ipv4(132, new byte[12]));
    is(DecodeOutcome.OTHER_TRANSPORT, PacketBytes.ipv6(59));
    is(DecodeOutcome.OTHER_TRANSPORT, PacketBytes.ipv4(IpProtocol.ROUTING, new byte[24]));
  }

  @Test
  void notIp() {
    is(DecodeOutcome.NOT_IP, PacketBytes.ipv4(0).behind(0x88CC));
    is(DecodeOutcome.NOT_IP, PacketBytes.ipv4(0).behind(38, hex("424203")));
    is(DecodeOutcome.NOT_IP, PacketBytes.ipv4(0).nullLink(ByteOrder.LITTLE_ENDIAN, 7));
    is(DecodeOutcome.NOT_IP, PacketBytes.ipv4(0).on(101, hex("00")));
    is(DecodeOutcome.NOT_IP, PacketBytes.ipv4(0).on(9, hex("C021")));
    is(DecodeOutcome.NOT_IP, PacketBytes.ipv4(0).behind(EtherType.MPLS, hex("00010140 00")));
  }

  @Test
  void encrypted() {
    is(DecodeOutcome.ENCRYPTED, PacketBytes.ipv4(IpProtocol.ESP, new byte[20]));
    is(DecodeOutcome.ENCRYPTED, PacketBytes.ipv4Tcp().behind(EtherType.MACSEC, new byte[8]));
  }

  @Test
  void everyFragmentOfIpv4() {
    is(DecodeOutcome.FRAGMENT, PacketBytes.ipv4Tcp().payload(1000).fragment(0, true));
    is(DecodeOutcome.FRAGMENT, PacketBytes.ipv4Tcp().payload(1000).fragment(1480, true));
    is(DecodeOutcome.FRAGMENT, PacketBytes.ipv4(17, new byte[8]).fragment(1480, false));
  }

  @Test
  void fragmentsOfIpv6ButNotLoneOnes() {
    is(DecodeOutcome.FRAGMENT, PacketBytes.ipv6Tcp().extension(44, hex("0000 0001 00000001")));
    is(DecodeOutcome.FRAGMENT, PacketBytes.ipv6Tcp().extension(44, hex("0000 0008 00000001")));
    is(DecodeOutcome.TCP, PacketBytes.ipv6Tcp().extension(44, hex("0000 0000 00000001")));
  }

  @Test
  void unknownLinkType() {
    is(DecodeOutcome.UNKNOWN_LINK_TYPE, PacketBytes.ipv4Tcp().raw(147));
    is(DecodeOutcome.UNKNOWN_LINK_TYPE, PacketBytes.ipv4Tcp().raw(-1));
    is(DecodeOutcome.UNKNOWN_LINK_TYPE, PacketBytes.ipv4Tcp().raw(Integer.MAX_VALUE));
  }

  @Test
  void truncatedBelowTheFixedPartOfTheTcpHeader() {
    PacketBytes bytes = PacketBytes.ipv4Tcp().payload(100);
    for (int length = 0; length < 54; length++) {
      is(DecodeOutcome.TRUNCATED, bytes.snapped(length));
    }
    is(DecodeOutcome.TCP, bytes.snapped(54));
  }

  @Test
  void truncatedWhereTheIpHeaderPromisesWhatTheFrameDoesNotHold() {
    byte[] bytes = PacketBytes.ipv4Tcp().payload(100).build();
    Packet packet = new Packet();
    packet.set(bytes, 0, 40, 40);
    packet.describe(1, 0, 1, 0);
    is(DecodeOutcome.TRUNCATED, packet);
  }

  @Test
  void malformedIp() {
    is(DecodeOutcome.MALFORMED, PacketBytes.ipv4Tcp().ipLength(19));
    is(DecodeOutcome.MALFORMED, PacketBytes.ipv4Tcp().ipLength(39));
    is(DecodeOutcome.MALFORMED, PacketBytes.ipv6Tcp().ipLength(19));
    is(DecodeOutcome.MALFORMED, PacketBytes.ipv4Tcp().raw(229));
    is(DecodeOutcome.MALFORMED, PacketBytes.ipv4Tcp().on(1, hex("00".repeat(12) + "0800 44")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 6, 15})
  void malformedDataOffset(int words) {
    is(DecodeOutcome.MALFORMED, PacketBytes.ipv4Tcp().dataOffset(words));
  }

  @Test
  void malformedEmptyPackets() {
    Packet packet = new Packet();
    packet.set(new byte[0], 0, 0, 0);
    for (int linkType : new int[] {0, 1, 9, 101, 105, 108, 113, 228, 229, 276}) {
      packet.describe(1, 0, linkType, 0);
      is(DecodeOutcome.MALFORMED, packet);
    }
  }

  @Test
  void malformedSizesThatNoSegmentHas() {
    byte[] bytes = PacketBytes.ipv4Tcp().ipLength(0).build();
    Packet packet = new Packet();
    packet.set(bytes, 0, bytes.length, 0xFFFFFFFFL);
    packet.describe(1, 0, 1, 0);
    is(DecodeOutcome.MALFORMED, packet);

    packet.set(bytes, 0, bytes.length, 54L + (1 << 30));
    is(DecodeOutcome.TCP, packet);
    assertEquals(1 << 30, segment.payloadLength());
  }

  @Test
  void malformedPppoe() {
    is(
        DecodeOutcome.MALFORMED,
        PacketBytes.ipv4Tcp().behind(EtherType.PPPOE_SESSION, hex("1109 0007 0033 0021")));
  }
}
