package dev.conntrace.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions choose of one aborted connection with six frames. */
class WhereTest {
  private static final List<String> ANY = List.of();

  private static final Traced CAPTURE =
      Script.run(
          Script.HANDSHAKE
              + """
              +1    > P. 1:11(10) ack 1
              +.010 < .  1:1(0) ack 11
              +.010 > R. 11:11(0) ack 1
              """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // numbers
        "frame == 4|4",
        "frame != 4|12356",
        "frame < 3|12",
        "frame <= 3|123",
        "frame > 5|6",
        "frame >= 5|56",
        "frame in 2..4|234",
        "frame in (1, 3..4, 6)|1346",
        "frame in {1,6}|16",
        "frame in 5|5",
        "len > 0|4",
        "len == 0.01k|4",
        "len == 1e1|4",
        "len < 1Ki and len|4",
        "seq_rel == -1|",
        // words
        "from == server|25",
        "from == SERVER|25",
        "from != server|1346",
        "from in (client, server)|123456",
        "client_state == SYN_SENT|12",
        "client_state == \"closed\"|6",
        // flags
        "flags == SA|2",
        "flags == AS|2",
        "flags contains A|23456",
        "flags has AR|6",
        "flags in (S, SA)|12",
        "not flags has A|1",
        // addresses
        "port == 80 or port == 443|123456",
        // what is absent
        "not exists(ack)|1",
        "exists(ack) and ack_rel == 11|5",
        "ack_rel != 1|5",
        "window_scale != unknown|",
        "exists(annotations)|123456",
        // lists
        "annotations has reset|6",
        "annotation == reset|6",
        "annotations != reset|12345",
        "annotations|1236",
        "notes|1236",
        "notes.evidence == 2|3",
        "notes.text contains 'asks for a connection'|1",
        "notes.confidence == certain and frame < 3|12",
        // and, or, not
        "frame == 1 or frame == 2 and len > 0|1",
        "(frame == 1 or frame == 4) and len > 0|4",
        "not frame == 1 and not frame == 2|3456",
        "!(frame < 3) && !(frame > 4) or frame == 6|346",
        "not not frame == 1|1",
        // of the connection
        "closed == reset|123456",
        "closed != reset|",
        "closed == reset and frame > 4|56",
        "from_client.bytes == 10 and len > 0|4",
        "annotations.reset == 1 and from == server|25",
        "annotations.retransmission == 0 and frame == 1|1",
        "annotations.retransmission or frame == 1|1",
        "exists(annotations.retransmission)|",
        "exists(annotations.reset) and flags has R|6",
        "connection.annotations has reset and frame == 2|2",
        "connection.client_state == CLOSED and packet.client_state == SYN_SENT|12",
        "connection == 1 and frame == 1|1",
        "not (closed == reset and frame > 4)|1234",
        "time_wait|",
        "not time_wait and frame == 1|1",
        "handshake and frame == 1|1",
        "handshake.client.sack and frame == 1|1",
        "closed_first == client and frame == 1|1",
        "encapsulation == vlan or encapsulation != vlan|",
        "duration > 1s and duration < 2s and frame == 1|1",
        "duration > 1000ms and frame == 1|1",
        "duration in 1..2 and frame == 1|1",
        "duration > 1m|",
        // times that count from the start of the capture
        "time >= 1s|456",
        "time < 0.5|123",
        "time in 500ms..2s|456",
        "start == 0s and frame == 1|1",
        "time > 2000-01-01 and frame == 1|1",
        "time > 9000000000|",
        "time < 9223372036s|123456",
        "time in 1s..9223372036s|456",
      })
  void choosesSegments(String expression, String frames) throws SelectionException {
    assertEquals(frames == null ? "" : frames, frames(expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "closed == reset|true",
        "closed != reset|false",
        "connection == 1 and port == 80|true",
        "flags has R and from == client|true",
        "flags has R and from == server|false",
        "closed == reset and len > 5|true",
        "closed == reset and len > 50|false",
        "closed == open or len > 5|true",
        "client_state == CLOSED|true",
        "client_state == SYN_SENT|false",
        "packet.client_state == SYN_SENT|true",
        "annotations.reset == 1|true",
        "annotations has retransmission|false",
        "capture_quality has drops|false",
        "time < 10s|true",
        "time > 10s|false",
      })
  void choosesConnectionsThatHaveOneSegmentForWhichAllHolds(String expression, boolean chosen)
      throws SelectionException {
    ConnectionSelection selection =
        surveyed(Where.ofConnections(expression), new SegmentRange(ANY, ANY, ANY, ANY), false);
    assertEquals(chosen, selection.includes(CAPTURE.report()));
  }

  @Test
  void takesBarsForOr() throws SelectionException {
    assertEquals("16", frames("frame==1||frame==6"));
  }

  @Test
  void takesARangeAndAnExpressionOfTheSameSegment() throws SelectionException {
    Where data = Where.ofConnections("len > 0");
    SegmentRange first = new SegmentRange(List.of("1-3"), ANY, ANY, ANY);
    SegmentRange later =
        new SegmentRange(List.of("1", "4,5"), List.of("client"), List.of("1s"), List.of("2s"));

    assertEquals(false, surveyed(data, first, false).includes(CAPTURE.report()));
    ConnectionSelection selection = surveyed(data, later, false);
    assertTrue(selection.includes(CAPTURE.report()));
    assertEquals(true, selection.shows(CAPTURE.seen(4)));
    assertEquals(false, selection.shows(CAPTURE.seen(1)));
    assertEquals(false, selection.shows(CAPTURE.seen(5)));
    assertEquals(false, selection.shows(CAPTURE.seen(6)));
  }

  @Test
  void asksForNoReadingBeforehandWhereNoneIsNeeded() throws SelectionException {
    SegmentRange any = new SegmentRange(ANY, ANY, ANY, ANY);
    assertEquals(0, readings(Where.ofPackets("len > 5 and client == 10.0.0.1"), any, true));
    assertEquals(0, readings(Where.ofConnections("closed == reset"), any, false));
    assertEquals(1, readings(Where.ofPackets("len > 5 and closed == reset"), any, true));
    assertEquals(1, readings(Where.ofConnections("len > 5"), any, false));
    assertEquals(2, readings(Where.ofConnections("len > 5 and closed == reset"), any, false));
  }

  @Test
  void sortsConnectionsOutByTheirAddressesAlone() throws SelectionException {
    for (String expression :
        List.of("server == 80", "server == 80 and len > 5 and closed == open")) {
      ConnectionSelection selection = selection(Where.ofPackets(expression), true);
      assertTrue(selection.mayInclude(1, Reported.key(5000, 80)), expression);
      assertEquals(false, selection.mayInclude(1, Reported.key(5000, 81)), expression);
    }
    assertTrue(
        selection(Where.ofPackets("server == 80 or len > 5"), true)
            .mayInclude(1, Reported.key(5000, 81)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client in 10.0.0.0/8",
        "client in (192.168.0.0/16, 10.0.0.1)",
        "client == 10.0.0.1",
        "client == 5000",
        "client == 10.0.0.1:5000",
        "client != 10.0.0.2",
        "port in 4000..6000",
        "server in 10.0.0.2/31",
        "client in 0.0.0.0/0",
        "not client in ::/0",
        "not server == ::1",
        "port == 80",
        "port contains 80"
      })
  void knowsAddressesNetworksAndPorts(String expression) throws SelectionException {
    ConnectionSelection selection = selection(Where.ofConnections(expression), false);
    assertTrue(selection.includes(Reported.connection(1, Reported.key(5000, 80), 10, Map.of())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lenn > 5|there is no field 'lenn'; did you mean len?",
        "lenn > 5|(at the ^ in: ^lenn > 5)",
        "annotations.retransmision|did you mean annotations.retransmission?",
        "len > x|'x' is no whole number",
        "len > 1.5|'1.5' is no whole number",
        "len > 1e99|'1e99' is no whole number",
        "len > 1e999999999|no whole number",
        "len > 5q|no whole number",
        "rtt.max > 5M|'5M' is no duration",
        "time > noon|'noon' is no time",
        "time > 2026-13-01|'2026-13-01' is no time",
        "closed == rest|'closed' is never 'rest'; did you mean reset? (at the ^ in: closed == ^rest)",
        "closed == qqqq|it is four-segment, three-segment",
        "closed > reset|'closed' has no order",
        "closed in open..reset|no range",
        "closed contains reset|'closed' holds one value: compare it with ==",
        "flags == X|'X' are no flags",
        "client == localhost|names are not looked up",
        "client in 10.0.0.0/33|'10.0.0.0/33' is no network",
        "client in 10.0.0.1:80/8|is no address without a port",
        "handshake.client.sack == yes|is true, false or absent, never 'yes'",
        "len >|expected a value, not the end (at the ^ in: len >^)",
        "len > 5 6|expected and, or, or the end, not '6'",
        "(len > 5|expected a closing bracket, not the end",
        "len > 5)|expected and, or, or the end, not ')'",
        "len = 5|write ==",
        "len > 5 & len < 7|write &&",
        "len in (1,|expected a value",
        "len in 1..|expected a value",
        "len in 5..3|nothing is in 5..3: give the lower end of a range first (at the ^ in: len in 5..^3)",
        "and|expected the name of a field, not 'and'",
        "'len' > 5|expected the name of a field",
        "notes.text has \"x|the quote \" has no end",
        "len > from_client.bytes|is a field, and a field is compared with a value",
      })
  void saysWhatIsWrongAndWhere(String expression, String part) {
    SelectionException mistake =
        assertThrows(SelectionException.class, () -> Where.ofPackets(expression));
    assertTrue(mistake.getMessage().contains(part), mistake.getMessage());
    assertTrue(mistake.getMessage().contains("^"), mistake.getMessage());
  }

  @Test
  void refusesWhatWouldTakeTooMuch() {
    String deep = "(".repeat(100_000) + "len > 1" + ")".repeat(100_000);
    String wide = "closed == reset or ".repeat(64) + "closed == reset";

    for (String expression : List.of(deep, "not ".repeat(100_000) + "len", wide)) {
      SelectionException mistake =
          assertThrows(SelectionException.class, () -> Where.ofConnections(expression));
      assertTrue(mistake.getMessage().startsWith("more than"), mistake.getMessage());
      assertTrue(mistake.getMessage().length() < 300, mistake.getMessage());
    }
    assertThrows(SelectionException.class, () -> Where.ofConnections("  "));
  }

  private static String frames(String expression) throws SelectionException {
    ConnectionSelection selection =
        surveyed(Where.ofPackets(expression), new SegmentRange(ANY, ANY, ANY, ANY), true);
    StringBuilder frames = new StringBuilder();
    for (TraceEvent event : CAPTURE.events()) {
      if (event instanceof SegmentSeen segment && selection.includes(segment)) {
        frames.append(segment.segment().frame());
      }
    }
    return frames.toString();
  }

  private static ConnectionSelection selection(Where where, boolean choosesSegments)
      throws SelectionException {
    return new ConnectionSelection(ANY, ANY, ANY, ANY, ANY)
        .narrow(where, new SegmentRange(ANY, ANY, ANY, ANY), choosesSegments);
  }

  private static ConnectionSelection surveyed(
      Where where, SegmentRange range, boolean choosesSegments) throws SelectionException {
    ConnectionSelection selection =
        new ConnectionSelection(ANY, ANY, ANY, ANY, ANY).narrow(where, range, choosesSegments);
    survey(selection);
    return selection;
  }

  private static int readings(Where where, SegmentRange range, boolean choosesSegments)
      throws SelectionException {
    return survey(
        new ConnectionSelection(ANY, ANY, ANY, ANY, ANY).narrow(where, range, choosesSegments));
  }

  private static int survey(ConnectionSelection selection) {
    selection.begin(CAPTURE.segment(1).timestampNanos());
    int readings = 0;
    for (TraceSink sink = selection.survey(); sink != null; sink = selection.survey()) {
      for (TraceEvent event : CAPTURE.events()) {
        event.deliverTo(sink);
      }
      readings++;
    }
    return readings;
  }
}
