package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.wire.ChecksumState;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EscapedTest {
  private static final String HOSTILE =
      "\u001b]0;owned\u0007\u009b31m\u202e\u2066\u200f\u0000\r\n\t\\";

  @Test
  void leavesPrintableAsciiAsItIs() {
    assertEquals("GET / HTTP/1.1 ~!", Escaped.text("GET / HTTP/1.1 ~!"));
  }

  @Test
  void escapesControlsBidiControlsAndBackslash() {
    assertEquals(
        "\\x1b]0;owned\\x07\\x9b31m\\u202e\\u2066\\u200f\\x00\\r\\n\\t\\\\", Escaped.text(HOSTILE));
  }

  @Test
  void escapesEveryCharacterThatIsNotPrintableAscii() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String escaped = Escaped.text("a" + (char) c);
      for (int i = 0; i < escaped.length(); i++) {
        assertTrue(escaped.charAt(i) >= ' ' && escaped.charAt(i) < 0x7f);
      }
    }
  }

  @Test
  void quotesSoThatNothingCanPretendToStandOutside() {
    assertEquals("\"a\\\" b\\\\\"", Escaped.quoted("a\" b\\"));
  }

  @Test
  void nothingHostileReachesTheTerminal() throws IOException {
    Scene scene = Scenes.handshake().payload(HOSTILE).fromClient("P.", 1, HOSTILE.length(), 1);
    ConnectionReport report = Scenes.exchangeReport(scene);
    StringBuilder out = new StringBuilder();
    Layout layout = new Layout(80, Palette.PLAIN, TimeMode.RELATIVE, false);
    TimelineText timeline = new TimelineText(out, layout);
    timeline.overview(HOSTILE, Scenes.capture(), List.of(report));
    scene.playTo(timeline.connection(HOSTILE, report));
    timeline.end(report);
    timeline.connection(HOSTILE, Scenes.unknown());
    for (View view : View.values()) {
      TimelineText other = new TimelineText(out, layout, view, Strokes.ASCII);
      scene.playTo(other.connection(HOSTILE, report));
      other.end(report);
    }
    FrameDetails details =
        new FrameDetails(
            HOSTILE, 100, 100, List.of(), HOSTILE, HOSTILE, ChecksumState.NOT_CAPTURED);
    FrameContext context = new FrameContext(report, 4);
    ExplainText explain = new ExplainText(out, layout);
    explain.frame(HOSTILE, report, scene.segments().get(3), context, details, true);
    explain.skipped(HOSTILE, 4, 0, "", "udp", "a UDP datagram", details);
    new SummaryText(out, layout).summary(HOSTILE, Scenes.capture());
    PacketsText packets = new PacketsText(out, layout);
    packets.segment("first", scene.segments().get(3));
    packets.segment(HOSTILE, scene.segments().get(3));
    ConnectionsText connections = new ConnectionsText(out, layout);
    connections.connection("first", report);
    connections.connection(HOSTILE, report);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      assertTrue(c == '\n' || (c >= ' ' && c < 0x7f), "character " + (int) c);
    }
  }
}
