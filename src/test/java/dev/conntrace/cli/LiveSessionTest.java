package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real programs talk in a network of their own while the real command captures them: through
 * libpcap, through a packet socket, and where libpcap is hidden.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class LiveSessionTest {
  private static final int PORT = 6573;

  /** What pcap4j then looks for is nowhere: as if libpcap were not installed. */
  static final List<String> WITHOUT_LIBPCAP = List.of("-Dorg.pcap4j.core.pcapLibName=not-there");

  private static final long SETTLE_MILLIS = 400;

  private static final List<WayIn> WAYS = ways();

  @TempDir Path folder;

  private static List<WayIn> ways() {
    List<WayIn> ways = new ArrayList<>();
    if (LibpcapHere.isInstalled()) {
      ways.add(
          new WayIn(
              "libpcap", List.of(), List.of("--via", "libpcap"), "live on lo through libpcap"));
    } else {
      System.err.println("SKIPPED, libpcap is not installed here: one of three ways in");
    }
    String socket = "live on lo through a packet socket";
    ways.add(new WayIn("packet-socket", List.of(), List.of("--via", "packet-socket"), socket));
    ways.add(new WayIn("without-libpcap", WITHOUT_LIBPCAP, List.of(), socket));
    return ways;
  }

  /** What is called for, and what the capture then calls itself. */
  private record WayIn(String name, List<String> java, List<String> options, String says) {
    Namespace.Running start(Namespace network, Path folder) throws Exception {
      List<Object> words = new ArrayList<>(List.of("live", "--port", PORT, "--format", "ndjson"));
      words.addAll(options);
      words.addAll(List.of("-w", recording(folder)));
      return network.start(folder, name, java, words.toArray());
    }

    Path recording(Path folder) {
      return folder.resolve(name + ".pcapng");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tutorial, 1, four-segment three-segment",
    "ipv6, 1, four-segment three-segment",
    "http, 1, four-segment three-segment simultaneous",
    "ten-clients, 10, four-segment three-segment",
    "killed, 1, reset"
  })
  void everyWayInEndsWithWhatItsFileTells(String session, int connections, String closed)
      throws Exception {
    requireCommands(session);
    try (Namespace network = Namespace.open()) {
      List<Namespace.Running> captures = new ArrayList<>();
      for (WayIn way : WAYS) {
        captures.add(way.start(network, folder));
      }
      for (int i = 0; i < WAYS.size(); i++) {
        captures.get(i).awaitSaying(WAYS.get(i).says());
      }
      play(network, session);
      Thread.sleep(SETTLE_MILLIS);
      int segments = 0;
      for (int i = 0; i < WAYS.size(); i++) {
        WayIn way = WAYS.get(i);
        Namespace.Running capture = captures.get(i);
        capture.signal("INT");
        assertEquals(0, capture.await(), capture.err());
        Map<Long, ObjectNode> told = LastRecords.byFrame(capture.out());
        assertEquals(later(way.recording(folder)), told, way.name());
        assertConnections(capture.out(), connections, closed);
        segments = segments == 0 ? told.size() : segments;
        assertEquals(segments, told.size(), way.name() + " has seen other segments");
      }
    }
  }

  private static Map<Long, ObjectNode> later(Path recording) throws Exception {
    Invocation packets =
        Invocation.of("packets", "--format", "ndjson", recording).tracedBy(Engine.TRACER).run();
    assertEquals(0, packets.status(), packets.err());
    return LastRecords.byFrame(packets.out());
  }

  private static void assertConnections(String ndjson, int count, String closed) throws Exception {
    List<JsonNode> connections = LastRecords.ofType("connection", ndjson);
    assertEquals(count, connections.size());
    for (JsonNode connection : connections) {
      assertEquals("three-way", connection.get("opened").asText());
      assertTrue(closed.contains(connection.get("closed").asText()), connection.toString());
    }
    JsonNode summary = LastRecords.ofType("summary", ndjson).get(0);
    assertEquals(count, summary.get("connections").asInt());
    assertTrue(ndjson.stripTrailing().endsWith(summary.toString()), "the summary comes last");
  }

  private static void play(Namespace network, String session) throws Exception {
    Process players =
        network
            .process(List.of("python3", "src/test/lab/sessions.py", session, String.valueOf(PORT)))
            .redirectErrorStream(true)
            .start();
    String said = new String(players.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, players.waitFor(), said);
  }

  private static void requireCommands(String session) {
    for (String command :
        session.equals("http") ? List.of("python3", "curl") : List.of("python3")) {
      boolean found =
          Pattern.compile(":")
              .splitAsStream(System.getenv("PATH"))
              .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
      assumeTrue(found, () -> "SKIPPED, " + command + " is not installed here");
    }
  }

  /** A buffer that holds next to nothing, a flood, and a reader that prints every segment. */
  @ParameterizedTest
  @CsvSource({"libpcap, 64K", "packet-socket, 64K"})
  void dropsAreCountedPlacedAndDoubted(String way, String buffer) throws Exception {
    requireCommands("");
    LibpcapHere.requireFor(way);
    try (Namespace network = Namespace.open()) {
      Path file = folder.resolve("flood.pcapng");
      Namespace.Running live =
          network.start(
              folder,
              "flood",
              List.of(),
              "live",
              "--via",
              way,
              "--port",
              PORT,
              "--buffer",
              buffer,
              "-w",
              file);
      live.awaitSaying("Ctrl-C ends it");
      Process flood =
          network
              .process(List.of("python3", "src/test/lab/flood.py", String.valueOf(PORT)))
              .inheritIO()
              .start();
      assertEquals(0, flood.waitFor());
      Thread.sleep(SETTLE_MILLIS);
      live.signal("INT");
      assertEquals(0, live.await(), live.err());
      String out = live.out();
      assertTrue(out.contains("-- the capture has dropped "), "said in the timeline");
      assertTrue(out.contains("packets were dropped while the capture was taken"), "summed up");
      int first = out.indexOf("-- the capture has dropped ");
      assertTrue(out.indexOf("<---", first) > 0, "it comes before later segments");
      Invocation summary =
          Invocation.of("summary", "--format", "ndjson", file).tracedBy(Engine.TRACER).run();
      assertTrue(summary.out().contains("\"id\":\"drops\""), "the file says so too");
    }
  }

  @Test
  void ctrlCEndsItWithTheSummaryInText() throws Exception {
    try (Namespace network = Namespace.open()) {
      Namespace.Running live = network.start(folder, "text", List.of(), "live", "--port", PORT);
      live.awaitSaying("Ctrl-C ends it");
      play(network, "tutorial");
      live.signal("INT");
      assertEquals(0, live.await(), live.err());
      assertTrue(live.out().contains("in the end"), live.out());
      assertTrue(live.out().contains("of 1 connection"), live.out());
    }
  }
}
