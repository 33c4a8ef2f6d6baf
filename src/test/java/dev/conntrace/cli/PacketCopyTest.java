package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code -w} writes, with the real engine. */
class PacketCopyTest {
  private static final Path SAMPLES = Path.of("sample-captures");
  private static final Path TEN = SAMPLES.resolve("ten-clients/ten-clients.pcap");
  private static final Path ICMP = SAMPLES.resolve("filtered/filtered.pcap");

  @TempDir Path folder;

  private static Invocation run(Object... words) {
    return Invocation.of(words).tracedBy(Engine.TRACER).run();
  }

  private Path out(String name) {
    return folder.resolve(name);
  }

  private static List<String> records(Object... words) {
    return run(words).out().lines().map(PacketCopyTest::withoutPlace).toList();
  }

  private static String withoutPlace(String line) {
    return line.replaceAll(
        "\"file\":\"[^\"]*\",|\"frame\":\\d+,|\"connection\":\\d+,|\"evidence\":\\[[^]]*\\],"
            + "|\"text\":\"[^\"]*\",|\"(first|last|partly)_frame\":\\d+,",
        "");
  }

  @Test
  void everythingSelectedIsTheCaptureItself() throws IOException {
    Path out = out("all.pcap");
    Invocation call = run("packets", "-w", out, TEN);
    assertEquals(0, call.status(), call.err());
    assertEquals("conntrace: " + out + ": 100 of 100 packets written\n", call.err());
    assertEquals(run("packets", TEN).out(), call.out());
    assertArrayEquals(Files.readAllBytes(TEN), Files.readAllBytes(out));
  }

  @Test
  void aSelectedConnectionIsWrittenWhole() {
    for (String command : List.of("timeline", "connections", "summary")) {
      for (String name : List.of("four.pcap", "four.pcapng")) {
        Path out = out(command + name);
        assertEquals(0, run(command, "-q", "--connection", "4", "-w", out, TEN).status());
        assertEquals(
            records("packets", "--format", "ndjson", "--connection", "4", TEN),
            records("packets", "--format", "ndjson", out));
      }
    }
  }

  @Test
  void ofPacketsOnlyTheSelectedSegmentsAreWritten() {
    Path out = out("syns.pcap");
    assertEquals(0, run("packets", "-q", "--with", "syn", "-w", out, TEN).status());
    String summary = run("summary", "--format", "ndjson", out).out();
    assertTrue(summary.contains("\"frames\":10,\"tcp_segments\":10,"), summary);
  }

  @Test
  void aSegmentIsWrittenWithAllItsFragments() {
    Path sample = SAMPLES.resolve("fragments/fragments.pcap");
    Path out = out("fragments.pcap");
    assertEquals(
        0, run("packets", "-q", "--where", "exists(fragments)", "-w", out, sample).status());
    List<String> written = records("packets", "--format", "ndjson", out);
    assertFalse(written.isEmpty());
    String selected =
        run("packets", "--format", "ndjson", "--where", "exists(fragments)", sample).out();
    assertEquals(selected.lines().count(), written.size());
    assertTrue(
        written.stream().allMatch(line -> line.contains("\"fragments\":[")), written::toString);
  }

  @Test
  void nanosecondsSurvive() {
    Path sample = SAMPLES.resolve("file-formats/nanoseconds.pcap");
    for (String name : List.of("nano.pcap", "nano.pcapng")) {
      assertEquals(0, run("connections", "-q", "-w", out(name), sample).status());
      assertEquals(
          records("packets", "--format", "ndjson", sample),
          records("packets", "--format", "ndjson", out(name)));
    }
  }

  @Test
  void anIcmpErrorBelongsToTheConnectionThatItIsAbout() {
    Path out = out("icmp.pcap");
    assertEquals(0, run("connections", "-q", "-w", out, ICMP).status());
    assertEquals(
        records("connections", "--format", "ndjson", ICMP),
        records("connections", "--format", "ndjson", out));
    String summary = run("summary", "--format", "ndjson", out).out();
    assertTrue(summary.contains("\"icmp\":"), summary);
  }

  @Test
  void nothingSelectedIsAnEmptyCapture() throws IOException {
    Path out = out("none.pcap");
    Invocation call = run("connections", "--connection", "99", "-w", out, TEN);
    assertEquals(0, call.status());
    assertEquals(
        List.of(
            "conntrace: " + TEN + ": nothing is selected; it holds 10 connections",
            "conntrace: " + out + ": 0 of 100 packets written"),
        call.err().lines().toList());
    assertEquals(24, Files.size(out));
  }

  @Test
  void onStandardOutputNothingElseIsPrinted() throws IOException {
    ByteArrayOutputStream piped = new ByteArrayOutputStream();
    Invocation call =
        Invocation.of("packets", "-w", "-", "-")
            .reading(Files.readAllBytes(TEN))
            .writingTo(piped)
            .tracedBy(Engine.TRACER)
            .run();
    assertEquals(0, call.status(), call.err());
    assertEquals("", call.err());
    assertArrayEquals(Files.readAllBytes(TEN), piped.toByteArray());
    Invocation terminal = Invocation.of("packets", "-w", "-", TEN).onTerminals("1").run();
    assertEquals(2, terminal.status());
    assertTrue(terminal.err().contains("no text for a terminal"), terminal.err());
  }

  @Test
  void inputsAreNotOverwritten() throws IOException {
    Path in = Files.copy(TEN, out("in.pcap"));
    Path other = folder.resolve("./in.pcap");
    for (Object[] words :
        List.of(
            new Object[] {"packets", "-w", other, in},
            new Object[] {"packets", "--merge", "-w", in, TEN, other})) {
      Invocation call = run(words);
      assertEquals(2, call.status());
      assertTrue(call.err().contains("would overwrite"), call.err());
      assertEquals("", call.out());
    }
    assertArrayEquals(Files.readAllBytes(TEN), Files.readAllBytes(in));
  }

  @Test
  void whatCannotBeWrittenIsSaidInOneLine() {
    Path nowhere = folder.resolve("no/such/folder.pcap");
    Invocation call = run("packets", "-w", nowhere, TEN);
    assertEquals(2, call.status());
    assertEquals("conntrace: cannot write " + nowhere + ": no such folder\n", call.err());
    assertEquals(2, run("packets", "-w", folder, TEN).status());
    Invocation several = run("packets", "-w", out("x.pcap"), TEN, ICMP);
    assertEquals(2, several.status());
    assertTrue(several.err().contains("--merge"), several.err());
    assertFalse(Files.exists(out("x.pcap")));
  }

  @Test
  void linkTypesThatDifferNeedPcapng() throws IOException {
    Path loss = SAMPLES.resolve("loss/loss-at-sender.pcap");
    Files.writeString(out("mixed.pcap"), "what was here before");
    Invocation call = run("packets", "--merge", "-w", out("mixed.pcap"), TEN, loss);
    assertEquals(2, call.status());
    assertTrue(call.err().contains(".pcapng"), call.err());
    assertEquals("what was here before", Files.readString(out("mixed.pcap")));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(1, left.count(), "files left behind");
    }
    Path good = out("mixed.pcapng");
    assertEquals(0, run("packets", "-q", "--merge", "-w", good, TEN, loss).status());
    assertEquals(
        records("connections", "--format", "ndjson", "--merge", TEN, loss),
        records("connections", "--format", "ndjson", good));
  }

  @Test
  void ofADamagedCaptureEverythingBeforeTheDamageIsWritten() throws IOException {
    byte[] whole = Files.readAllBytes(TEN);
    Path damaged = out("damaged.pcap");
    Files.write(damaged, Arrays.copyOf(whole, whole.length - 1));
    Invocation call = run("packets", "-w", out("rest.pcap"), damaged);
    assertEquals(3, call.status());
    assertTrue(call.err().contains("99 of 99 packets written"), call.err());
    assertEquals(3, run("packets", "-w", out("never.pcap"), out("missing.pcap")).status());
    assertFalse(Files.exists(out("never.pcap")));
  }

  @Test
  void framesAreKeptInFewBytes() {
    FrameList list = new FrameList();
    FrameSet set = new FrameSet();
    long[] frames = {1, 2, 3, 200, 199, 70_000, 5_000_000_000L, 7};
    for (long frame : frames) {
      list.add(frame);
    }
    list.addTo(set);
    for (long frame : frames) {
      assertTrue(set.contains(frame), "frame " + frame);
    }
    assertEquals(frames.length, set.size());
    assertFalse(set.contains(4));
    assertFalse(set.contains(201));
    assertFalse(set.contains(1L << 40));
    assertFalse(set.contains(0));
  }
}
