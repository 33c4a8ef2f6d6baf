package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which options the launcher gives Java. It runs as it is, in a folder of its own, where {@code
 * java} says with what it was called.
 */
class LauncherTest {
  private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";
  private static final long LARGE = 1_200_000_000;

  @TempDir Path folder;

  private LauncherFolder launcher;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "SKIPPED, there is no bash here");
    launcher = new LauncherFolder(folder);
    launcher.javaSaysItsOptions();
  }

  private String optionsFor(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(folder.resolve("conntrace").toString()));
    command.addAll(List.of(words));
    Process process =
        launcher
            .process(command.toArray(new String[0]))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), said);
    return said;
  }

  @Test
  void aSmallCaptureNeedsNoSecondCompiler() throws Exception {
    Path small = Files.write(folder.resolve("small.pcap"), new byte[1000]);
    assertTrue(optionsFor("summary", small.toString()).contains(FIRST_COMPILER_ALONE));
  }

  @Test
  void aPipeMayGoOnForLong() throws Exception {
    assertFalse(optionsFor("summary", "-").contains(FIRST_COMPILER_ALONE));
  }

  /** What is read from a pipe may be large; live there is time, and streams hold little. */
  @ParameterizedTest
  @CsvSource({"summary, Parallel", "timeline, Parallel", "live, Serial", "stream, Serial"})
  void onlyWhatMayTakeLongIsCollectedByTwoThreads(String command, String collector)
      throws Exception {
    String options = optionsFor(command, "-");
    assertTrue(options.contains("-XX:+Use" + collector + "GC"), options);
  }

  /** Both begin with records of other lengths: handshakes, or a large transfer. */
  @ParameterizedTest
  @CsvSource({
    "pcap, 1514, 66, true",
    "pcap, 66, 1514, false",
    "pcapng, 1514, 66, true",
    "pcapng, 66, 1514, false"
  })
  void recordsInTheMiddleOfALargeCaptureTellHowManyThereAre(
      String format, int packetBytes, int firstBytes, boolean few) throws Exception {
    Path large = folder.resolve("large." + format);
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      // A hole but for what is looked at.
      file.setLength(LARGE);
      file.write(format.equals("pcap") ? pcapHeader() : sectionHeader());
      file.write(records(format, firstBytes));
      file.seek(LARGE / 2 - 1000);
      file.write(records(format, packetBytes));
    }
    String options = optionsFor("summary", large.toString());
    assertEquals(few, options.contains(FIRST_COMPILER_ALONE), options);
  }

  private static byte[] pcapHeader() {
    return little(24).putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).array();
  }

  private static byte[] sectionHeader() {
    return little(28).putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D).putInt(1).array();
  }

  /** Some ten kilobytes of records with packets of one length. */
  private static byte[] records(String format, int packetBytes) {
    byte[] bytes = new byte[20_000];
    ByteBuffer records = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (records.remaining() > packetBytes + 40) {
      if (format.equals("pcap")) {
        records.putInt(1_700_000_000).putInt(123_456).putInt(packetBytes).putInt(packetBytes);
        putPacket(records, packetBytes);
      } else {
        int padded = packetBytes + 3 & ~3;
        records.putInt(6).putInt(32 + padded).putInt(0).putLong(1_700_000_000_000_000L);
        records.putInt(packetBytes).putInt(packetBytes);
        putPacket(records, padded);
        records.putInt(32 + padded);
      }
    }
    return bytes;
  }

  private static void putPacket(ByteBuffer records, int bytes) {
    for (int i = 0; i < bytes; i++) {
      records.put((byte) (i * 37 + 11));
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
