package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.capture.PacketWriter;
import dev.conntrace.capture.PcapWriter;
import dev.conntrace.capture.PcapngWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files as one capture, with the real engine. */
class MergeTest {
  private static final Path WHOLE = Path.of("sample-captures/ten-clients/ten-clients.pcap");
  private static final Path ROTATED = Path.of("sample-captures/rotated-set");

  @TempDir Path folder;

  private static Invocation run(Object... words) {
    return Invocation.of(words).tracedBy(Engine.TRACER).run();
  }

  /** Deals the packets of the sample out to files by turns, as several interfaces would. */
  private List<Path> dealt(int files) throws IOException {
    List<Path> paths = new ArrayList<>();
    List<PacketWriter> writers = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      boolean pcapng = i % 2 == 1;
      Path path = folder.resolve(pcapng ? i + ".pcapng" : i + ".pcap");
      paths.add(path);
      writers.add(
          pcapng
              ? new PcapngWriter(Files.newOutputStream(path), true)
              : new PcapWriter(Files.newOutputStream(path), false, 1));
    }
    try (PacketSource source = CaptureFile.open(WHOLE)) {
      Packet packet = new Packet();
      while (source.next(packet)) {
        writers.get((int) (packet.frame() % files)).write(packet);
      }
    }
    for (PacketWriter writer : writers) {
      writer.close();
    }
    return paths;
  }

  private static Object[] words(List<Path> files, Object... first) {
    List<Object> words = new ArrayList<>(List.of(first));
    words.addAll(files);
    return words.toArray();
  }

  @Test
  void partsOfACaptureGiveWhatTheWholeGives() throws IOException {
    for (int files : List.of(2, 3, 40)) {
      List<Path> parts = dealt(files);
      for (String command : List.of("timeline", "connections", "packets", "summary")) {
        Invocation merged = run(words(parts, command, "--format", "ndjson", "--merge"));
        assertEquals(0, merged.status(), merged.err());
        String expected = run(command, "--format", "ndjson", WHOLE).out();
        assertEquals(
            expected.replaceAll("\"file\":\"[^\"]*\",", ""),
            merged.out().replaceAll("\"(source_)?file\":\"[^\"]*\",|\"source_frame\":[0-9]*,", ""));
      }
    }
  }

  @Test
  void recordsSayWhereEachPacketIs() throws IOException {
    List<Path> parts = dealt(2);
    List<String> lines =
        run(words(parts, "packets", "--format", "ndjson", "--merge")).out().lines().toList();
    String name = parts.get(0) + "+" + parts.get(1);
    assertTrue(
        lines
            .get(0)
            .contains(
                "\"file\":\""
                    + name
                    + "\",\"frame\":1,\"source_file\":\""
                    + parts.get(1)
                    + "\",\"source_frame\":1,"),
        lines.get(0));
    assertTrue(
        lines
            .get(2)
            .contains("\"frame\":3,\"source_file\":\"" + parts.get(1) + "\",\"source_frame\":2,"),
        lines.get(2));
  }

  @Test
  void withoutMergingNothingIsSaidOfSources() {
    assertFalse(run("packets", "--format", "ndjson", WHOLE).out().contains("source_"));
  }

  @Test
  void manyNamesAreShortened() throws IOException {
    List<Path> parts = dealt(5);
    String out = run(words(parts, "summary", "--merge", "--format", "ndjson")).out();
    assertTrue(out.contains("\"file\":\"" + parts.get(0) + "+...+" + parts.get(4) + "\""), out);
  }

  @Test
  void damageInOneFileIsNamedAndTheRestIsMerged() throws IOException {
    List<Path> parts = dealt(2);
    byte[] first = Files.readAllBytes(parts.get(0));
    Files.write(parts.get(0), Arrays.copyOf(first, first.length - 1));
    Path missing = folder.resolve("missing.pcap");
    Invocation call =
        run("summary", "-q", "--format", "ndjson", "--merge", parts.get(0), missing, parts.get(1));
    assertEquals(3, call.status());
    assertTrue(call.out().contains("\"frames\":99,"), call.out());
    assertEquals(
        List.of(
            "conntrace: " + missing + ": no such file",
            "conntrace: " + parts.get(0) + ": a packet record is cut off"),
        call.err().lines().map(line -> line.replaceAll("cut off:.*", "cut off")).toList());
  }

  @Test
  void standardInputIsOneOfTheFiles() throws IOException {
    List<Path> parts = dealt(2);
    for (String command : List.of("timeline", "packets")) {
      Invocation call =
          Invocation.of(command, "--format", "ndjson", "--merge", "-", parts.get(1))
              .reading(Files.readAllBytes(parts.get(0)))
              .tracedBy(Engine.TRACER)
              .run();
      assertEquals(0, call.status(), call.err());
      assertEquals(
          run(words(parts, command, "--format", "ndjson", "--merge"))
              .out()
              .replace(parts.get(0).toString(), "-"),
          call.out());
    }
    assertEquals(2, run("packets", "--merge", "-", "-").status());
  }

  @Test
  void aFrameOfTheMergedCaptureIsExplainedWithItsPlace() {
    Object[] files = {
      ROTATED.resolve("trace-0.pcap"),
      ROTATED.resolve("trace-1.pcap"),
      ROTATED.resolve("trace-2.pcap")
    };
    Invocation call = run("explain", "--merge", files[0], files[1], files[2], "54");
    assertEquals(0, call.status(), call.err());
    assertTrue(call.out().contains("frame 1 of " + files[2]), call.out());
    assertTrue(call.out().contains("first sent in frame 39"), call.out());
  }
}
