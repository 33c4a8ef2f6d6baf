package dev.conntrace.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample is equal to itself, on whatever day it was taken, and to no other. */
class DiffSamplesTest {
  private static final Path FOLDER = Path.of("sample-captures");
  private static final DiffOptions ALL = DiffOptions.DEFAULT.also(EnumSet.allOf(DiffAspect.class));

  /** Samples of the same traffic, and of traffic that differs only in what does not count. */
  private static final List<Set<String>> ALIKE =
      List.of(
          Set.of("three-segment-close.pcap", "four-segment-close.pcap"),
          Set.of("gre.pcap", "qinq.pcap", "vlan.pcap"),
          Set.of(
              "tutorial-answered.pcap",
              "comments-and-names.pcapng",
              "compressed.pcap.gz",
              "kuznetzov.pcap",
              "lz4.pcap.lz4",
              "nanoseconds.pcap",
              "old-packets.pcapng",
              "simple-packets.pcapng",
              "unknown-link-type.pcapng",
              "zstd.pcap.zst"));

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".*\\.(pcap|pcapng)(\\.\\w+)?"))
          .filter(file -> !file.getParent().endsWith("damaged-files"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isEqualToItself(Path sample) throws IOException {
    EditedCapture capture = EditedCapture.of(sample);
    assertEquals(List.of(), between(capture, capture, ALL));
  }

  /** All but those whose ICMP errors quote the numbers, or whose headers are not whole. */
  static List<Path> samplesToRenumber() throws IOException {
    List<Path> all = samples();
    List<Path> whole = new ArrayList<>();
    for (Path sample : all) {
      EditedCapture capture = EditedCapture.of(sample);
      CaptureReport report = capture.traced().capture();
      if (!report.annotations().containsKey(AnnotationKind.ICMP_UNREACHABLE)
          && !report.annotations().containsKey(AnnotationKind.FRAGMENTATION_NEEDED)
          && capture.editable() == report.tcpSegments()) {
        whole.add(sample);
      }
    }
    assertTrue(whole.size() >= all.size() - 6, "of " + all.size() + " only " + whole);
    return whole;
  }

  @ParameterizedTest
  @MethodSource("samplesToRenumber")
  void isEqualToItselfOnAnotherDay(Path sample) throws IOException {
    EditedCapture capture = EditedCapture.of(sample);
    Trace traced = capture.traced();
    EditedCapture other = capture.anotherDay();
    assertFalse(sameBytes(capture, other), "nothing was changed");
    DiffResult result = CaptureDiff.between(traced, other.traced(), ALL);
    assertEquals(List.of(), texts(result));
    assertEquals(traced.connections().size(), result.matched());
  }

  private static boolean sameBytes(EditedCapture one, EditedCapture other) {
    for (int i = 0; i < one.packets().size(); i++) {
      if (!Arrays.equals(one.packets().get(i).bytes(), other.packets().get(i).bytes())) {
        return false;
      }
    }
    return true;
  }

  @Test
  void differsFromEveryOther() throws IOException {
    Map<String, Trace> traced = new TreeMap<>();
    for (Path sample : samples()) {
      traced.put(sample.getFileName().toString(), EditedCapture.of(sample).traced());
    }
    traced.forEach(
        (name, capture) ->
            traced.forEach(
                (otherName, other) ->
                    assertEquals(
                        areAlike(name, otherName),
                        CaptureDiff.between(capture, other, DiffOptions.DEFAULT).isEqual(),
                        name + " and " + otherName)));
  }

  private static boolean areAlike(String name, String other) {
    return name.equals(other)
        || ALIKE.stream().anyMatch(alike -> alike.contains(name) && alike.contains(other));
  }

  static List<String> between(EditedCapture one, EditedCapture other, DiffOptions options)
      throws IOException {
    return texts(CaptureDiff.between(one.traced(), other.traced(), options));
  }

  private static List<String> texts(DiffResult result) {
    return result.differences().stream().map(Difference::text).toList();
  }
}
