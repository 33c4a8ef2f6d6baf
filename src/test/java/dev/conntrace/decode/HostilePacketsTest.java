package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.Packet;
import dev.conntrace.wire.EtherType;
import dev.conntrace.wire.IpProtocol;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Packets cut anywhere and bytes changed at random: an outcome every time, and sizes that hold. */
class HostilePacketsTest {
  private static final int[] LINK_TYPES = {
    0, 1, 9, 12, 50, 101, 105, 108, 113, 219, 228, 229, 242, 276
  };
  private static final int FLIP_ROUNDS = 20_000;

  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Segment segment = new Segment();
  private final Packet packet = new Packet();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static List<PacketBytes> samples() {
    byte[] aruba =
        hex("0000 8200 8803 0000 010203040506 111213141516 212223242526 1000 313233343536 0000");
    return List.of(
        v4(),
        v6(),
        v4().vlan(5).tag(EtherType.SERVICE_VLAN, 7),
        v4().sll(),
        v6().sll2(),
        v6().nullLink(ByteOrder.LITTLE_ENDIAN, 30),
        v4().raw(101),
        v4().ipOptions(new byte[12]),
        v4().ipLength(0),
        v6().extension(IpProtocol.HOP_BY_HOP, hex("0000 C204 00010000"))
            .extension(IpProtocol.ROUTING, hex("0002 0001 00000000" + "FD".repeat(16)))
            .extension(IpProtocol.AUTHENTICATION, hex("0001 0000 00000000 00000000"))
            .ipLength(0),
        v4().behind(EtherType.IPV4, hex("AAAA03 000000 0800"))
            .inIpv4(IpProtocol.GRE, aruba)
            .vlan(3),
        v4().inEthernet().inIpv4(IpProtocol.GRE, hex("1000 22EB 00000001" + "20".repeat(12))),
        v6().inEthernet().inUdp(4789, hex("08000000 000007 00")),
        v4().inUdp(6081, hex("0100 0800 000007 00 00000000")),
        v4().inUdp(2152, hex("34FF 0000 00000007 00000085 01000000")),
        v4().inIpv6().inIpv4().behind(EtherType.MPLS, hex("00010040 00011140")),
        v4().behind(EtherType.PPPOE_SESSION, hex("1100 0007 0033 0021")),
        v4().inEthernet().behind(EtherType.BACKBONE_SERVICE, hex("00000009")));
  }

  private static PacketBytes v4() {
    return PacketBytes.ipv4Tcp().options(TcpOptionBytes.timestamps(1, 2)).payload(9);
  }

  private static PacketBytes v6() {
    return PacketBytes.ipv6Tcp().options(TcpOptionBytes.sack(1, 2)).payload(9);
  }

  @Test
  void cutAtEveryLengthWhicheverSideCutThem() {
    for (PacketBytes sample : samples()) {
      byte[] bytes = sample.build();
      for (int length = 0; length <= bytes.length; length++) {
        // An array that ends with the packet, so that no step beyond goes unseen.
        byte[] cut = Arrays.copyOf(bytes, length);
        check(cut, bytes.length, sample.linkType());
        check(cut, length, sample.linkType());
        check(cut, 0, sample.linkType());
      }
    }
  }

  @Test
  void changedAtRandom() {
    long seed = 20260101;
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> samples = samples().stream().map(PacketBytes::build).toList();
    for (int round = 0; round < FLIP_ROUNDS; round++) {
      for (byte[] sample : samples) {
        byte[] bytes = Arrays.copyOf(sample, random.nextInt(sample.length + 1));
        for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        long original = random.nextBoolean() ? bytes.length : random.nextLong(1L << 32);
        check(bytes, original, LINK_TYPES[random.nextInt(LINK_TYPES.length)]);
      }
    }
  }

  @Test
  void madeOfNothingButChance() {
    long seed = 4;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < FLIP_ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      for (int linkType : LINK_TYPES) {
        check(bytes, bytes.length, linkType);
      }
    }
  }

  private void check(byte[] bytes, long original, int linkType) {
    packet.set(bytes, 0, bytes.length, original);
    packet.describe(1, 0, linkType, 0);
    try {
      if (decoder.decode(packet, segment) == DecodeOutcome.TCP) {
        checkSizes(bytes);
      }
    } catch (RuntimeException e) {
      throw new AssertionError(
          "link type "
              + linkType
              + ", original length "
              + original
              + ", bytes "
              + HexFormat.of().formatHex(bytes),
          e);
    }
  }

  private void checkSizes(byte[] bytes) {
    segment.checksumState();
    int captured = segment.capturedPayloadLength();
    assertTrue(segment.payloadLength() >= 0);
    assertTrue(captured >= 0 && captured <= segment.payloadLength());
    assertTrue(segment.payloadOffset() + captured <= bytes.length);
    assertTrue(segment.tcpHeaderLength() >= 20 && segment.tcpHeaderLength() <= 60);
    assertTrue(segment.ipHeaderLength() >= 20);
    assertTrue(segment.linkHeaderLength() >= 0);
  }
}
