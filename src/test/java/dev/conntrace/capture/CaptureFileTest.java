package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
  private static final byte[] PACKET = {1, 2, 3};

  @TempDir Path folder;

  private static String faultOf(String name) {
    return String.valueOf(
        assertThrows(
                CaptureException.class, () -> CaptureFile.open(name, InputStream.nullInputStream()))
            .getMessage());
  }

  private static String faultOfStart(int... start) {
    byte[] bytes = new byte[start.length];
    for (int i = 0; i < start.length; i++) {
      bytes[i] = (byte) start[i];
    }
    return String.valueOf(Reading.of(bytes).fault());
  }

  @Test
  void tellsFormatsApartByContentNotByName() throws IOException {
    Path file = folder.resolve("misleading.pcapng");
    Files.write(file, PcapBytes.bigEndian().packet(0, PACKET).toBytes());

    try (PacketSource source = CaptureFile.open(file)) {
      assertEquals("pcap, big-endian, microseconds", source.format());
      assertEquals(1, Reading.of(source).packets().size());
    }

    Files.write(file, GzipBytes.member(PcapngBytes.bigEndian().toBytes()));
    try (PacketSource source = CaptureFile.open(file.toString(), InputStream.nullInputStream())) {
      assertEquals("pcapng, big-endian, gzip", source.format());
    }
  }

  @Test
  void readsStandardInputAndLeavesItOpen() throws IOException {
    Dribble standardInput = new Dribble(PcapBytes.littleEndian().packet(0, PACKET).toBytes());

    Reading reading = Reading.of(standardInput);

    assertNull(reading.fault());
    assertEquals(1, reading.packets().size());
    assertFalse(standardInput.isClosed());
  }

  @Test
  void returnsPacketsBeforeAStreamThatBreaks() {
    byte[] file = PcapBytes.littleEndian().packet(0, PACKET).toBytes();

    Reading reading = Reading.of(Dribble.breakingAfter(file));

    assertEquals(1, reading.packets().size());
    assertEquals(
        "-: reading broke off: Input/output error (at byte 43, after frame 1)", reading.fault());
  }

  @Test
  void saysWhyAPackedStreamBroke() {
    byte[] file = GzipBytes.member(PcapBytes.littleEndian().packet(0, PACKET).toBytes());

    Reading reading = Reading.of(Dribble.breakingAfter(file));

    assertEquals(1, reading.packets().size());
    assertEquals(
        "-: reading broke off: Input/output error (at byte 43, after frame 1)", reading.fault());
  }

  @Test
  void namesAMissingFile() {
    String name = folder.resolve("none.pcap").toString();

    assertEquals(name + ": no such file", faultOf(name));
  }

  @Test
  void namesADirectory() {
    assertEquals(
        folder + ": is a directory; name a capture file in it", faultOf(folder.toString()));
  }

  /** Root may read every ordinary file, but not a kernel setting that can only be written. */
  @Test
  void namesAFileThatMayNotBeRead() {
    String name = "/proc/sys/vm/compact_memory";

    assertEquals(name + ": permission denied; reading it needs other rights", faultOf(name));
  }

  @Test
  void namesAPathThatIsNone() {
    assertTrue(faultOf("a\0b").contains("not a file name"));
  }

  @Test
  void namesAnEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.pcap"));

    assertEquals(
        file + ": is empty, not even a capture's file header is there", faultOf(file.toString()));
  }

  @Test
  void namesTheFirstBytesOfWhatIsNoCapture() {
    byte[] request = "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII);

    assertEquals(
        "-: not a capture (starts with 47 45 54 20); pcap and pcapng can be read",
        Reading.of(request).fault());
    assertEquals("-: not a capture (only 3 bytes)", Reading.of(request, 3).fault());
  }

  @Test
  void saysHowToReadWhatItCannot() {
    assertTrue(faultOfStart(0xFD, '7', 'z', 'X', 'Z').contains("xz -d"));
    assertTrue(faultOfStart('B', 'Z', 'h', '9').contains("bzip2 -d"));
    assertTrue(faultOfStart('s', 'n', 'o', 'o', 'p').contains("snoop"));
  }
}
