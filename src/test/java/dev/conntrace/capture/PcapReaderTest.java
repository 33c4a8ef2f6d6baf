package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.Reading.Captured;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapReaderTest {
  private static final long NOON = 1_700_000_000_123_456_789L;
  private static final long NOON_IN_MICROSECONDS = 1_700_000_000_123_456_000L;
  private static final byte[] FIRST = {1, 2, 3};
  private static final byte[] SECOND = {4, 5, 6, 7};

  private static List<Captured> firstAndSecond(long timestampNanos) {
    return List.of(
        new Captured(1, timestampNanos, 1, 0, 3, "010203"),
        new Captured(2, timestampNanos + 1_000_000_000, 1, 0, 4, "04050607"));
  }

  private static Reading readFirstAndSecond(PcapBytes file) {
    Reading reading =
        Reading.of(file.packet(NOON, FIRST).packet(NOON + 1_000_000_000, SECOND).toBytes());
    assertNull(reading.fault());
    return reading;
  }

  @Test
  void readsLittleEndianMicroseconds() {
    Reading reading = readFirstAndSecond(PcapBytes.littleEndian());

    assertEquals(firstAndSecond(NOON_IN_MICROSECONDS), reading.packets());
    assertEquals("pcap, little-endian, microseconds", reading.format());
  }

  @Test
  void readsBigEndianMicroseconds() {
    Reading reading = readFirstAndSecond(PcapBytes.bigEndian());

    assertEquals(firstAndSecond(NOON_IN_MICROSECONDS), reading.packets());
    assertEquals("pcap, big-endian, microseconds", reading.format());
  }

  @Test
  void readsLittleEndianNanoseconds() {
    Reading reading = readFirstAndSecond(PcapBytes.littleEndian().nanoseconds());

    assertEquals(firstAndSecond(NOON), reading.packets());
    assertEquals("pcap, little-endian, nanoseconds", reading.format());
  }

  @Test
  void readsKuznetzovsLongerRecordHeadersInBothByteOrders() {
    for (PcapBytes file : List.of(PcapBytes.littleEndian(), PcapBytes.bigEndian())) {
      Reading reading = readFirstAndSecond(file.kuznetzov());

      assertEquals(firstAndSecond(NOON_IN_MICROSECONDS), reading.packets());
      assertTrue(reading.format().endsWith("Kuznetzov's variant"), reading.format());
    }
  }

  @Test
  void readsBigEndianNanoseconds() {
    Reading reading = readFirstAndSecond(PcapBytes.bigEndian().nanoseconds());

    assertEquals(firstAndSecond(NOON), reading.packets());
    assertEquals("pcap, big-endian, nanoseconds", reading.format());
  }

  @Test
  void takesSecondsAsUnsigned() {
    Reading reading =
        Reading.of(PcapBytes.littleEndian().record(0xFFFFFFFFL, 999_999, 0, 0).toBytes());

    assertEquals(4_294_967_295_999_999_000L, reading.packet(1).timestampNanos());
  }

  @Test
  void keepsTheOriginalLengthOfSnappedPackets() {
    Reading reading = Reading.of(PcapBytes.littleEndian().packet(0, FIRST, 0xFFFFFFFFL).toBytes());

    assertEquals(0xFFFFFFFFL, reading.packet(1).originalLength());
    assertEquals("010203", reading.packet(1).hex());
  }

  @Test
  void readsPacketsWithoutAnyByte() {
    Reading reading = Reading.of(PcapBytes.bigEndian().packet(0, new byte[0], 60).toBytes());

    assertEquals("", reading.packet(1).hex());
  }

  @Test
  void masksTheFrameCheckSequenceOffTheLinkType() {
    Reading reading =
        Reading.of(PcapBytes.littleEndian().linkType(0x2400_0071L).packet(0, FIRST).toBytes());

    assertEquals(LinkType.LINUX_SLL.number(), reading.packet(1).linkType());
  }

  @Test
  void endsInOrderWithoutAnyPacket() {
    Reading reading = Reading.of(PcapBytes.littleEndian().toBytes());

    assertNull(reading.fault());
    assertEquals(List.of(), reading.packets());
    assertEquals(24, reading.bytesRead());
  }

  @Test
  void readsPacketsLargerThanTheWindow() throws Exception {
    byte[] large = new byte[3_000_000];
    large[0] = 1;
    large[large.length - 1] = 2;
    byte[] file =
        PcapBytes.littleEndian()
            .snapLength(CaptureInput.MAX_CAPTURED_BYTES)
            .packet(0, FIRST)
            .packet(0, large)
            .packet(0, SECOND)
            .toBytes();

    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(file))) {
      Packet packet = new Packet();
      assertTrue(source.next(packet));
      assertTrue(source.next(packet));
      assertEquals(large.length, packet.capturedLength());
      assertEquals(1, packet.bytes()[packet.offset()]);
      assertEquals(2, packet.bytes()[packet.offset() + large.length - 1]);
      assertTrue(source.next(packet));
      assertEquals(SECOND.length, packet.capturedLength());
      assertFalse(source.next(packet));
    }
  }

  @Test
  void readsManyPacketsAcrossTheWindowsEdge() {
    PcapBytes file = PcapBytes.littleEndian();
    int packets = 5_000;
    for (int i = 0; i < packets; i++) {
      file.packet(i, new byte[i % 200]);
    }

    Reading reading = Reading.of(file.toBytes());

    assertNull(reading.fault());
    assertEquals(packets, reading.packets().size());
    for (int i = 0; i < packets; i++) {
      assertEquals(2 * (i % 200), reading.packet(i + 1).hex().length());
    }
  }

  @Test
  void readsAStreamThatComesByteByByte() {
    byte[] file = PcapBytes.bigEndian().packet(NOON, FIRST).packet(NOON, SECOND).toBytes();

    assertEquals(Reading.of(file), Reading.of(new Dribble(file)));
  }

  @Test
  void namesWhatAnAbsurdCapturedLengthIsOver() {
    byte[] file = PcapBytes.littleEndian().packet(0, FIRST).record(0, 0, 0xFFFFFFFFL, 60).toBytes();

    assertEquals(
        "-: a packet record states a captured length of 4294967295 bytes, over the limit of 262144"
            + " (at byte 43, after frame 1)",
        Reading.of(file).fault());
  }

  @Test
  void allowsPacketsBeyondTheSnapLength() {
    byte[] file = PcapBytes.littleEndian().snapLength(2).packet(0, SECOND).toBytes();

    assertEquals("04050607", Reading.of(file).packet(1).hex());
  }

  @Test
  void namesWhatIsMissingOfACutRecord() {
    byte[] file = PcapBytes.littleEndian().packet(0, FIRST).packet(0, SECOND).toBytes();

    assertEquals(
        "-: a packet record is cut off: 3 of 4 captured bytes (at byte 43, after frame 1)",
        Reading.of(file, file.length - 1).fault());
    assertEquals(
        "-: the header of a packet record is cut off: 15 of 16 bytes (at byte 43, after frame 1)",
        Reading.of(file, file.length - 5).fault());
    assertEquals(
        "-: the pcap file header is cut off: 23 of 24 bytes (at byte 0, after frame 0)",
        Reading.of(file, 23).fault());
  }

  @Test
  void saysTheSameDamageAgainWhenAskedAgain() throws Exception {
    byte[] file = PcapBytes.littleEndian().packet(0, FIRST).raw((byte) 0).toBytes();

    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(file))) {
      Packet packet = new Packet();
      assertTrue(source.next(packet));
      String first = assertThrows(CaptureException.class, () -> source.next(packet)).getMessage();
      String second = assertThrows(CaptureException.class, () -> source.next(packet)).getMessage();
      assertEquals(first, second);
    }
  }

  @Test
  void refusesVersionsThatNothingWrites() {
    assertEquals(
        "-: pcap version 2.3 is not supported, only 2.4 is (at byte 0, after frame 0)",
        Reading.of(PcapBytes.littleEndian().version(3).toBytes()).fault());
  }

  @Test
  void leavesPacketsInTheWindowUntilTheNextIsAskedFor() throws Exception {
    byte[] file = PcapBytes.littleEndian().packet(0, FIRST).packet(0, SECOND).toBytes();

    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(file))) {
      Packet packet = new Packet();
      assertTrue(source.next(packet));
      byte[] kept = new byte[FIRST.length];
      System.arraycopy(packet.bytes(), packet.offset(), kept, 0, kept.length);
      assertArrayEquals(FIRST, kept);
    }
  }
}
