package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.conntrace.capture.Packet;
import dev.conntrace.samples.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as packets: sizes that hold, and the same segment wherever in an array the packet lies
 * and whatever the decoder saw before.
 */
class DecoderFuzzTest {
  /** Two bytes of link type and two of what was not captured, both big-endian; then the packet. */
  private static final int PREFIX_BYTES = 4;

  private static final byte[] BEFORE = new byte[32];
  private static final int MAX_PACKETS = 8;

  static Stream<byte[]> packets() {
    return Seeds.packets().map(packet -> input(packet)).filter(bytes -> bytes.length < 400);
  }

  /** Packets one after the other, each behind its length: for what fragments make of each other. */
  static Stream<byte[]> series() {
    List<byte[]> packets = packets().toList();
    List<byte[]> series = new ArrayList<>();
    for (int i = 0; i + 3 <= packets.size(); i += 3) {
      ByteBuffer joined = ByteBuffer.allocate(3 * 402);
      for (byte[] packet : packets.subList(i, i + 3)) {
        joined.putShort((short) packet.length).put(packet);
      }
      series.add(Arrays.copyOf(joined.array(), joined.position()));
    }
    return series.stream();
  }

  private static byte[] input(Packet packet) {
    int missing = (int) packet.originalLength() - packet.capturedLength();
    return ByteBuffer.allocate(PREFIX_BYTES + packet.capturedLength())
        .putShort((short) packet.linkType())
        .putShort((short) missing)
        .put(packet.bytes(), 0, packet.capturedLength())
        .array();
  }

  @MethodSource("packets")
  @FuzzTest
  void decodesOne(byte[] input) {
    if (input.length >= PREFIX_BYTES) {
      assertEquals(
          decode(List.of(input), BEFORE.length, (byte) 0x45), decode(List.of(input), 0, (byte) 0));
    }
  }

  @MethodSource("series")
  @FuzzTest
  void decodesSeries(byte[] input) {
    List<byte[]> inputs = new ArrayList<>();
    ByteBuffer left = ByteBuffer.wrap(input);
    while (left.remaining() >= 2 + PREFIX_BYTES && inputs.size() < MAX_PACKETS) {
      int length = Math.min(left.getShort() & 0x7FF, left.remaining());
      byte[] packet = new byte[Math.max(length, PREFIX_BYTES)];
      left.get(packet, 0, Math.min(length, left.remaining()));
      inputs.add(packet);
    }
    List<List<Object>> found = decode(inputs, 0, (byte) 0);
    assertEquals(found, decode(inputs, BEFORE.length, (byte) 0xFF));
    for (int i = 0; i < inputs.size(); i++) {
      if (!usedFragments) {
        assertEquals(
            found.subList(i, i + 1), decode(inputs.subList(i, i + 1), 0, (byte) 0), "alone");
      }
    }
  }

  private boolean usedFragments;

  /**
   * Decodes packets one after the other.
   *
   * @param offset where in its array each packet lies
   * @param around what the bytes around it are
   * @return all that was found of each
   */
  private List<List<Object>> decode(List<byte[]> inputs, int offset, byte around) {
    SegmentDecoder decoder = new SegmentDecoder();
    Segment segment = new Segment();
    Packet packet = new Packet();
    List<List<Object>> found = new ArrayList<>();
    for (byte[] input : inputs) {
      ByteBuffer fields = ByteBuffer.wrap(input);
      int linkType = fields.getShort();
      int missing = fields.getShort() & 0xFFFF;
      int captured = input.length - PREFIX_BYTES;
      byte[] array = new byte[captured + 2 * offset];
      Arrays.fill(array, around);
      System.arraycopy(input, PREFIX_BYTES, array, offset, captured);
      packet.set(array, offset, captured, (long) captured + missing);
      packet.describe(1, 0, linkType & 0xFFFF, 0);
      DecodeOutcome outcome = decoder.decode(packet, segment);
      usedFragments |= outcome == DecodeOutcome.FRAGMENT || segment.fragments() > 1;
      found.add(describe(outcome, segment, decoder, offset));
      if (outcome == DecodeOutcome.TCP) {
        checkSizes(segment, offset, captured);
      }
    }
    return found;
  }

  private static List<Object> describe(
      DecodeOutcome outcome, Segment segment, SegmentDecoder decoder, int offset) {
    List<Object> found = new ArrayList<>(List.of(outcome));
    if (outcome == DecodeOutcome.UDP || outcome == DecodeOutcome.TCP) {
      found.addAll(
          List.of(
              segment.srcHigh(),
              segment.srcLow(),
              segment.srcPort(),
              segment.dstHigh(),
              segment.dstLow(),
              segment.dstPort(),
              segment.flowHash(),
              segment.payloadLength()));
    }
    if (outcome == DecodeOutcome.TCP) {
      found.addAll(
          List.of(
              segment.seq(),
              segment.ack(),
              segment.flags(),
              segment.windowField(),
              segment.urgentPointer(),
              segment.capturedPayloadLength(),
              segment.payloadFingerprint(),
              segment.checksumState(),
              segment.ipHeaderLength(),
              segment.tcpHeaderLength(),
              segment.linkHeaderLength(),
              segment.lengthFromFrame(),
              segment.isSnapped(),
              segment.hopLimit(),
              segment.ipId(),
              segment.ecn(),
              String.valueOf(segment.encapsulation()),
              segment.fragments() > 1 ? 0 : segment.payloadOffset() - offset));
    }
    if (outcome == DecodeOutcome.ICMP && decoder.icmpError().isPresent()) {
      Segment quoted = decoder.icmpError().quoted();
      found.addAll(List.of(decoder.icmpError().reason(), quoted.srcPort(), quoted.seq()));
    }
    return found;
  }

  private static void checkSizes(Segment segment, int offset, int captured) {
    int held = segment.capturedPayloadLength();
    assertTrue(held >= 0 && held <= segment.payloadLength());
    if (segment.fragments() <= 1) {
      assertTrue(segment.payloadOffset() >= offset);
      assertTrue(segment.payloadOffset() + held <= offset + captured, "beyond the packet");
    } else {
      assertTrue(segment.payloadOffset() + held <= segment.bytes().length);
    }
    assertTrue(segment.tcpHeaderLength() >= 20 && segment.tcpHeaderLength() <= 60);
    assertTrue(segment.ipHeaderLength() >= 20);
    assertTrue(segment.linkHeaderLength() >= 0);
    assertTrue(segment.options().sackBlocks() <= 4);
  }
}
