package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections, packets and summary as text. */
class TablesTest {
  private final StringBuilder out = new StringBuilder();

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void connectionsFitTheWidth(int width) throws IOException {
    ConnectionsText text = new ConnectionsText(out, plain(width));
    text.connection("a.pcap", Scenes.exchangeReport(Scenes.exchange()));
    text.connection("a.pcap", Scenes.lossyReport(Scenes.lossy()));
    text.connection("b.pcap", Scenes.unknown());
    text.end();
    GoldenText.check("connections-" + width + ".txt", out.toString());
    for (String line : out.toString().lines().toList()) {
      // Long positions may push a line of numbers out by a few columns; ids never go beyond the
      // width.
      boolean numbersAlone = !line.isEmpty() && Character.isDigit(line.charAt(line.length() - 1));
      assertTrue(numbersAlone || line.length() <= width, line);
    }
  }

  @Test
  void saysThatThereWasNoConnection() throws IOException {
    new ConnectionsText(out, plain(80)).end();
    assertEquals("no TCP connection\n", out.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void packetsFitTheWidth(int width) throws IOException {
    PacketsText text = new PacketsText(out, plain(width));
    for (SegmentSeen event : Scenes.lossy().segments()) {
      text.segment("a.pcap", event);
    }
    GoldenText.check("packets-" + width + ".txt", out.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void summaryBeginsWithTheCapturesQuality(int width) throws IOException {
    new SummaryText(out, plain(width)).summary("a.pcap", Scenes.capture());
    GoldenText.check("summary-" + width + ".txt", out.toString());
    assertTrue(out.toString().lines().toList().get(1).contains("beware"));
  }

  private static Layout plain(int width) {
    return new Layout(width, Palette.PLAIN, TimeMode.RELATIVE, false);
  }
}
