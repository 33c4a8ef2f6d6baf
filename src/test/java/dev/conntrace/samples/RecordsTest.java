package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.cli.CommandCall;
import dev.conntrace.trace.AnnotationKind;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the records of the samples say, held against the contract and against each other. */
class RecordsTest {
  private static final int MOST_PRINTED_UNASKED = 10;

  static List<Sample> samples() {
    return Sample.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void agreeWithTheContractAndEachOther(Sample sample) {
    List<String> faults = Records.of(sample.toString()).faults();

    assertTrue(
        faults.isEmpty(),
        () -> sample + ":\n" + String.join("\n", faults.subList(0, Math.min(faults.size(), 10))));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void ofATimelineAreThoseOfTheOtherCommands(Sample sample) {
    List<String> connections = lines("connections", sample);
    if (connections.size() > MOST_PRINTED_UNASKED) {
      return;
    }
    List<String> separate =
        Stream.of(connections, lines("packets", sample), lines("summary", sample))
            .flatMap(List::stream)
            .sorted()
            .toList();

    List<String> together = lines("timeline", sample);

    assertEquals(separate, together.stream().sorted().toList());
    assertEquals("summary", Json.object(together.get(together.size() - 1)).get("type"));
  }

  private static List<String> lines(String command, Sample sample) {
    return CommandCall.of(command, "--format", "ndjson", sample.toString()).lines();
  }

  @Test
  void annotationIdsAreThoseOfTheContract() {
    TreeSet<String> ids =
        Stream.of(AnnotationKind.values())
            .map(AnnotationKind::id)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(new TreeSet<>(Contract.ANNOTATIONS), ids);
  }
}
