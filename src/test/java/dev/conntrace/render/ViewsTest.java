package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ViewsTest {
  @ParameterizedTest
  @CsvSource({
    "LADDER, 80, ASCII",
    "LADDER, 80, UNICODE",
    "LADDER, 160, UNICODE",
    "LAYERS, 80, ASCII",
    "LAYERS, 160, ASCII",
    "BYTES, 80, ASCII",
    "BYTES, 160, ASCII"
  })
  void showsATransferWithLossFullReceiverAndReset(View view, int width, Strokes strokes)
      throws IOException {
    Scene scene = Scenes.lossy();
    String name = (view + "-" + width).toLowerCase(Locale.ROOT);
    GoldenText.check(
        name + (strokes == Strokes.UNICODE ? "-unicode.txt" : ".txt"),
        print(plain(width), view, strokes, scene, Scenes.lossyReport(scene)));
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void keepsToTheWidth(View view) throws IOException {
    Scene scene = Scenes.lossy();
    for (int width : new int[] {60, 80, 100, 132, 160, 250}) {
      String printed = print(plain(width), view, Strokes.UNICODE, scene, Scenes.lossyReport(scene));
      for (String line : printed.lines().toList()) {
        assertTrue(line.length() <= width, line);
        assertEquals(line.stripTrailing(), line);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void survivesWhatIsNotKnown(View view) throws IOException {
    Scene scene =
        new Scene()
            .noTimes()
            .scaleUnknown()
            .fromClient("P.", -5_000_000_000L, 10, -7)
            .fromServer(".", -7, 0, -4_999_999_990L)
            .fromClient("", Long.MAX_VALUE - 5, 0, 0)
            .fromServer("R", Long.MIN_VALUE, 0, 0)
            .fromClient("FSRP.U", 0, Integer.MAX_VALUE, Long.MAX_VALUE);
    for (int width = 1; width < 200; width += 13) {
      String printed = print(plain(width), view, Strokes.ASCII, scene, Scenes.unknown());
      assertTrue(printed.contains("no times"));
    }
  }

  @Test
  void drawsAsciiAloneWhereThatIsAskedFor() throws IOException {
    Scene scene = Scenes.exchange();
    String printed =
        print(plain(80), View.LADDER, Strokes.ASCII, scene, Scenes.exchangeReport(scene));
    assertTrue(printed.chars().allMatch(c -> c < 0x7F), printed);
    assertFalse(printed.contains("Why three segments"), "lessons have no place in a diagram");
  }

  private static Layout plain(int width) {
    return new Layout(width, Palette.PLAIN, TimeMode.RELATIVE, false);
  }

  private static String print(
      Layout layout, View view, Strokes strokes, Scene scene, ConnectionReport report)
      throws IOException {
    StringBuilder out = new StringBuilder();
    TimelineText timeline = new TimelineText(out, layout, view, strokes);
    TraceSink foresight = timeline.foresight(List.of(report));
    if (foresight != null) {
      scene.playTo(foresight);
    }
    scene.playTo(timeline.connection("capture.pcap", report));
    timeline.end(report);
    return out.toString();
  }
}
