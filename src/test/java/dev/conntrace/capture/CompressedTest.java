package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for zstd and LZ4 alike; {@link GzipTest} says it of gzip. */
class CompressedTest {
  enum Format {
    ZSTD,
    LZ4,
    LZ4_LEGACY;

    byte[] pack(byte[] plain) {
      return switch (this) {
        case ZSTD -> ZstdBytes.frame(plain);
        case LZ4 -> Lz4Bytes.frame(plain);
        case LZ4_LEGACY -> Lz4Bytes.legacy(plain);
      };
    }

    String words() {
      return this == ZSTD ? "zstd" : "lz4";
    }
  }

  /** Packets that can be packed, but not to nothing. */
  static byte[] packets(int count) {
    PcapBytes file = PcapBytes.littleEndian();
    for (int i = 0; i < count; i++) {
      file.packet(i * 1_000L, new byte[] {(byte) i, (byte) (i >> 8), (byte) (31 * i)});
    }
    return file.toBytes();
  }

  static void assertReadsLikePlain(byte[] plain, byte[] packed, String words) {
    Reading reading = Reading.of(packed);
    assertNull(reading.fault());
    assertEquals(Reading.of(plain).packets(), reading.packets());
    assertEquals("pcap, little-endian, microseconds, " + words, reading.format());
    assertEquals(packed.length, reading.bytesRead());
    assertEquals(reading, Reading.of(new Dribble(packed)));
  }

  @ParameterizedTest
  @EnumSource
  void unpacksOneFrame(Format format) {
    byte[] plain = packets(50_000);

    assertReadsLikePlain(plain, format.pack(plain), format.words());
  }

  @ParameterizedTest
  @EnumSource
  void unpacksFramesOneAfterTheOtherAndStepsOverOthersBetween(Format format) {
    byte[] plain = packets(100);
    byte[] packed =
        GzipBytes.join(
            ZstdBytes.skippable(0),
            ZstdBytes.skippable(300_000),
            format.pack(Arrays.copyOf(plain, 7)),
            format.pack(Arrays.copyOfRange(plain, 7, 1000)),
            ZstdBytes.skippable(5),
            format.pack(Arrays.copyOfRange(plain, 1000, plain.length)),
            ZstdBytes.skippable(9));

    assertReadsLikePlain(plain, packed, format.words());
  }

  @ParameterizedTest
  @EnumSource
  void returnsAllThatIsReadableOfACutFile(Format format) {
    byte[] packed = format.pack(packets(200));
    int before = 0;
    for (int length = 12; length < packed.length; length++) {
      Reading reading = Reading.of(packed, length);
      assertNotNull(reading.fault(), "cut at " + length);
      assertTrue(reading.packets().size() >= before, "cut at " + length);
      before = reading.packets().size();
    }
    assertTrue(before >= (format == Format.LZ4_LEGACY ? 199 : 200), before + " packets");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhereACutFileEnds(Format format) {
    byte[] packed = format.pack(packets(3));
    int length = packed.length - 1;
    String fault = String.valueOf(Reading.of(packed, length).fault());

    assertTrue(fault.startsWith("-: reading broke off: the " + format.words() + " data"), fault);
    assertTrue(fault.contains("ends too soon, after byte " + length), fault);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LZ4_LEGACY")
  void reportsAWrongChecksumAfterEveryPacket(Format format) {
    byte[] packed = format.pack(packets(10));
    packed[packed.length - 1] ^= 1;
    Reading reading = Reading.of(packed);

    assertEquals(10, reading.packets().size());
    assertTrue(String.valueOf(reading.fault()).contains("its checksum does not fit"));
  }

  @ParameterizedTest
  @EnumSource
  void reportsOtherDataAfterTheLastFrame(Format format) {
    byte[] packed = GzipBytes.join(ZstdBytes.frame(packets(3)), new byte[] {1, 2, 3, 4});
    if (format == Format.LZ4) {
      packed = GzipBytes.join(Lz4Bytes.frame(packets(3)), new byte[] {1, 2, 3, 4});
    }
    Reading reading = Reading.of(packed);

    assertEquals(3, reading.packets().size());
    assertTrue(String.valueOf(reading.fault()).contains("other data follows"), reading.fault());
  }

  @ParameterizedTest
  @EnumSource
  void namesWhatIsInsideIfItIsNoCapture(Format format) {
    assertEquals(
        "-: not a capture (starts with 47 45 54 20); pcap and pcapng can be read",
        Reading.of(format.pack("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII))).fault());
  }

  @Test
  void readsGigabytesOfEmptyRecordsInConstantMemory() throws IOException {
    byte[] bomb = ZstdBytes.zerosAfter(PcapBytes.littleEndian().toBytes(), 1L << 28);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Packet packet = new Packet();
    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(bomb))) {
      while (source.next(packet)) {
        assertEquals(0, packet.capturedLength());
      }
    }

    assertEquals(1 << 24, packet.frame());
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 64 << 20, allocated + " bytes");
  }
}
