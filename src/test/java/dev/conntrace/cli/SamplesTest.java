package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands with the real engine, on the sample captures. */
class SamplesTest {
  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("sample-captures"))) {
      List<Path> samples = files.filter(file -> isCapture(file.toString())).sorted().toList();
      assertFalse(samples.isEmpty());
      return samples;
    }
  }

  private static boolean isCapture(String file) {
    return Stream.of(".pcap", ".pcapng", ".gz", ".zst", ".lz4").anyMatch(file::endsWith);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyCommandAnswers(Path sample) {
    for (String command : List.of("timeline", "connections", "packets", "summary")) {
      for (String format : List.of("text", "ndjson")) {
        Invocation call = real(command, "--format", format, sample);
        boolean damaged = sample.getParent().endsWith("damaged-files");
        assertEquals(damaged ? 3 : 0, call.status(), call.err());
        assertEquals(damaged ? 1 : 0, call.err().lines().count(), call.err());
        assertFalse(call.out().isEmpty());
        assertFalse(call.out().contains("\u001b"), "coloured without being asked");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theTimelineHoldsWhatTheOtherCommandsPrint(Path sample) {
    List<String> timeline = lines(real("timeline", "--format", "ndjson", sample));
    assertEquals(
        lines(real("connections", "--format", "ndjson", "--sort", "connection", sample)),
        timeline.stream().filter(line -> line.startsWith("{\"type\":\"connection\"")).toList());
    assertEquals(
        lines(real("packets", "--format", "ndjson", sample)).stream().sorted().toList(),
        timeline.stream()
            .filter(line -> line.startsWith("{\"type\":\"packet\""))
            .sorted()
            .toList());
    assertEquals(
        lines(real("summary", "--format", "ndjson", sample)),
        timeline.subList(timeline.size() - 1, timeline.size()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void standardInputGivesTheSame(Path sample) throws IOException {
    String file = real("timeline", "--format", "ndjson", sample).out();
    Invocation piped =
        Invocation.of("timeline", "--format", "ndjson", "-")
            .reading(Files.readAllBytes(sample))
            .tracedBy(Engine.TRACER)
            .run();
    assertEquals(
        file.replace("\"file\":\"" + sample + "\"", "\"file\":\"-\""), piped.out(), piped.err());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSelectedConnectionIsTheOnlyOne(Path sample) {
    for (String line : lines(real("packets", "--connection", "1", "--format", "ndjson", sample))) {
      assertTrue(line.contains("\"connection\":1,"), line);
    }
    for (String line : lines(real("packets", "--with", "syn", "--format", "ndjson", sample))) {
      assertTrue(line.contains("\"syn\""), line);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSummaryOfEveryConnectionIsTheWholeOne(Path sample) {
    String whole = real("summary", "--format", "ndjson", sample).out();
    // Who called a server cannot be said of a selection.
    String unlisted =
        whole.substring(0, whole.indexOf(",\"listeners\":[")) + ",\"listeners\":[]}\n";
    assertEquals(
        unlisted, real("summary", "--format", "ndjson", "--connection", "1-999", sample).out());
    String none = real("summary", "-q", "--format", "ndjson", "--connection", "999", sample).out();
    assertTrue(none.contains("\"tcp_segments\":0,\"skipped\":{"), none);
    assertTrue(none.contains("\"not-selected\":"), none);
    assertTrue(none.contains("\"connections\":0,"), none);
  }

  private static List<String> lines(Invocation call) {
    return call.out().lines().toList();
  }

  private static Invocation real(Object... words) {
    return Invocation.of(words).tracedBy(Engine.TRACER).run();
  }
}
