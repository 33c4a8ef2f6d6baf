package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conntrace.demo.Scenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users are told where nothing can be captured. Real processes without the capability. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LiveErrorsTest {
  @TempDir Path folder;

  private static final String NEEDS = "needs the capability CAP_NET_RAW";

  private record Outcome(int status, String out, String err) {
    void assertOneLine() {
      assertEquals(1, err.lines().count(), err);
      assertTrue(err.startsWith("conntrace: "), err);
    }
  }

  /** Runs the command line without the capability to capture, whoever runs the test. */
  private static Outcome unprivileged(List<String> javaOptions, Object... words) throws Exception {
    List<String> command = new ArrayList<>();
    if (Namespace.isRoot()) {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin/setpriv")),
          "SKIPPED, setpriv is needed to give up the capability");
      command.addAll(List.of("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw", "--"));
    }
    command.addAll(Namespace.conntrace(javaOptions, words));
    return outcome(command);
  }

  private static Outcome outcome(List<String> command) throws Exception {
    Path err = Files.createTempFile("conntrace-", ".err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    String said = Files.readString(err);
    Files.delete(err);
    return new Outcome(status, out, said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"libpcap", "packet-socket"})
  void liveNamesTheCapabilityAndTheCommandsThatGrantIt(String way) throws Exception {
    LibpcapHere.requireFor(way);
    Outcome live = unprivileged(List.of(), "live", "--via", way);
    assertEquals(4, live.status());
    live.assertOneLine();
    assertTrue(live.err().contains(NEEDS), live.err());
    assertTrue(live.err().contains("sudo"), live.err());
    assertTrue(live.err().contains("setpriv"), live.err());
    assertEquals("", live.out());
  }

  @Test
  void withoutLibpcapTheSameIsSaid() throws Exception {
    Outcome live = unprivileged(LiveSessionTest.WITHOUT_LIBPCAP, "live");
    assertEquals(4, live.status());
    live.assertOneLine();
    assertTrue(live.err().contains(NEEDS), live.err());
  }

  @Test
  void aMissingInterfaceIsNamedAlsoWithoutPermission() throws Exception {
    Outcome live = unprivileged(List.of(), "live", "-i", "nope0");
    assertEquals(4, live.status());
    live.assertOneLine();
    assertTrue(live.err().contains("there is no interface nope0"), live.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"libpcap", "packet-socket"})
  void anInterfaceThatIsDownIsNamed(String way) throws Exception {
    LibpcapHere.requireFor(way);
    try (Namespace network = Namespace.open()) {
      network.process(List.of("ip", "link", "set", "lo", "down")).start().waitFor();
      Namespace.Running live =
          network.start(folder, "live", List.of(), "live", "--via", way, "-i", "lo");
      assertEquals(4, live.await(), live.err());
      assertEquals("conntrace: interface lo is down: ip link set lo up\n", live.err());
    }
  }

  @Test
  void aMissingLibpcapIsNamedWhereItIsAskedFor() throws Exception {
    Outcome live =
        outcome(
            Namespace.conntrace(
                LiveSessionTest.WITHOUT_LIBPCAP, "live", "--via", "libpcap", "--duration", "1"));
    assertEquals(4, live.status());
    live.assertOneLine();
    assertTrue(live.err().contains("libpcap cannot be loaded"), live.err());
  }

  @Test
  void withoutLibpcapThereAreNoFilterExpressions() throws Exception {
    Outcome live =
        outcome(Namespace.conntrace(LiveSessionTest.WITHOUT_LIBPCAP, "live", "--filter", "tcp"));
    assertEquals(2, live.status());
    live.assertOneLine();
    assertTrue(live.err().contains("--port and --host work without it"), live.err());
  }

  @Test
  void runRefusesBeforeTheCommandIsStarted() throws Exception {
    Outcome run = unprivileged(List.of(), "run", "echo", "started");
    assertEquals(4, run.status());
    run.assertOneLine();
    assertEquals("", run.out());
  }

  @Test
  void interfacesSaysWhichAreNotPermitted() throws Exception {
    Outcome interfaces = unprivileged(List.of(), "interfaces");
    assertEquals(0, interfaces.status());
    assertTrue(interfaces.out().contains("not permitted, loopback"), interfaces.out());
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void demoShowsTheRecordedSampleAndSaysSo(Scenario scenario) throws Exception {
    Outcome demo = unprivileged(List.of(), "demo", scenario.id());
    assertEquals(0, demo.status(), demo.err());
    demo.assertOneLine();
    assertTrue(demo.err().contains(NEEDS), demo.err());
    assertTrue(demo.out().contains("RECORDED, not captured now"), demo.out());
    Invocation sample =
        Invocation.of("sample-captures/" + scenario.recording()).tracedBy(Engine.TRACER).run();
    String told = words(demo.out()).replace(" recorded ", " sample-captures/");
    assertTrue(told.endsWith(words(sample.out())), demo.out());
    assertFalse(sample.out().isEmpty());
  }

  /** Names of other lengths break lines elsewhere. */
  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void demoKeepsRecordsCleanForPrograms() throws Exception {
    Outcome demo = unprivileged(List.of(), "demo", "--format", "ndjson");
    assertEquals(0, demo.status(), demo.err());
    assertEquals(9, LastRecords.byFrame(demo.out()).size());
    assertTrue(demo.out().contains("\"file\":\"recorded tutorial/tutorial.pcap\""), demo.out());
  }
}
