package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.conntrace.samples.EveryOutput;
import dev.conntrace.samples.Seeds;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a capture: what comes of them does not depend on how they come in, a copy says the
 * same, and where another program can unpack them, both have the same bytes.
 */
class CaptureFuzzTest {
  private static final int SMALLEST_RECORD_BYTES = 16;
  private static final int MAX_UNPACKED_BYTES = 4 << 20;

  static Stream<byte[]> pcap() {
    return Seeds.captures(".pcap");
  }

  static Stream<byte[]> pcapng() {
    return Stream.concat(Seeds.captures(".pcapng"), Stream.of(described()));
  }

  static Stream<byte[]> gzip() {
    return Stream.concat(
        Seeds.captures(".gz"),
        smallest()
            .flatMap(
                plain ->
                    Stream.of(GzipBytes.member(plain), GzipBytes.memberWithEveryField(plain))));
  }

  static Stream<byte[]> zstd() {
    return Stream.concat(
        Seeds.captures(".zst"),
        smallest()
            .flatMap(plain -> Stream.of(ZstdBytes.frame(plain), ZstdBytes.zerosAfter(plain, 99))));
  }

  static Stream<byte[]> lz4() {
    return Stream.concat(
        Seeds.captures(".lz4"),
        smallest().flatMap(plain -> Stream.of(Lz4Bytes.frame(plain), Lz4Bytes.legacy(plain))));
  }

  private static Stream<byte[]> smallest() {
    return Stream.concat(pcap(), pcapng()).filter(bytes -> bytes.length < 1500);
  }

  private static byte[] described() {
    return PcapngBytes.littleEndian()
        .describe(1)
        .names(new byte[] {10, 0, 0, 1}, "one.example", "first.example")
        .commented(0, new byte[3], "here", "and here")
        .statistics(0, 1, 2)
        .toBytes();
  }

  @MethodSource("pcap")
  @FuzzTest
  void readsPcap(byte[] bytes) throws IOException {
    check(bytes);
  }

  @MethodSource("pcapng")
  @FuzzTest
  void readsPcapng(byte[] bytes) throws IOException {
    check(bytes);
  }

  @MethodSource("gzip")
  @FuzzTest
  void unpacksGzip(byte[] bytes) throws IOException {
    if (bytes.length > 1 && GzipInput.startsHere(bytes, 0, bytes.length)) {
      assertUnpacksAs(Compression.GZIP, bytes, GZIPInputStream::new);
    }
  }

  @MethodSource("zstd")
  @FuzzTest
  void unpacksZstd(byte[] bytes) throws IOException {
    assertUnpacksAs(Compression.ZSTD, bytes, ZstdInputStream::new);
  }

  @MethodSource("lz4")
  @FuzzTest
  void unpacksLz4(byte[] bytes) throws IOException {
    assertUnpacksAs(Compression.LZ4, bytes, LZ4FrameInputStream::new);
  }

  private static void check(byte[] bytes) throws IOException {
    Reading reading = Reading.of(bytes);
    Reading dribbled = Reading.of(new Dribble(bytes));
    assertEquals(reading.packets(), dribbled.packets(), "byte by byte");
    assertEquals(reading.fault(), dribbled.fault(), "byte by byte");
    assertEquals(reading.format(), dribbled.format(), "byte by byte");
    assertEquals(reading.droppedPackets(), dribbled.droppedPackets(), "byte by byte");
    // What is compressed may hold any number of them.
    assertTrue(
        isCompressed(reading) || reading.packets().size() <= bytes.length / SMALLEST_RECORD_BYTES);
    assertTrue(reading.bytesRead() <= bytes.length);
    assertTrue(reading.droppedPackets() >= 0);
    if (reading.fault() != null) {
      EveryOutput.checkText(reading.fault() + "\n");
    }
    for (int i = 0; i < reading.packets().size(); i++) {
      assertEquals(i + 1, reading.packets().get(i).frame());
    }
    if (!reading.packets().isEmpty()) {
      checkCopy(bytes, reading);
    }
  }

  private static boolean isCompressed(Reading reading) {
    return String.valueOf(reading.format()).matches(".*, (gzip|zstd|lz4)");
  }

  private static void checkCopy(byte[] bytes, Reading reading) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(bytes));
        PacketWriter writer = new PcapngWriter(out, true)) {
      Packet packet = new Packet();
      while (source.next(packet)) {
        writer.write(packet);
      }
    } catch (CaptureException e) {
      assertEquals(reading.fault(), e.getMessage());
    }
    Reading copy = Reading.of(out.toByteArray());
    assertNull(copy.fault());
    assertEquals(contents(reading), contents(copy));
  }

  private static List<List<Object>> contents(Reading reading) {
    return reading.packets().stream()
        .map(packet -> List.<Object>of(packet.linkType(), packet.originalLength(), packet.hex()))
        .toList();
  }

  private interface Unpacker {
    InputStream open(InputStream packed) throws IOException;
  }

  /** What came out before the end or the fault, which is null at an orderly end. */
  private record Unpacked(String hex, @Nullable String fault) {
    static Unpacked of(Unpacker unpacker, InputStream packed) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      String fault = null;
      try (InputStream plain = unpacker.open(packed)) {
        byte[] chunk = new byte[8192];
        int count = plain.read(chunk);
        while (count >= 0 && out.size() < MAX_UNPACKED_BYTES) {
          out.write(chunk, 0, count);
          count = plain.read(chunk);
        }
      } catch (IOException e) {
        fault = String.valueOf(e.getMessage());
      }
      return new Unpacked(HexFormat.of().formatHex(out.toByteArray()), fault);
    }
  }

  private static void assertUnpacksAs(Compression format, byte[] bytes, Unpacker other) {
    Unpacker ours = packed -> format.unpack(new CaptureInput("-", packed));
    Unpacked whole = Unpacked.of(ours, new ByteArrayInputStream(bytes));
    Unpacked dribbled = Unpacked.of(ours, new Dribble(bytes));
    assertEquals(whole.fault(), dribbled.fault(), "byte by byte");
    assertEquals(whole.hex(), dribbled.hex(), "byte by byte");

    Unpacked theirs;
    try {
      theirs = Unpacked.of(other, new ByteArrayInputStream(bytes));
    } catch (RuntimeException e) {
      // Damage that the other program does not expect.
      return;
    }
    if (theirs.fault() == null) {
      int common = Math.min(theirs.hex().length(), whole.hex().length());
      assertEquals(theirs.hex().substring(0, common), whole.hex().substring(0, common));
      assertTrue(whole.fault() != null || common == theirs.hex().length(), "cut short");
    }
  }
}
