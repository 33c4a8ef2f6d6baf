package dev.conntrace.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Captures that are cut off or hold wrong bytes: everything before the damage, then one message.
 */
class HostileCaptureTest {
  private static final long SEED = 20_260_102;
  private static final int ROUNDS = 10_000;
  private static final byte[] NAME = {'e', 't', 'h', (byte) 0xC3, (byte) 0xA4};
  private static final int SMALLEST_RECORD_BYTES = 16;

  private static PcapBytes pcap(ByteOrder order, PcapVariant variant) {
    PcapBytes file = PcapBytes.in(order);
    if (variant == PcapVariant.NANOSECONDS) {
      file.nanoseconds();
    } else if (variant == PcapVariant.KUZNETZOV) {
      file.kuznetzov();
    }
    for (int i = 0; i < 12; i++) {
      file.packet(1_700_000_000_000_000_000L + i * 1_000L, new byte[5 * i], 100);
    }
    return file;
  }

  private static PcapngBytes pcapng(ByteOrder first, ByteOrder second) {
    return PcapngBytes.in(first)
        .describe(1)
        .describe(101, 9, -3)
        .enhanced(0, 1, new byte[10])
        .enhanced(1, 2, new byte[7], 1500)
        .block(99, body -> body.raw(new byte[20]))
        .old(1, 3, new byte[9], "old")
        .names(new byte[] {10, 0, 0, 1}, "one.example", "first.example")
        .commented(0, new byte[3], "here", "and here")
        .statistics(0, 1, 2)
        .section(second, 1, 12, options -> options.option(PcapngBytes.OPT_COMMENT, NAME).u32(0))
        .describe(113, 6, options -> options.option(PcapngBytes.IF_NAME, NAME).u32(0))
        .simple(new byte[6], 60)
        .enhanced(0, 4, new byte[0])
        .statistics(0, 3, 4);
  }

  @Test
  void returnsEveryRecordBeforeACutInPcap() {
    for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
      for (PcapVariant variant : PcapVariant.values()) {
        PcapBytes file = pcap(order, variant);
        byte[] bytes = file.toBytes();
        Reading all = Reading.of(bytes);
        for (int length = 0; length <= bytes.length; length++) {
          assertCut(all, bytes, length, file.packetsWithin(length), file.isWholeAt(length));
        }
      }
    }
  }

  @Test
  void returnsEveryRecordBeforeACutInPcapng() {
    for (ByteOrder first : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
      for (ByteOrder second : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
        PcapngBytes file = pcapng(first, second);
        byte[] bytes = file.toBytes();
        Reading all = Reading.of(bytes);
        for (int length = 0; length <= bytes.length; length++) {
          assertCut(all, bytes, length, file.packetsWithin(length), file.isWholeAt(length));
        }
      }
    }
  }

  private static void assertCut(Reading all, byte[] bytes, int length, int packets, boolean whole) {
    Reading reading = Reading.of(bytes, length);

    assertEquals(all.packets().subList(0, packets), reading.packets(), "cut at " + length);
    assertEquals(whole, reading.fault() == null, "cut at " + length + ": " + reading.fault());
    if (!reading.format().isEmpty()) {
      assertEquals(length, reading.bytesRead(), "cut at " + length);
    }
    String fault = reading.fault();
    if (fault != null && packets > 0) {
      assertTrue(fault.endsWith(", after frame " + packets + ")"), fault);
    }
  }

  @Test
  void reportsZerosAfterTheLastRecord() {
    byte[] bytes = pcapng(LITTLE_ENDIAN, LITTLE_ENDIAN).raw(file -> file.u64(0)).toBytes();

    Reading reading = Reading.of(bytes);

    assertEquals(6, reading.packets().size());
    assertTrue(
        String.valueOf(reading.fault()).contains("impossible length of 0 bytes"), reading.fault());
  }

  @Test
  void survivesFlippedBits() {
    List<byte[]> samples =
        List.of(
            pcap(LITTLE_ENDIAN, PcapVariant.MICROSECONDS).toBytes(),
            pcap(BIG_ENDIAN, PcapVariant.NANOSECONDS).toBytes(),
            pcapng(LITTLE_ENDIAN, BIG_ENDIAN).toBytes(),
            pcapng(BIG_ENDIAN, BIG_ENDIAN).toBytes(),
            pcap(BIG_ENDIAN, PcapVariant.KUZNETZOV).toBytes(),
            ZstdBytes.frame(pcap(LITTLE_ENDIAN, PcapVariant.MICROSECONDS).toBytes()),
            ZstdBytes.frame(pcapng(BIG_ENDIAN, LITTLE_ENDIAN).toBytes()),
            Lz4Bytes.frame(pcap(LITTLE_ENDIAN, PcapVariant.MICROSECONDS).toBytes()),
            Lz4Bytes.frame(pcapng(BIG_ENDIAN, LITTLE_ENDIAN).toBytes()),
            Lz4Bytes.legacy(pcapng(BIG_ENDIAN, LITTLE_ENDIAN).toBytes()),
            GzipBytes.member(pcap(LITTLE_ENDIAN, PcapVariant.MICROSECONDS).toBytes()),
            GzipBytes.member(pcapng(BIG_ENDIAN, LITTLE_ENDIAN).toBytes()));
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = samples.get(round % samples.size()).clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertSurvives(bytes, "seed " + SEED + ", round " + round);
    }
  }

  @Test
  void survivesBytesReplacedByExtremes() {
    byte[] extremes = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF};
    for (byte[] sample :
        List.of(
            pcap(LITTLE_ENDIAN, PcapVariant.MICROSECONDS).toBytes(),
            pcapng(LITTLE_ENDIAN, BIG_ENDIAN).toBytes())) {
      for (int at = 0; at < sample.length; at++) {
        for (byte extreme : extremes) {
          byte[] bytes = sample.clone();
          bytes[at] = extreme;
          assertSurvives(bytes, "byte " + at + " is " + extreme);
        }
      }
    }
  }

  private static void assertSurvives(byte[] bytes, String what) {
    Reading reading;
    try {
      reading = Reading.of(bytes);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
    assertTrue(reading.packets().size() <= 100 * bytes.length / SMALLEST_RECORD_BYTES, what);
    for (int i = 0; i < reading.packets().size(); i++) {
      assertEquals(i + 1, reading.packets().get(i).frame(), what);
    }
    assertTrue(reading.droppedPackets() >= 0, what);
  }
}
