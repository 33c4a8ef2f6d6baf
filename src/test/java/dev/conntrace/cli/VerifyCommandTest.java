package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  private static final String GOOD = "sample-captures/tutorial/tutorial.pcap";
  private static final String LOSSY = "sample-captures/loss/loss-at-sender.pcap";
  private static final String DAMAGED = "sample-captures/damaged-files/truncated.pcap";

  @TempDir Path folder;

  private static CommandCall verify(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "verify";
    System.arraycopy(words, 0, all, 1, words.length);
    return CommandCall.of(all);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void whatHoldsIsOneLineAndStatus0() {
    CommandCall call = verify(GOOD, "--that", "opened three-way");

    assertEquals(new CommandCall(0, GOOD + ": 1 expectation: 1 passed\n", ""), call);
    assertEquals(
        List.of("passed        connection: opened three-way", GOOD + ": 1 expectation: 1 passed"),
        verify(GOOD, "--that", "opened three-way", "--all").lines());
  }

  @Test
  void allThatDoesNotHoldIsShownWithItsPlace() throws IOException {
    String rules =
        file(
            "rules.yaml",
            """
            - connection: {port: 6573}
              expect:
                opened: fast-open
                closed: reset
            """);
    CommandCall call = verify(GOOD, LOSSY, "--expect", rules, "--that", "fin at most 1");

    assertEquals(1, call.status());
    assertEquals("", call.err());
    List<String> lines = call.lines();
    assertEquals(
        "FAILED        connection port 6573: opened fast-open (" + rules + ":3)", lines.get(0));
    assertEquals("  opened: expected fast-open, found three-way", lines.get(1));
    assertEquals("  connection 1, 127.0.0.1:40276 -> 127.0.0.1:6573, frame 1", lines.get(2));
    assertTrue(lines.get(3).endsWith("wscale 10> # frame 1, here"), lines.get(3));
    assertTrue(lines.contains(GOOD + ": 3 expectations: 0 passed, 3 failed"), call.out());
    assertTrue(lines.contains("  closed: expected reset, found four-segment"), call.out());
    assertTrue(lines.get(lines.size() - 1).startsWith(LOSSY + ": 3 expectations: "), call.out());
  }

  @Test
  void aDamagedCaptureIsInconclusive() {
    CommandCall call = verify(DAMAGED, "--that", "overlap-conflict none");

    assertEquals(3, call.status());
    assertEquals("INCONCLUSIVE  connection: overlap-conflict none", call.lines().get(0));
    assertEquals(
        "  cannot be told: the file is damaged: what comes after the damage is not known",
        call.lines().get(1));
  }

  @Test
  void mistakesInRulesAreToldAllAtOnceAndAreUsage() throws IOException {
    String rules =
        file("rules.yaml", "- connection: {prt: 80}\n  expect: {}\n- capture:\n  expect: {x: 1}\n");
    CommandCall call = verify(GOOD, "--expect", rules);

    assertEquals(2, call.status());
    assertEquals("", call.out());
    assertEquals(3, call.err().lines().count(), call.err());
    assertTrue(
        call.err().contains(rules + ":1:16: there is no 'prt' to select by; did you mean port?"),
        call.err());
    assertEquals(2, verify(GOOD).status());
    assertEquals(2, verify(GOOD, "--expect", folder.resolve("none").toString()).status());
    assertEquals(2, verify(GOOD, "--that", "opend x").status());
    assertEquals(2, verify(GOOD, "--that", "syn 1", "--report", "html=x").status());
  }

  @Test
  void updateWritesRulesThatHoldAndOverwritesNothingUnasked() {
    String rules = folder.resolve("rules.yaml").toString();

    CommandCall written = verify(GOOD, "--expect", rules, "--update");
    assertEquals(0, written.status(), written.err());
    assertEquals(0, verify(GOOD, "--expect", rules).status());
    assertEquals(1, verify(LOSSY, "--expect", rules).status());
    assertEquals(2, verify(GOOD, "--expect", rules, "--update").status());
    assertEquals(0, verify(GOOD, "--expect", rules, "--update", "--force").status());
    String other = folder.resolve("other.yaml").toString();
    assertEquals(2, verify(DAMAGED, "--expect", other, "--update").status());
    assertFalse(Files.exists(Path.of(other)));
  }

  @Test
  void reportsStandBesideTheResults() throws IOException {
    Path junit = folder.resolve("TEST-capture.xml");
    CommandCall call =
        verify(GOOD, "--that", "syn none", "--report", "junit=" + junit, "--report", "github");

    assertEquals(1, call.status());
    assertTrue(
        Files.readString(junit).contains("<failure message=\"syn: expected none, found 1\""));
    List<String> lines = call.lines();
    assertTrue(lines.get(lines.size() - 1).startsWith("::error title=connection%3A syn none::"));
    Path github = folder.resolve("github");
    verify(GOOD, "--that", "syn none", "--report", "github=" + github);
    assertTrue(Files.readString(github).startsWith("::error "));
  }

  @Test
  void aCaptureThatCannotBeReadIsAnErrorInEachReport() throws IOException {
    Path junit = folder.resolve("TEST-capture.xml");
    CommandCall call =
        verify(
            GOOD,
            "none.pcap",
            "--that",
            "syn some",
            "--report",
            "junit=" + junit,
            "--report",
            "github");

    assertEquals(3, call.status());
    String xml = Files.readString(junit);
    assertTrue(xml.contains("tests=\"2\" errors=\"1\" skipped=\"0\" failures=\"0\""), xml);
    assertTrue(xml.contains("<error message=\"none.pcap: nothing could be read\""), xml);
    assertEquals(
        "::error title=conntrace verify::none.pcap: nothing could be read",
        call.lines().get(call.lines().size() - 1));
    verify(GOOD, LOSSY, "--merge", "--that", "syn some", "--report", "junit=" + junit);
    assertTrue(Files.readString(junit).contains("tests=\"1\" errors=\"0\""));
  }

  @Test
  void payloadIsShownAsItIsEverywhere() {
    CommandCall call = verify(GOOD, "--that", "from_client.payload 'a\tb'");

    assertEquals(
        "FAILED        connection: from_client.payload exactly \"a\\tb\"", call.lines().get(0));
  }

  @Test
  void payloadIsKeptOnlyWhereItIsAskedFor() {
    assertEquals(0, verify(GOOD, "--that", "from_client.payload 'Data here!'").status());
    assertEquals(
        0,
        verify(
                GOOD,
                "--that",
                "from_client.payload.sha256"
                    + " 3f2eae05f63be37b118791792f3aeef8d7dae06b293333ec5d235e928777c516")
            .status());
  }
}
