package dev.conntrace.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a file of rules: mistakes are told with the file that has them, or the rules can be
 * checked, one outcome each, and a second time they say the same.
 */
class RulesFuzzTest {
  private static final Trace QUESTION = Recorded.of(Recorded.QUESTION);
  private static final int MAX_BYTES = 2000;

  static Stream<byte[]> rules() {
    return Stream.of(
            """
            - connection: {port: 80, pick: all}
              expect: {opened: three-way, retransmission: {at_most: 0}}
            """,
            """
            - name: question
              connection: {server: "10.0.0.2:80", with: [fin, reset]}
              expect:
                opened: [three-way, fast-open]
                syn: {before: data, within: 100 ms}
                closed: {not: reset}
            """,
            """
            - connection: {port: 80}
              expect: {from_client.payload: {starts_with: "GET", contains: 0x2f 20}}
            """,
            """
            - segment: {side: client, where: len > 0}
              expect: {len: 10, flags: {contains: P}}
            """,
            """
            - capture:
              expect: {connections: 1, drops: none, rtt_p95: 10 ms +- 20 %}
            """)
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("rules")
  @FuzzTest
  void areCheckedOrTheirMistakesTold(byte[] input) throws IOException {
    if (input.length > MAX_BYTES || new String(input, StandardCharsets.UTF_8).contains("file")) {
      // A rule may name any file to compare with; whose it is no fuzzer should decide.
      return;
    }
    Path file = Files.createTempFile("rules", ".yaml");
    try {
      check(Files.write(file, input));
    } finally {
      Files.delete(file);
    }
  }

  private static void check(Path file) throws IOException {
    List<Expectation> expectations;
    try {
      expectations = RulesFile.read(file);
    } catch (ExpectationException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      return;
    }
    assertFalse(expectations.isEmpty());
    List<Outcome> outcomes = Expectations.check(expectations, QUESTION);
    assertEquals(expectations.size(), outcomes.size());
    List<Outcome> again = Expectations.check(RulesFile.read(file), QUESTION);
    assertEquals(told(outcomes), told(again), "a second time");
    for (Outcome outcome : outcomes) {
      assertEquals(
          outcome.verdict() == Verdict.FAILED, !outcome.violations().isEmpty(), outcome.toString());
    }
  }

  private static List<List<Object>> told(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(
            outcome ->
                List.<Object>of(
                    outcome.expectation().words(), outcome.verdict(), outcome.violations()))
        .toList();
  }
}
