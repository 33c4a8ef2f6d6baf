package dev.conntrace.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text as an expression: it is refused in one line with a mark, or chooses, and its opposite
 * chooses the rest.
 */
class WhereFuzzTest {
  private static final List<String> ANY = List.of();
  private static final int MAX_BYTES = 300;
  private static final int MAX_MESSAGE_CHARS = 1000;

  private static final Traced CAPTURE =
      Script.run(
          Script.HANDSHAKE
              + """
              +1    > P. 1:11(10) ack 1
              +.010 < .  1:1(0) ack 11
              +.010 > R. 11:11(0) ack 1
              """);

  static Stream<byte[]> expressions() {
    return Stream.of(
            "frame in (1, 3..4, 6) and not flags has AR",
            "closed == reset && from_client.bytes > 1e1 || len == 0.01k",
            "time > 2000-01-01 and duration in 1..2",
            "client in (192.168.0.0/16, 10.0.0.1:5000) or server in ::/0",
            "exists(annotations.reset) and annotations has reset",
            "notes.text contains 'asks for' and window_scale != unknown",
            "rtt.max > 5ms and from in {client,server}",
            "connection.client_state == CLOSED and packet.client_state == SYN_SENT")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("expressions")
  @FuzzTest
  void choosesOrSaysWhatIsWrong(byte[] input) {
    String expression =
        new String(input, 0, Math.min(input.length, MAX_BYTES), StandardCharsets.UTF_8);
    List<Long> chosen;
    try {
      chosen = frames(expression);
      Where.ofConnections(expression);
    } catch (SelectionException e) {
      assertTrue(e.getMessage().contains("^") || expression.isBlank(), e.getMessage());
      assertTrue(e.getMessage().length() < MAX_MESSAGE_CHARS, e.getMessage());
      return;
    }
    assertEquals(chosen, again(expression), "a second time");
    List<Long> rest = again("not (" + expression + ")");
    rest.addAll(chosen);
    rest.sort(null);
    assertTrue(rest.equals(List.of(1L, 2L, 3L, 4L, 5L, 6L)), expression + " and its opposite");
  }

  private static List<Long> again(String expression) {
    try {
      return frames(expression);
    } catch (SelectionException e) {
      throw new AssertionError(expression, e);
    }
  }

  private static List<Long> frames(String expression) throws SelectionException {
    ConnectionSelection selection =
        new ConnectionSelection(ANY, ANY, ANY, ANY, ANY)
            .narrow(Where.ofPackets(expression), new SegmentRange(ANY, ANY, ANY, ANY), true);
    selection.begin(CAPTURE.segment(1).timestampNanos());
    for (TraceSink sink = selection.survey(); sink != null; sink = selection.survey()) {
      for (TraceEvent event : CAPTURE.events()) {
        event.deliverTo(sink);
      }
    }
    List<Long> frames = new ArrayList<>();
    for (TraceEvent event : CAPTURE.events()) {
      if (event instanceof SegmentSeen segment && selection.includes(segment)) {
        frames.add(segment.segment().frame());
      }
    }
    return frames;
  }
}
