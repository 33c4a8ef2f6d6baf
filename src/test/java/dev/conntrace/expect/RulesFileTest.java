package dev.conntrace.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFileTest {
  private static final Trace QUESTION = Recorded.of(Recorded.QUESTION);

  @TempDir Path folder;

  private List<Expectation> read(String rules) throws IOException {
    return RulesFile.read(Files.writeString(folder.resolve("rules.yaml"), rules));
  }

  private static List<String> words(List<Expectation> expectations) {
    return expectations.stream().map(Expectation::words).toList();
  }

  @Test
  void readsTheWordsOfTheCommandLine() throws IOException {
    List<Expectation> expectations =
        read(
            """
            - connection: {port: 80, pick: all}
              expect: {opened: three-way, retransmission: {at_most: 0}, rtt_p95: {at_most: 50 ms}}
            - name: the question
              connection: {server: "10.0.0.2:80", with: [fin, reset]}
              expect:
                opened: [three-way, fast-open]
                syn: {before: data, within: 100 ms}
                fin: {at_least: 1, at_most: 2}
                closed: {not: reset}
                from_client.payload: {starts_with: "GET", contains: 0x2f 20}
                rtt_p95: 10 ms +- 20 %
            - segment: {side: client, where: len > 0}
              expect: {len: 10, flags: {contains: P}}
            - capture:
              expect: {connections: 1, drops: none}
            - connection: {port: 81, exactly: 0}
            """);

    assertEquals(
        List.of(
            "connection port 80: opened three-way",
            "connection port 80: retransmission at most 0",
            "connection port 80: rtt.p95 at most 50 ms",
            "connection server 10.0.0.2:80 with fin,reset: opened one of three-way, fast-open",
            "connection server 10.0.0.2:80 with fin,reset: syn before data within 100 ms",
            "connection server 10.0.0.2:80 with fin,reset: fin at least 1 at most 2",
            "connection server 10.0.0.2:80 with fin,reset: closed not reset",
            "connection server 10.0.0.2:80 with fin,reset: from_client.payload starts with"
                + " \"GET\" contains \"0x2f 20\"",
            "connection server 10.0.0.2:80 with fin,reset: rtt.p95 10 ms +- 20 %",
            "segment where \"len > 0\" side client: len 10",
            "segment where \"len > 0\" side client: flags contains P",
            "capture: connections 1",
            "capture: drops none",
            "connection port 81: count 0"),
        words(expectations).stream()
            .map(
                words ->
                    words.replace("side client where \"len > 0\"", "where \"len > 0\" side client"))
            .toList());
    for (Outcome outcome : Expectations.check(expectations, QUESTION)) {
      assertEquals(Verdict.PASSED, outcome.verdict(), outcome.toString());
    }
    assertEquals("the question", expectations.get(3).origin().name());
    assertEquals(6, expectations.get(3).origin().line());
  }

  @Test
  void nothingNeedFitWhereNoneIsAllowed() throws IOException {
    List<Expectation> expectations =
        read("- connection: {port: 81, at_most: 1}\n  expect: {opened: three-way}");

    assertEquals(
        List.of(Verdict.PASSED, Verdict.PASSED),
        Expectations.check(expectations, QUESTION).stream().map(Outcome::verdict).toList());
  }

  @Test
  void noneIsARelationAndInQuotesIsText() throws IOException {
    List<Expectation> expectations =
        read("- connection:\n  expect: {from_client.payload: none, from_server.payload: 'none'}");

    assertEquals(
        List.of(
            "connection: from_client.payload none",
            "connection: from_server.payload exactly \"none\""),
        words(expectations));
  }

  @Test
  void filesBeginAtTheFolderOfTheRules() throws IOException {
    Files.writeString(folder.resolve("answer"), "okay");
    Files.writeString(folder.resolve("other"), "okey");
    String rules = "- connection: {port: 80}\n  expect: {from_server.payload: {equals_file: %s}}";

    assertEquals(Verdict.PASSED, read(rules.formatted("answer")).get(0).check(QUESTION).verdict());
    Outcome differs = read(rules.formatted("other")).get(0).check(QUESTION);
    assertEquals("4 bytes, from byte 3 on: \"ay\"", differs.violations().get(0).actual());
    Expectation missing = read(rules.formatted("nothing")).get(0);
    assertThrows(ExpectationException.class, () -> missing.check(QUESTION));
  }

  @Test
  void everyMistakeIsToldWithItsPlaceAndTheNearestWord() {
    String message =
        assertThrows(
                ExpectationException.class,
                () ->
                    read(
                        """
                        - connection: {port: 80, pik: all}
                          expect: {opened: thre-way}
                        - conection: {port: 80}
                        - connection: {port: 80}
                          expect:
                            opend: three-way
                            closed: resett
                            fin: {at_mst: 1}
                            rtt.p95: {at_most: 50 mm}
                            syn:
                            reset: {within: 3 ms}
                        - connection: {port: 80}
                        """))
            .getMessage();

    String file = folder.resolve("rules.yaml").toString();
    assertEquals(
        List.of(
            ":1:26: there is no 'pik' to select by; did you mean pick? (number, client, server,"
                + " port, with, where, pick)",
            ":2:20: 'opened' is never 'thre-way'; did you mean three-way?",
            ":3:3: a rule has no 'conection'; did you mean connection?",
            ":6:5: there is no fact 'opend' of a connection; did you mean opened? ('conntrace"
                + " explain expectations' lists them all)",
            ":7:13: 'closed' is never 'resett'; did you mean reset?",
            ":8:11: there is no 'at_mst'; did you mean at_most?",
            ":9:24: '50 mm' is no duration: give 50ms, 1.5s or 2m (ns us ms s m h; seconds"
                + " without)",
            ":10:9: 'syn' must be what? Give a value, or none, or {at_most: 3}",
            ":11:21: 'within' goes with 'before' or 'after'",
            ":12:15: the rule says nothing to 'expect:'"),
        message.replace(file, "").lines().toList());
  }

  @Test
  void nestingWithoutEndIsAMistakeAndNoFault() {
    for (String rules : List.of("- [", "- {a: ", "- - - - - ")) {
      String deep = rules + "[".repeat(100_000);
      ExpectationException refused = assertThrows(ExpectationException.class, () -> read(deep));
      assertTrue(refused.getMessage().contains("nest too deep"), refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "opened: three-way",
        "- [1, 2]",
        "- connection: {port: 80",
        "- capture: {port: 80}\n  expect: {connections: 1}",
        "- connection: {port: 80}\n  capture:\n  expect: {opened: three-way}",
        "- expect: {opened: three-way}",
        "- connection: {where: 'len >'}\n  expect: {opened: three-way}",
        "- connection: {port: 80}\n  expect: {opened: {exactly: {three-way: 1}}}",
        "- connection: {port: 80}\n  expect: [opened]",
        "- connection: &a {port: *a}\n  expect: {opened: three-way}",
        "- connection: {port: 80}\n  expect: {opened: refused}\n  expect: {opened: three-way}",
        "- connection: {port: 80, port: 81}\n  expect: {opened: three-way}",
        "- connection: {port: 80}\n  expect: {opened: refused, opened: three-way}"
      })
  void whatIsNoFileOfRulesIsRefusedInWords(String rules) {
    ExpectationException refused = assertThrows(ExpectationException.class, () -> read(rules));
    assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
  }
}
