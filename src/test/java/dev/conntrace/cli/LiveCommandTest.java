package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conntrace.capture.live.LiveCapture;
import dev.conntrace.capture.live.LiveException;
import dev.conntrace.demo.Scenario;
import dev.conntrace.demo.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that capture, on the real loopback interface with real sockets. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LiveCommandTest {
  @TempDir Path folder;

  @BeforeAll
  static void requirePermission() throws LiveException {
    LiveException obstacle = LiveCapture.obstacle(LiveCapture.loopback());
    assumeTrue(obstacle == null, () -> "SKIPPED, no live capture here: " + obstacle);
  }

  @ParameterizedTest
  @CsvSource({
    "libpcap, tutorial, 127.0.0.1, l.pcap",
    "libpcap, zero-window, 127.0.0.1, l.pcapng",
    "libpcap, many-clients, ::1, l.pcap",
    "packet-socket, tutorial, ::1, l.pcapng",
    "packet-socket, half-close, 127.0.0.1, l.pcap",
    "packet-socket, many-clients, 127.0.0.1, l.pcapng"
  })
  void endsWithTheVerdictsOfTheFileThatItWrites(
      String way, String scenario, String host, String name) throws Exception {
    LibpcapHere.requireFor(way);
    Path file = folder.resolve(name);
    int port = freePort();
    Thread actors = play(scenario, host, port);
    Invocation live =
        Invocation.of(
                "live",
                "--via",
                way,
                "--port",
                port,
                "--idle-exit",
                "4",
                "--format",
                "ndjson",
                "-w",
                file)
            .tracedBy(Engine.TRACER)
            .run();
    actors.join();
    assertEquals(0, live.status(), live.err());
    Invocation later =
        Invocation.of("packets", "--format", "ndjson", file).tracedBy(Engine.TRACER).run();
    Map<Long, ObjectNode> told = LastRecords.byFrame(later.out());
    assertTrue(told.size() >= 9, live.err());
    assertEquals(told, LastRecords.byFrame(live.out()));
  }

  @Test
  void printsEachLineWhileTheConnectionIsOpen() throws Exception {
    int port = freePort();
    Thread actors = play("half-close", "127.0.0.1", port);
    Invocation live =
        Invocation.of("live", "--port", port, "--idle-exit", "2").tracedBy(Engine.TRACER).run();
    actors.join();
    List<String> lines = live.out().lines().toList();
    int row = indexOf(lines, "data, bytes 1-16: \"How much is it?\\n\"");
    int end = indexOf(lines, "  in the end  client TIME_WAIT");
    assertTrue(row > 0 && end > row, live.out());
    String way = LibpcapHere.isInstalled() ? "libpcap" : "a packet socket";
    assertTrue(live.err().contains("live on lo through " + way), live.err());
  }

  private static int indexOf(List<String> lines, String part) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(part)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void endsAfterSoManyPackets() throws Exception {
    int port = freePort();
    Thread actors = play("tutorial", "127.0.0.1", port);
    Invocation live =
        Invocation.of("live", "--port", port, "--count", 3, "--format", "ndjson")
            .tracedBy(Engine.TRACER)
            .run();
    actors.join();
    assertEquals(3, LastRecords.byFrame(live.out()).size());
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void demoTellsEachScenario(Scenario scenario) throws Exception {
    Invocation demo =
        Invocation.of("demo", "--port", freePort(), scenario.id()).tracedBy(Engine.TRACER).run();
    assertEquals(0, demo.status(), demo.err());
    assertTrue(demo.out().startsWith("Demo " + scenario.id() + ": "), demo.out());
    assertTrue(demo.out().contains(MARKS.get(scenario)), demo.out() + demo.err());
  }

  /** What must be read in each. */
  private static final Map<Scenario, String> MARKS =
      Map.ofEntries(
          Map.entry(Scenario.TUTORIAL, "data, bytes 1-10: \"Data here!\""),
          Map.entry(Scenario.SEGMENTATION, "300000 bytes"),
          Map.entry(Scenario.COALESCING, "5000 bytes"),
          Map.entry(Scenario.HALF_CLOSE, "[half-close]"),
          Map.entry(Scenario.SIMULTANEOUS_CLOSE, "closed by both sides at the same time"),
          Map.entry(Scenario.RESET, "client ESTABLISHED -> CLOSED: sent a RST"),
          Map.entry(Scenario.REFUSED, "refused"),
          Map.entry(Scenario.ZERO_WINDOW, "[zero-window]"),
          Map.entry(Scenario.MANY_CLIENTS, "Connection 10:"),
          Map.entry(Scenario.BACKLOG, "syn-retransmission"),
          Map.entry(Scenario.TIME_WAIT, "time-wait-reused"),
          Map.entry(Scenario.NAGLE, "nagle-wait"),
          Map.entry(Scenario.UDP, "1 datagram, 10 bytes"));

  @Test
  void listsTheInterfaces() {
    Invocation interfaces = Invocation.of("interfaces").run();
    assertEquals(0, interfaces.status());
    assertTrue(interfaces.out().contains("permitted, loopback, "), interfaces.out());
    assertFalse(interfaces.out().contains("0:0:0:0"), interfaces.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"libpcap", "packet-socket"})
  void namesAnInterfaceThatIsNotThere(String way) {
    LibpcapHere.requireFor(way);
    Invocation live = Invocation.of("live", "--via", way, "-i", "nope0").run();
    assertEquals(4, live.status());
    assertEquals(
        "conntrace: there is no interface nope0; 'conntrace interfaces' lists those there are\n",
        live.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "run"})
  void noNameIsNoInterface(String command) {
    List<String> words = command.equals("run") ? List.of("true") : List.of();
    for (String way : List.of("libpcap", "packet-socket")) {
      LibpcapHere.requireFor(way);
      List<String> all = new ArrayList<>(List.of(command, "--via", way, "-i", ""));
      all.addAll(words);
      Invocation none = Invocation.of(all.toArray()).run();
      assertEquals(4, none.status(), none.err());
      assertEquals(
          "conntrace: there is no interface ''; 'conntrace interfaces' lists those there are\n",
          none.err());
    }
  }

  @Test
  void saysWhyAFilterIsNone() {
    LibpcapHere.requireFor("libpcap");
    Invocation live = Invocation.of("live", "--filter", "port and and").run();
    assertEquals(2, live.status());
    assertTrue(
        live.err().startsWith("conntrace: libpcap does not understand the filter 'port and and': "),
        live.err());
    assertFalse(live.err().contains("pcap_compile"), live.err());
    assertEquals(1, live.err().lines().count());
  }

  @Test
  void saysWhyAFileCannotBeWritten() {
    for (String command : List.of("live", "run")) {
      assertRefused(
          "cannot write /nonexistent/x.pcap: no such folder",
          command,
          "-w",
          "/nonexistent/x.pcap",
          "true");
      assertRefused("cannot write '': not a file name", command, "-w", "", "true");
      assertRefused(
          "cannot write " + folder + ": it is a directory", command, "-w", folder, "true");
    }
  }

  @Test
  void refusesWhatNamesNothingOrTwoThings() {
    assertRefused("--host: there is no address for ''", "live", "--host", "");
    for (String command : List.of("live", "run")) {
      assertRefused(
          "-i is one interface, or 'any' for all, not [lo, eth0]",
          command,
          "-i",
          "lo",
          "-i",
          "eth0",
          "true");
    }
  }

  /** Only {@code run} takes the last word, the command. */
  private static void assertRefused(String reason, Object... words) {
    boolean commanded = words[0].equals("run") || !words[words.length - 1].equals("true");
    Invocation refused =
        Invocation.of(commanded ? words : Arrays.copyOf(words, words.length - 1)).run();
    assertEquals(2, refused.status(), refused.err());
    assertEquals("conntrace: " + reason + "\n", refused.err());
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  /** Plays a scenario when the capture has had time to begin. */
  private static Thread play(String scenario, String host, int port) {
    Thread actors =
        new Thread(
            () -> {
              try {
                Thread.sleep(1500);
                Scenario.ofId(scenario).play(new Stage(InetAddress.getByName(host), port));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    actors.start();
    return actors;
  }
}
