package dev.conntrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conntrace.cli.CommandCall;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README.md shows is what happens, and what it names exists. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final String SAMPLE = "sample-captures/tutorial/tutorial.pcap";

  /** Names with hyphens that mean something else. */
  private static final Set<String> OTHER_NAMES =
      Set.of("sample-captures", "first-packet", "package-info", "jackson-core");

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern HYPHENATED = Pattern.compile("[a-z]+(-[a-z]+)+");
  private static final Pattern CALL =
      Pattern.compile(
          "(?:^\\$ \\./|[`(]\\.?/?)conntrace ([a-z][a-z-]*)(?=[\\s`]|$)", Pattern.MULTILINE);

  private static String readme() throws IOException {
    assumeTrue(Files.exists(README), "there is no README.md yet");
    return Files.readString(README);
  }

  @Test
  void examplesPrintWhatStandsBelowThem() throws IOException {
    String text = readme();

    assertNone(ReadmeExamples.faults(text));
    assertTrue(ReadmeExamples.count(text) > 0, "README.md shows no command");
  }

  @Test
  void everythingNamedExists() throws IOException {
    assertNone(unknownNames(readme()));
  }

  private static void assertNone(List<String> faults) {
    assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
  }

  private static List<String> unknownNames(String text) {
    List<String> unknown = new ArrayList<>();
    Matcher calls = CALL.matcher(text);
    while (calls.find()) {
      String word = calls.group(1);
      if (!CommandCall.commands().contains(word)) {
        unknown.add("there is no command " + word);
      }
    }
    Set<String> known = hyphenatedNames();
    Matcher code = CODE.matcher(text);
    while (code.find()) {
      String name = code.group(1);
      if (HYPHENATED.matcher(name).matches() && !known.contains(name)) {
        unknown.add("there is no annotation, outcome or command " + name);
      }
    }
    return unknown;
  }

  private static Set<String> hyphenatedNames() {
    Set<String> names = new TreeSet<>(OTHER_NAMES);
    names.addAll(CommandCall.commands());
    for (AnnotationKind kind : AnnotationKind.values()) {
      names.add(kind.id());
    }
    for (CaptureQuality.Problem problem : CaptureQuality.Problem.values()) {
      names.add(problem.id());
    }
    for (Opened opened : Opened.values()) {
      names.add(opened.id());
    }
    for (Closed closed : Closed.values()) {
      names.add(closed.id());
    }
    for (DecodeOutcome outcome : DecodeOutcome.values()) {
      names.add(outcome.id());
    }
    return names;
  }

  @Test
  void trueExamplesAreTakenAsTrue() throws IOException {
    List<String> printed = CommandCall.of("summary", SAMPLE).lines();
    String first = printed.get(0);
    String last = printed.get(printed.size() - 1);

    assertNone(ReadmeExamples.faults(block("summary " + SAMPLE, String.join("\n", printed))));
    assertNone(ReadmeExamples.faults(block("summary " + SAMPLE, first + "\n...")));
    assertNone(ReadmeExamples.faults(block("summary " + SAMPLE, "...\n" + last)));
    assertNone(
        ReadmeExamples.faults(block("summary " + SAMPLE, first + "\n...\n" + last + " \n...")));
    assertNone(ReadmeExamples.faults(block("summary " + SAMPLE + "  # totals", "...")));
    assertNone(ReadmeExamples.faults("```sh\n$ mvn verify\nanything\n```\n"));
    assertNone(ReadmeExamples.faults("```sh\n./conntrace nothing.pcap\n```\n"));
  }

  @Test
  void plantedFaultsAreFound() throws IOException {
    List<String> printed = CommandCall.of("summary", SAMPLE).lines();
    String first = printed.get(0);
    String second = printed.get(1);

    for (String wrong :
        List.of(
            first,
            String.join("\n", printed).replace("9 packets", "10 packets"),
            String.join("\n", printed) + "\nmore",
            first + "x\n...",
            first + "\n...\n" + second,
            "...\n" + second + "\n" + first + "\n...")) {
      List<String> faults = ReadmeExamples.faults(block("summary " + SAMPLE, wrong));
      assertEquals(1, faults.size(), wrong);
      assertTrue(faults.get(0).startsWith("line 3: $ ./conntrace summary "), faults.get(0));
    }
    for (String command : List.of("summary nothing.pcap", "sumary " + SAMPLE, "alive", "x | y")) {
      assertEquals(1, ReadmeExamples.faults(block(command, "")).size(), command);
    }
    assertEquals(1, ReadmeExamples.faults("```console\n$ ./contrace x\n```").size());
  }

  @Test
  void namesThatDoNotExistAreFound() {
    String text =
        "`fast-retransmission`, `fast-retransmision`, `conntrace timeline`, `conntrace timelime a`"
            + "\n```console\n$ ./conntrace sumary x\n```";

    assertEquals(
        List.of(
            "there is no command timelime",
            "there is no command sumary",
            "there is no annotation, outcome or command fast-retransmision"),
        unknownNames(text));
  }

  private static String block(String command, String output) {
    return "Look:\n```console\n$ ./conntrace " + command + "\n" + output + "\n```\nDone.\n";
  }
}
