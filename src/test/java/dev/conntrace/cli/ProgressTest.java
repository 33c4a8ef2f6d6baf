package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How far a long reading has come, on standard error where that is a terminal. */
@Timeout(120)
class ProgressTest {
  private static final int BURST = 5000;
  private static final int RECORD_BYTES = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** The launcher as it is tells real processes on a real terminal what is one. */
  @Test
  void isShownOnATerminalAloneAndTakenAway() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "SKIPPED, there is no script here");
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "SKIPPED, there is no bash here");
    LauncherFolder launcher = new LauncherFolder(folder);
    launcher.javaRuns(Main.class);
    try (Reading quiet = new Reading(launcher, "quiet", "-q > quiet.out");
        Reading aside = new Reading(launcher, "aside", "2> aside.err");
        Reading shown = new Reading(launcher, "shown", "> shown.out")) {
      long bursts = 0;
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      // The others, which began before, get time enough to show something too.
      for (int more = 10; more > 0; bursts++) {
        assertTrue(System.nanoTime() < deadline, shown.terminalSaid());
        for (Reading reading : List.of(shown, quiet, aside)) {
          reading.feed();
        }
        Thread.sleep(100);
        more -= shown.terminalSaid().contains("pkt/s") ? 1 : 0;
      }
      for (Reading reading : List.of(shown, quiet, aside)) {
        reading.end();
      }

      String row =
          "standard input  \\? % \\[[ =]+\\] \\d+/\\? MB \\(0:00:\\d\\d / \\?\\) \\d+k? pkt/s";
      assertTrue(Pattern.compile(row).matcher(shown.terminalSaid()).find(), shown.terminalSaid());
      long packets = bursts * BURST;
      String said = "conntrace: -: no TCP in " + packets + " packets: " + packets + " malformed";
      assertEquals(said, screen(shown.terminalSaid()));
      assertEquals("", screen(quiet.terminalSaid()));
      assertEquals(said + "\n", Files.readString(folder.resolve("aside.err")));
      assertTrue(!aside.terminalSaid().contains("pkt/s"), aside.terminalSaid());
    }
  }

  @Test
  void tellsBytesPacketsASecondAndTheTimeLeftWhereTheLengthIsKnown() throws Exception {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    String name = "/captures/of/a/long/night.pcap";
    // A quarter is done, so three times as long as it took is left.
    Pattern row =
        Pattern.compile(
            "\\.\\.\\./of/a/long/night\\.pcap  25% \\[[= ]+\\] 200/800 MB"
                + " \\(0:00:0[12] / 0:00:0[3-8]\\) 1500k pkt/s");
    try (ProgressDisplay display = new ProgressDisplay(name, 800_000_000, terminal)) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      // Only what has moved is drawn again.
      for (long more = 0; !row.matcher(text(terminal)).find(); more++) {
        assertTrue(System.nanoTime() < deadline, text(terminal));
        display.moveTo(200_000_000 + more, 3_000_000, 2_000_000_000);
        Thread.sleep(20);
      }
    }
    assertEquals("", screen(text(terminal)));
  }

  @Test
  void nothingIsShownOfAShortReading() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    try (Progress progress = new Progress("short.pcap", 1000, terminal)) {
      progress.reached(1000, 10);
    }
    assertEquals("", text(terminal));
  }

  private static String text(ByteArrayOutputStream terminal) {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  /** What is left on a terminal that was sent this, row by row, without blanks at the end. */
  private static String screen(String sent) {
    StringBuilder rows = new StringBuilder();
    for (String line : sent.split("\r?\n", -1)) {
      StringBuilder row = new StringBuilder();
      for (String part : line.split("\r", -1)) {
        // Each begins at the left edge, and covers what stood there.
        row.replace(0, Math.min(row.length(), part.length()), part);
      }
      rows.append(row.toString().stripTrailing()).append('\n');
    }
    return rows.toString().strip();
  }

  /** A process on a terminal of its own, which reads what it is fed from a pipe. */
  private final class Reading implements AutoCloseable {
    private final Process process;
    private final Path terminal;
    private final OutputStream packets;

    Reading(LauncherFolder launcher, String name, String words)
        throws IOException, InterruptedException {
      Path pipe = folder.resolve(name);
      assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
      terminal = folder.resolve(name + ".terminal");
      String command = "./conntrace summary --no-pager - < " + name + " " + words;
      ProcessBuilder script =
          launcher.process("/usr/bin/script", "-q", "-f", "-e", "-c", command, "/dev/null");
      script.environment().putAll(Map.of("TERM", "xterm", "SHELL", "/bin/sh"));
      process =
          script
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(terminal.toFile())
              .start();
      packets = Files.newOutputStream(pipe);
      ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4);
      header.putInt(16, 65536).putInt(20, 1);
      packets.write(header.array());
    }

    /** Records of zeros hold packets of no bytes. */
    void feed() throws IOException {
      packets.write(new byte[BURST * RECORD_BYTES]);
    }

    String terminalSaid() throws IOException {
      return Files.readString(terminal);
    }

    void end() throws Exception {
      packets.close();
      assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), terminalSaid());
      assertEquals(0, process.exitValue(), terminalSaid());
    }

    @Override
    public void close() throws IOException {
      process.destroy();
      packets.close();
    }
  }
}
