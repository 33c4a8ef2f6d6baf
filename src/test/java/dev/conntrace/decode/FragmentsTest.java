package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.Packet;
import dev.conntrace.wire.ChecksumState;
import dev.conntrace.wire.IpProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IP datagrams in pieces (RFC 791 3.2, RFC 8200 4.5, RFC 5722). */
class FragmentsTest {
  private static final int PAYLOAD = 1000;
  private static final long SECOND = 1_000_000_000L;

  private final Reassembly reassembly = new Reassembly();
  private final SegmentDecoder decoder = new SegmentDecoder(reassembly);
  private final Segment segment = new Segment();
  private long frame;
  private long nanos;

  /** What IP carries: a TCP header and 1000 bytes. */
  private static byte[] tcp(boolean v6) {
    byte[] packet =
        (v6 ? PacketBytes.ipv6Tcp() : PacketBytes.ipv4Tcp())
            .seq(77)
            .options(TcpOptionBytes.timestamps(1, 2))
            .payload(PAYLOAD)
            .raw(101)
            .build();
    return Arrays.copyOfRange(packet, v6 ? 40 : 20, packet.length);
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, Math.min(to, bytes.length));
  }

  private static PacketBytes v4(int offset, boolean more, byte[] piece) {
    return PacketBytes.ipv4(IpProtocol.TCP, piece).ipId(9).fragment(offset, more);
  }

  private static PacketBytes v6(int offset, boolean more, byte[] piece) {
    String header = String.format("0000%04x00000009", offset | (more ? 1 : 0));
    return PacketBytes.ipv6(IpProtocol.TCP, piece)
        .extension(IpProtocol.FRAGMENT, HexFormat.of().parseHex(header));
  }

  private static PacketBytes part(boolean v6, int from, int to) {
    byte[] whole = tcp(v6);
    byte[] piece = slice(whole, from, to);
    return v6 ? v6(from, to < whole.length, piece) : v4(from, to < whole.length, piece);
  }

  private DecodeOutcome take(PacketBytes bytes) {
    return decoder.decode(bytes.packet(++frame, nanos), segment);
  }

  private void isHeld(PacketBytes bytes) {
    assertSame(DecodeOutcome.FRAGMENT, take(bytes));
  }

  private void completes(PacketBytes bytes, long... frames) {
    assertSame(DecodeOutcome.TCP, take(bytes));
    assertEquals(77, segment.seq());
    assertEquals(PAYLOAD, segment.payloadLength());
    assertEquals(PAYLOAD, segment.capturedPayloadLength());
    assertEquals(ChecksumState.VALID, segment.checksumState());
    assertEquals(frame, segment.frame());
    assertArrayEquals(frames, frames());
  }

  private long[] frames() {
    long[] frames = new long[segment.fragments()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = segment.fragmentFrame(i);
    }
    return frames;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areTheSegmentTogetherInAnyOrder(boolean v6) {
    List<int[]> parts =
        new ArrayList<>(
            List.of(
                new int[] {0, 8}, new int[] {8, 400}, new int[] {400, 800}, new int[] {800, 9999}));
    for (long seed = 0; seed < 24; seed++) {
      Collections.shuffle(parts, new Random(seed));
      long first = frame + 1;
      for (int i = 0; i < 3; i++) {
        isHeld(part(v6, parts.get(i)[0], parts.get(i)[1]));
      }
      completes(part(v6, parts.get(3)[0], parts.get(3)[1]), first, first + 1, first + 2, first + 3);
    }
    assertEquals(0, reassembly.incompleteDatagrams());
    assertEquals(0, reassembly.overlappingDatagrams());
  }

  @Test
  void haveTheSizesOfTheWholePacket() {
    isHeld(part(false, 0, 400));
    completes(part(false, 400, 9999), 1, 2);
    assertEquals(14, segment.linkHeaderLength());
    assertEquals(20, segment.ipHeaderLength());
    assertEquals(32, segment.tcpHeaderLength());
    isHeld(part(true, 0, 400));
    completes(part(true, 400, 9999), 3, 4);
    assertEquals(48, segment.ipHeaderLength());
  }

  @Test
  void leaveNothingBehindForTheNextPacket() {
    isHeld(part(false, 0, 400));
    completes(part(false, 400, 9999), 1, 2);
    assertSame(DecodeOutcome.TCP, take(PacketBytes.ipv4Tcp().payload(3)));
    assertEquals(0, segment.fragments());
    assertEquals(14, segment.linkHeaderLength());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mayComeTwice(boolean v6) {
    isHeld(part(v6, 0, 400));
    isHeld(part(v6, 0, 400));
    isHeld(part(v6, 800, 9999));
    isHeld(part(v6, 800, 9999));
    completes(part(v6, 400, 800), 1, 3, 5);
    assertEquals(0, reassembly.overlappingDatagrams());
  }

  @Test
  void ofIpv4ThatOverlapKeepWhatCameFirst() {
    byte[] other = slice(tcp(false), 200, 800);
    Arrays.fill(other, (byte) 0xEE);
    isHeld(part(false, 0, 400));
    isHeld(part(false, 400, 800));
    isHeld(v4(200, true, other));
    completes(part(false, 800, 9999), 1, 2, 4);
    assertEquals(1, reassembly.overlappingDatagrams());
  }

  @Test
  void ofIpv4ThatOverlapFillWhatIsMissing() {
    isHeld(part(false, 800, 9999));
    isHeld(part(false, 200, 600));
    completes(v4(0, true, slice(tcp(false), 0, 1000)), 1, 2, 3);
    assertEquals(1, reassembly.overlappingDatagrams());
  }

  @Test
  void ofIpv6ThatOverlapAreDroppedWithTheirDatagram() {
    isHeld(part(true, 0, 400));
    isHeld(part(true, 392, 800));
    isHeld(part(true, 400, 800));
    isHeld(part(true, 800, 9999));
    isHeld(part(true, 0, 400));
    assertEquals(1, reassembly.overlappingDatagrams());
    assertEquals(0, reassembly.incompleteDatagrams());
  }

  @Test
  void ofIpv6WithOtherContentAreDroppedToo() {
    byte[] other = new byte[400];
    isHeld(part(true, 0, 400));
    isHeld(v6(0, true, other));
    isHeld(part(true, 400, 9999));
    assertEquals(1, reassembly.overlappingDatagrams());
  }

  @Test
  void thatContradictTheEndAreReported() {
    isHeld(part(false, 800, 9999));
    isHeld(v4(2000, true, new byte[8]));
    isHeld(v4(400, false, new byte[8]));
    assertEquals(1, reassembly.overlappingDatagrams());
    isHeld(part(false, 0, 400));
    completes(part(false, 400, 800), 1, 4, 5);
  }

  @Test
  void areToldApartByIdProtocolAndAddresses() {
    isHeld(part(false, 0, 400));
    isHeld(part(false, 400, 9999).ipId(10));
    isHeld(part(false, 400, 9999).src("10.0.0.3", 1));
    isHeld(part(true, 400, 9999));
    byte[] piece = slice(tcp(false), 400, 9999);
    isHeld(PacketBytes.ipv4(IpProtocol.UDP, piece).ipId(9).fragment(400, false));
    assertEquals(5, reassembly.incompleteDatagrams());
  }

  @Test
  void areToldApartByTheNetworkThatTheyTravelIn() {
    isHeld(part(false, 0, 400).vlan(5));
    isHeld(part(false, 400, 9999).vlan(6));
    completes(part(false, 400, 9999).vlan(5), 1, 3);
  }

  @Test
  void mayHaveOtherLabelsEach() {
    byte[] one = HexFormat.of().parseHex("00010140");
    byte[] two = HexFormat.of().parseHex("00020140");
    isHeld(part(false, 0, 400).behind(0x8847, one));
    completes(part(false, 400, 9999).behind(0x8847, two), 1, 2);
    assertEquals("MPLS 32", segment.encapsulation());
  }

  @Test
  void ofATunnelHoldWhatTravelsInIt() {
    byte[] tunnel = PacketBytes.ipv4Tcp().seq(77).payload(PAYLOAD).gre().raw(101).build();
    byte[] gre = slice(tunnel, 20, tunnel.length);
    isHeld(PacketBytes.ipv4(IpProtocol.GRE, slice(gre, 0, 16)).fragment(0, true));
    completes(PacketBytes.ipv4(IpProtocol.GRE, slice(gre, 16, 9999)).fragment(16, false), 1, 2);
    assertEquals("GRE", segment.encapsulation());
    assertEquals(14 + 20 + 4, segment.linkHeaderLength());
  }

  @Test
  void insideATunnelArePutTogether() {
    isHeld(part(false, 0, 400).gre());
    completes(part(false, 400, 9999).gre(), 1, 2);
    assertEquals(14 + 20 + 4, segment.linkHeaderLength());
  }

  @Test
  void insideATunnelInFragmentsNameAllFrames() {
    byte[] inner = part(false, 0, 400).gre().raw(101).build();
    byte[] gre = slice(inner, 20, inner.length);
    isHeld(PacketBytes.ipv4(IpProtocol.GRE, slice(gre, 0, 40)).fragment(0, true));
    isHeld(PacketBytes.ipv4(IpProtocol.GRE, slice(gre, 40, 9999)).fragment(40, false));
    completes(part(false, 400, 9999).gre(), 1, 2, 3);
  }

  @Test
  void thatWereSnappedKeepTheLengthOfTheWhole() {
    isHeld(part(false, 0, 400));
    assertSame(
        DecodeOutcome.TCP, decoder.decode(part(false, 400, 9999).snapped(14 + 20 + 10), segment));
    assertEquals(PAYLOAD, segment.payloadLength());
    assertEquals(400 + 10 - 32, segment.capturedPayloadLength());
    assertTrue(segment.isSnapped());
    assertSame(ChecksumState.NOT_CAPTURED, segment.checksumState());
  }

  @Test
  void passAMarkOfCongestionOn() {
    isHeld(part(false, 0, 400).ecn(2));
    isHeld(part(false, 400, 800).ecn(3));
    completes(part(false, 800, 9999).ecn(2), 1, 2, 3);
    assertEquals(3, segment.ecn());
  }

  @Test
  void takeTheHopLimitOfTheFirst() {
    isHeld(part(false, 400, 9999).ttl(9));
    completes(part(false, 0, 400).ttl(7), 1, 2);
    assertEquals(7, segment.hopLimit());
    isHeld(part(false, 0, 400).ttl(7));
    completes(part(false, 400, 9999).ttl(9), 3, 4);
    assertEquals(7, segment.hopLimit());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void waitNoLongerThanReceiversDo(boolean v6) {
    isHeld(part(v6, 0, 400));
    nanos = (v6 ? 60 : 30) * SECOND;
    isHeld(part(v6, 400, 800));
    nanos++;
    isHeld(part(v6, 800, 9999));
    assertEquals(1, reassembly.timedOutDatagrams());
    assertEquals(1, reassembly.incompleteDatagrams());
    reassembly.expire(nanos + 61 * SECOND);
    assertEquals(2, reassembly.timedOutDatagrams());
    assertEquals(0, reassembly.incompleteDatagrams());
  }

  @Test
  void waitForeverWithoutTimes() {
    nanos = Packet.NO_TIMESTAMP;
    isHeld(part(false, 0, 400));
    completes(part(false, 400, 9999), 1, 2);
  }

  @Test
  void thatReachBeyondTheLargestPacketAreMalformed() {
    assertSame(DecodeOutcome.MALFORMED, take(v4(65_528, false, new byte[8])));
    assertSame(DecodeOutcome.MALFORMED, take(v6(65_528, false, new byte[8])));
    isHeld(v4(65_528, false, new byte[7]));
  }

  @Test
  void withoutContentAreHarmless() {
    isHeld(v4(0, true, new byte[0]));
    isHeld(v4(400, false, new byte[0]));
    isHeld(v6(8, true, new byte[7]));
    assertEquals(0, reassembly.incompleteDatagrams());
  }

  @Test
  void areGivenUpOldestFirstWhenThereAreTooMany() {
    int more = 1000;
    for (int i = 0; i < Reassembly.MAX_DATAGRAMS + more; i++) {
      isHeld(part(false, 0, 400).ipId(i));
    }
    assertEquals(more, reassembly.givenUpDatagrams());
    assertEquals(Reassembly.MAX_DATAGRAMS, reassembly.incompleteDatagrams());
    isHeld(part(false, 400, 9999).ipId(0));
    assertSame(DecodeOutcome.TCP, take(part(false, 400, 9999).ipId(more + 1)));
  }

  @Test
  void areGivenUpOldestFirstWhenTheyAreTooLarge() {
    int count = Reassembly.MAX_BYTES / 65_536 + 10;
    for (int i = 0; i < count; i++) {
      isHeld(v4(65_000, true, new byte[400]).ipId(i));
    }
    assertTrue(reassembly.givenUpDatagrams() > 0);
    assertEquals(count, reassembly.givenUpDatagrams() + reassembly.incompleteDatagrams());
  }

  @Test
  void ofChanceNeverFail() {
    SplittableRandom random = new SplittableRandom(5722);
    Packet packet = new Packet();
    for (int round = 0; round < 200_000; round++) {
      boolean v6 = random.nextBoolean();
      int offset = random.nextInt(random.nextBoolean() ? 64 : 8192) * 8;
      byte[] piece = new byte[random.nextInt(random.nextInt(20) == 0 ? 1500 : 70)];
      boolean more = random.nextInt(4) > 0;
      PacketBytes bytes = v6 ? v6(offset, more, piece) : v4(offset, more, piece);
      byte[] built = bytes.build();
      int cut = random.nextInt(10) == 0 ? random.nextInt(built.length + 1) : built.length;
      byte[] kept = Arrays.copyOf(built, cut);
      if (cut > 0 && random.nextInt(10) == 0) {
        kept[random.nextInt(cut)] = (byte) random.nextInt();
      }
      packet.set(kept, 0, cut, random.nextBoolean() ? cut : built.length);
      packet.describe(round + 1, random.nextInt(100) * SECOND, bytes.linkType(), 0);
      if (decoder.decode(packet, segment) == DecodeOutcome.TCP) {
        segment.checksumState();
        assertTrue(segment.capturedPayloadLength() <= segment.payloadLength());
      }
    }
  }
}
