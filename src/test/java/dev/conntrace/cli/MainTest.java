package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path folder;

  @Test
  void printsUsageWhereNothingIsAsked() {
    Invocation call = Invocation.of().run();
    assertEquals(2, call.status());
    assertEquals("", call.out());
    assertTrue(call.err().startsWith("Usage: conntrace"), call.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void helpNamesEveryCommand(String word) {
    Invocation call = Invocation.of(word).run();
    assertEquals(0, call.status());
    assertEquals("", call.err());
    for (String command : CommandName.words()) {
      assertTrue(call.out().contains("\n  " + command + " "), call.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "--version"})
  void versionNamesTheJdkAndLibpcap(String word) {
    Invocation call = Invocation.of(word).run();
    assertEquals(0, call.status());
    assertTrue(call.out().startsWith("conntrace "), call.out());
    assertTrue(call.out().contains("JDK " + System.getProperty("java.runtime.version")));
    assertTrue(call.out().contains("libpcap"), call.out());
  }

  @ParameterizedTest
  @EnumSource
  void everyCommandsHelpFitsTheTerminalAndBreaksAtBlanksAlone(CommandName name) {
    String help = Invocation.of(name.word(), "--help").with("COLUMNS", "80").run().out();
    for (String line : help.lines().toList()) {
      assertTrue(line.length() <= 80, line);
      assertFalse(line.endsWith("10.0.0.1:") || line.endsWith("'rtt."), line);
    }
  }

  @Test
  void aGuessAndTheWayToHelpAreTwoSentences() {
    String error = Invocation.of("packets", "--chient", "1", "a.pcap").run().err();
    assertTrue(error.endsWith("did you mean --client? See conntrace packets --help\n"), error);
  }

  @ParameterizedTest
  @EnumSource
  void everyCommandsHelpShowsExamplesAndExitCodes(CommandName name) {
    Invocation call = Invocation.of(name.word(), "--help").run();
    assertEquals(0, call.status());
    assertEquals("", call.err());
    String help = call.out();
    assertTrue(help.startsWith("Usage: conntrace " + name.word()), help);
    assertTrue(help.contains("\nExamples:\n  "), help);
    assertTrue(help.contains("\nExit codes:\n    0 "), help);
    assertTrue(help.contains("\n   70 "), help);
    assertFalse(help.contains("\u001b"), help);
  }

  @Test
  void takesAFirstWordThatIsNoCommandForTheTimelinesFirst() {
    Path file = Captured.file(folder, "a.pcap", Captured.packets(3));
    Invocation call = Invocation.of(file).run();
    assertEquals(0, call.status(), call.err());
    assertEquals(call.out(), Invocation.of("timeline", file).run().out());
    assertEquals(0, Invocation.of("--format", "ndjson", file).run().status());
  }

  @Test
  void takesLaterWordsForFilesWhateverTheyAre() {
    Invocation call = Invocation.of("-q", "summary", "--", "--help").run();
    assertEquals(3, call.status());
    assertTrue(call.err().contains("summary: no such file"), call.err());
    assertTrue(call.err().contains("--help: no such file"), call.err());
    assertTrue(Invocation.of("packets", "@list").run().err().contains("@list: no such file"));
  }

  @ParameterizedTest
  @CsvSource({
    "packets --formt ndjson x, did you mean --format?",
    "timeline --conection 1 x, did you mean --connection?",
    "timeline --format xml x, '--format is text, ndjson or csv'",
    "timeline --time never x, --time is",
    "timeline --color blue x, --color is",
    "timeline --width 0 x, --width is",
    "timeline --width x x, --width is",
    "timeline --time-wait -1 x, --time-wait is",
    "timeline --time-wait soon x, --time-wait is",
    "timeline --connection 0 x, '0' is no connection number",
    "timeline --connection, --connection needs a value: N",
    "timeline --port 65536 x, '65536' is no port",
    "timeline --client localhost x, 'localhost' is no address",
    "timeline --server some.host x, 'some.host' is no address",
    "packets --with retransmision x, did you mean retransmission?",
    "connections --top 3 x, --top needs --sort",
    "connections --sort size x, sorted by 'size'; fields are connection",
    "connections --sort bytes --top 0 x, --top is",
    "timeline, FILE is missing",
    "--bogus, unknown option '--bogus'",
    "timeline --widht 3, did you mean --width?",
    "connections --width -3, FILE is missing",
    "timeline --ladder --bytes x, choose one view: --ladder and --bytes exclude each other",
    "timeline --layers --format ndjson x, --layers is a view in text",
    "explain --header, --header draws the header of a frame",
    "summary --all x, unknown option '--all'",
    "explain nonsense, nothing to explain about 'nonsense'",
    "explain x.pcap many, FRAME is a number",
    "explain a 1 b, one word too many: 'b'",
    "generate-completion x, one word too many",
    "timeline - -, '-' is standard input",
  })
  void refusesWrongWordsWithOneLine(String words, String message) {
    Invocation call = Invocation.of((Object[]) words.split(" ")).run();
    assertEquals(2, call.status(), call.err());
    assertEquals("", call.out());
    assertTrue(call.err().contains(message), call.err());
    assertTrue(call.err().startsWith("conntrace: "), call.err());
    assertEquals(1, call.err().lines().count(), call.err());
  }

  @Test
  void letsTheLastOfSeveralEqualOptionsCount() {
    Path file = Captured.file(folder, "a.pcap", Captured.packets(1));
    Invocation call =
        Invocation.of("summary", "--format", "xml", "--format", "ndjson", "-q", "-q", file).run();
    assertEquals(0, call.status(), call.err());
    assertEquals("", call.err());
  }

  @Test
  void passesTheTimeWaitOn() {
    Path file = Captured.file(folder, "a.pcap", Captured.packets(1));
    ScriptedEngine engine = new ScriptedEngine();
    Invocation.of("summary", "--time-wait", "0.25", file).tracedBy(engine).run();
    assertEquals(250, engine.lastOptions().timeWait().toMillis());
  }

  @Test
  void refusesToReadACaptureFromTheKeyboard() {
    Invocation call = Invocation.of("-").onTerminals("0").run();
    assertEquals(2, call.status());
    assertTrue(call.err().contains("standard input is a terminal"), call.err());
  }

  @Test
  void makesACompletionScriptOfEveryCommand() {
    Invocation call = Invocation.of("generate-completion").run();
    assertEquals(0, call.status());
    for (String command : CommandName.words()) {
      assertTrue(call.out().contains(command), command);
    }
    assertTrue(call.out().contains("--time-wait"));
    assertTrue(call.out().contains("spurious-retransmission"));
  }
}
