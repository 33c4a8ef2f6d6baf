package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.cli.CommandCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the selection options leave of samples, for each command. */
class SelectionTest {
  private static final String CLOSE = "sample-captures/four-segment-close/four-segment-close.pcap";
  private static final String CLIENTS = "sample-captures/ten-clients/ten-clients.pcap";
  private static final String LOSS = "sample-captures/loss/loss-at-sender.pcap";
  private static final String RESET = "sample-captures/reset/reset.pcap";

  @Test
  void whereLeavesTheRecordsForWhichItHolds() {
    assertEquals(
        packets(
            LOSS, packet -> (long) packet.get("len") > 1000 && packet.get("from").equals("client")),
        records("packets", "--where", "len > 1000 and from == client", LOSS));
    assertEquals(
        packets(LOSS, packet -> ((List<?>) packet.get("annotations")).contains("sack")),
        records("packets", "--where", "annotations has sack", LOSS));
    assertEquals(
        connections(CLIENTS, connection -> (long) connection.get("last_frame") > 30),
        records("connections", "--where", "last_frame > 30", CLIENTS));
  }

  @Test
  void whereChoosesSegmentsByWhatTheirConnectionTurnsOutToBe() {
    List<Map<String, Object>> chosen =
        records("packets", "--where", "connection.last_frame > 30 and flags has S", CLIENTS);
    List<Object> late =
        connections(CLIENTS, connection -> (long) connection.get("last_frame") > 30).stream()
            .map(connection -> connection.get("connection"))
            .toList();

    assertEquals(
        packets(
            CLIENTS,
            packet ->
                late.contains(packet.get("connection"))
                    && packet.get("flags").toString().contains("S")),
        chosen);
    assertFalse(chosen.isEmpty());
  }

  @Test
  void whereChoosesConnectionsByTheirSegments() {
    assertEquals(1, records("connections", "--where", "flags has R", CLOSE, RESET).size());
    assertEquals(
        List.of("connection", "packet", "summary"),
        records("timeline", "--where", "flags has R", RESET).stream()
            .map(record -> record.get("type"))
            .distinct()
            .toList());
    assertEquals(7 + 1, records("timeline", "--where", "flags has R", RESET).size());
    assertEquals(
        1L, records("summary", "--where", "frame == 1", CLIENTS).get(0).get("connections"));
  }

  @Test
  void standardInputCanBeReadAsOftenAsNeeded() throws IOException {
    byte[] capture = Files.readAllBytes(Path.of(RESET));
    CommandCall call =
        CommandCall.seenTogether(
            capture, "packets", "--where", "closed == reset and flags has S", "-");
    assertEquals(2, call.lines().size(), call.out());
  }

  @Test
  void rangesLeaveSegmentsAndTheirConnections() {
    assertEquals(List.of(3L, 4L, 7L), frames(records("packets", "--frames", "3-4,7", CLOSE)));
    assertEquals(List.of(2L, 5L, 7L, 8L), frames(records("packets", "--side", "server", CLOSE)));
    assertEquals(List.of(8L, 9L), frames(records("packets", "--since", "50ms", CLOSE)));
    assertEquals(List.of(8L, 9L), frames(records("packets", "--since", "0.05", CLOSE)));
    assertEquals(
        List.of(1L, 2L), frames(records("packets", "--until", "1795239718.464681", CLOSE)));
    assertEquals(
        List.of(2L, 3L),
        frames(
            records(
                "packets",
                "--since",
                "2026-11-21T05:41:58.464681Z",
                "--until",
                "2026-11-21T06:41:58.464700+01:00",
                CLOSE)));
    assertEquals(
        List.of(1L),
        records("connections", "--frames", "1", CLIENTS).stream()
            .map(record -> record.get("connection"))
            .toList());
  }

  @Test
  void aTimelineShowsOnlyTheRangeButTellsOfTheWholeConnection() {
    List<Map<String, Object>> records =
        records("timeline", "--frames", "4-6", "--side", "client", CLOSE);
    assertEquals(List.of(4L, 6L), frames(records));
    assertEquals(9L, records.get(0).get("last_frame"));
    String text = CommandCall.of("timeline", "--frames", "6", CLOSE).out();
    assertTrue(text.contains("ESTABLISHED -> FIN_WAIT_1"), text);
    assertFalse(text.contains("FIN_WAIT_1 -> FIN_WAIT_2"), text);
    assertTrue(text.contains("in the end"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "packets --frames 0", "packets --frames 5-3", "packets --side middle",
        "packets --since noon", "connections --until x", "connections --where lenn",
        "timeline --where closed==rest", "summary --where (", "summary --format csv",
        "timeline --format csv", "explain --format csv", "packets --format xml"
      })
  void whatMakesNoSenseIsOneLineAndExitStatus2(String words) {
    List<String> call = new ArrayList<>(List.of(words.split(" ")));
    call.add(CLOSE);
    CommandCall result = CommandCall.of(call.toArray(String[]::new));
    assertEquals(2, result.status(), result.err());
    assertEquals("", result.out());
    assertEquals(1, result.err().lines().count(), result.err());
  }

  @Test
  void tablesHaveOneHeaderForAllFilesAndOneWhereNothingIsLeft() {
    assertEquals(3, CommandCall.of("connections", "--format", "csv", CLOSE, RESET).lines().size());
    assertEquals(
        1, CommandCall.of("packets", "--format", "csv", "--frames", "99", CLOSE).lines().size());
    assertEquals(
        1,
        CommandCall.of("connections", "--format", "csv", "--where", "closed == open", CLOSE)
            .lines()
            .size());
  }

  private static List<Long> frames(List<Map<String, Object>> records) {
    return records.stream()
        .filter(record -> record.get("type").equals("packet"))
        .map(record -> (Long) record.get("frame"))
        .toList();
  }

  private static List<Map<String, Object>> packets(
      String file, Predicate<Map<String, Object>> wanted) {
    return records("packets", file).stream().filter(wanted).toList();
  }

  private static List<Map<String, Object>> connections(
      String file, Predicate<Map<String, Object>> wanted) {
    return records("connections", file).stream().filter(wanted).toList();
  }

  private static List<Map<String, Object>> records(String command, String... words) {
    List<String> call = new ArrayList<>(List.of(command, "--format", "ndjson"));
    call.addAll(List.of(words));
    CommandCall result = CommandCall.of(call.toArray(String[]::new));
    assertEquals(0, result.status(), result.err());
    return result.lines().stream().map(Json::object).toList();
  }
}
