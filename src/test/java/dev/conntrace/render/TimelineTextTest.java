package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTextTest {
  private static final String FILE = "capture.pcap";

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void tellsAnExchangeFromOpeningToTimeWait(int width) throws IOException {
    Scene scene = Scenes.exchange();
    GoldenText.check(
        "exchange-" + width + ".txt", print(plain(width), scene, Scenes.exchangeReport(scene)));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void tellsATransferWithLossFullReceiverAndReset(int width) throws IOException {
    Scene scene = Scenes.lossy();
    GoldenText.check(
        "lossy-" + width + ".txt", print(plain(width), scene, Scenes.lossyReport(scene)));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void givesAnOverviewBeforeTheTimelines(int width) throws IOException {
    StringBuilder out = new StringBuilder();
    Scene exchange = Scenes.exchange();
    Scene lossy = Scenes.lossy();
    new TimelineText(out, plain(width))
        .overview(
            FILE,
            Scenes.capture(),
            List.of(Scenes.exchangeReport(exchange), Scenes.lossyReport(lossy), Scenes.unknown()));
    GoldenText.check("overview-" + width + ".txt", out.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 100, 132, 160, 250})
  void keepsToTheWidth(int width) throws IOException {
    Scene scene = Scenes.lossy();
    for (String line : print(plain(width), scene, Scenes.lossyReport(scene)).lines().toList()) {
      assertTrue(line.length() <= width, line);
      assertEquals(line.stripTrailing(), line);
    }
  }

  @Test
  void coloursChangeNothingElse() throws IOException {
    Scene scene = Scenes.lossy();
    ConnectionReport report = Scenes.lossyReport(scene);
    Palette marked = (meaning, text) -> "\u001b[" + meaning + "m" + text + "\u001b[m";
    String coloured = print(new Layout(160, marked, TimeMode.RELATIVE, false), scene, report);
    assertEquals(print(plain(160), scene, report), coloured.replaceAll("\u001b\\[[A-Z]*m", ""));
  }

  @Test
  void foldsRunsOfPlainSegmentsUnlessAskedNotTo() throws IOException {
    Scene scene = Scenes.lossy();
    ConnectionReport report = Scenes.lossyReport(scene);
    String folded = print(plain(160), scene, report);
    assertTrue(folded.contains("frames 5-28: 12 data segments from the server, bytes 1-17376"));
    assertFalse(folded.contains("data, bytes 1-1448"));
    String unfolded = print(new Layout(160, Palette.PLAIN, TimeMode.RELATIVE, true), scene, report);
    assertTrue(unfolded.contains("data, bytes 1-1448"));
    assertFalse(unfolded.contains("frames 5-28"));
  }

  @Test
  void showsAShortExchangeSegmentBySegment() throws IOException {
    Scene scene = Scenes.handshake();
    for (int i = 0; i < 2; i++) {
      scene.payload("ping").fromClient("P.", 1 + 4 * i, 4, 1 + 4 * i);
      scene.payload("pong").fromServer("P.", 1 + 4 * i, 4, 5 + 4 * i);
    }
    String printed = print(plain(160), scene, Scenes.exchangeReport(scene));
    assertEquals(2, countOf("\"ping\"", printed));
    assertEquals(2, countOf("\"pong\"", printed));
  }

  @Test
  void foldsAnEndlessExchangeOnceItsKindIsClear() throws IOException {
    Scene scene = Scenes.handshake();
    for (int i = 0; i < 500; i++) {
      scene.payload("ping").fromClient("P.", 1 + 4 * i, 4, 1 + 4 * i);
      scene.payload("pong").fromServer("P.", 1 + 4 * i, 4, 5 + 4 * i);
    }
    String printed = print(plain(160), scene, Scenes.exchangeReport(scene));
    assertEquals(6, countOf("\"ping\"", printed));
    assertTrue(printed.contains("988 segments"));
  }

  @Test
  void neverFoldsWhatStandsOut() throws IOException {
    Scene scene = Scenes.handshake();
    for (int i = 0; i < 20; i++) {
      scene.fromServer(".", 1 + 100 * i, 100, 1);
    }
    scene.note(AnnotationKind.WINDOW_FULL, "the server has used the window up");
    scene.fromServer(".", 2001, 100, 1);
    String printed = print(plain(160), scene, Scenes.exchangeReport(scene));
    assertTrue(printed.contains("[window-full]"));
  }

  @Test
  void foldsWhatASideRepeats() throws IOException {
    Scene scene = Scenes.handshake();
    for (int i = 0; i < 20; i++) {
      scene.note(AnnotationKind.DUPLICATE_ACK, "still wants byte 1").fromClient(".", 1, 0, 1);
    }
    scene.fromClient(".", 1, 0, 5000);
    String printed = print(plain(160), scene, Scenes.exchangeReport(scene));
    assertEquals(2, countOf("still wants byte 1", printed));
    assertTrue(
        printed.contains("frames 6-23: 18 pure ACKs from the client; duplicate-ack 18"), printed);
    assertTrue(printed.contains("acknowledges everything up to byte 4999"), printed);
  }

  @Test
  void foldsResetsThatNobodyHears() throws IOException {
    Scene scene = Scenes.handshake();
    for (int i = 0; i < 20; i++) {
      scene.note(AnnotationKind.RESET_IGNORED, "ignored").fromClient("R", 500 + i, 0, 0);
    }
    String printed = print(plain(160), scene, Scenes.exchangeReport(scene));
    assertTrue(
        printed.contains("frames 6-23: 18 more segments of the same kind; reset-ignored 18"),
        printed);
    assertTrue(lineOf("frames 6-23", printed).startsWith("! "), printed);
    assertFalse(lineOf("at 500", printed).contains("win"), printed);
  }

  @Test
  void showsWhatIsNoTextAsNumbers() throws IOException {
    Scene scene =
        Scenes.handshake().payload("\u0016\u0003\u0001\u0002\u0000\u0001\u00fc\u00ff\u0003a");
    scene.fromClient("P.", 1, 517, 1);
    String printed = print(plain(160), scene, Scenes.exchangeReport(scene));
    assertTrue(printed.contains("data, bytes 1-517: hex 16 03 01 02 00 01 fc ff..."), printed);
  }

  @Test
  void doesNotSayWhatIsSaidAlready() throws IOException {
    Scene scene =
        new Scene()
            .note(AnnotationKind.FIN_ACKED, "the FIN is acknowledged")
            .note(AnnotationKind.CLOSE_COMPLETE, "both FINs are acknowledged")
            .client(TcpState.TIME_WAIT, "waits")
            .fromClient(".", 5, 0, 5);
    String printed = print(plain(160), scene, Scenes.unknown());
    assertFalse(printed.contains("the FIN is acknowledged"), printed);
    assertTrue(printed.contains("both FINs are acknowledged"), printed);
  }

  @Test
  void explainsOnce() throws IOException {
    StringBuilder out = new StringBuilder();
    TimelineText timeline = new TimelineText(out, plain(160));
    for (int i = 0; i < 3; i++) {
      Scene scene = Scenes.exchange();
      ConnectionReport report = Scenes.exchangeReport(scene);
      scene.playTo(timeline.connection(FILE, report));
      timeline.end(report);
    }
    assertEquals(1, countOf("Why three segments? ", out.toString()));
    assertEquals(1, countOf("Why three segments and not four?", out.toString()));
    assertEquals(1, countOf("Why wait at all?", out.toString()));
    assertEquals(3, countOf("because it closed first: 60 s from frame 10", out.toString()));
  }

  @ParameterizedTest
  @EnumSource(TimeMode.class)
  void countsTimeAsAsked(TimeMode mode) throws IOException {
    Scene scene = Scenes.exchange();
    String printed =
        print(new Layout(160, Palette.PLAIN, mode, false), scene, Scenes.exchangeReport(scene));
    String fourth = lineOf("Data here!", printed);
    switch (mode) {
      case UTC -> assertTrue(fourth.contains(" 22:13:20.123638 "), fourth);
      case RELATIVE -> assertTrue(fourth.contains(" 0.000182 "), fourth);
      case DELTA -> assertTrue(fourth.contains(" +0.000150 "), fourth);
      case LOCAL -> assertTrue(fourth.contains(":20.123638 "), fourth);
    }
  }

  @ParameterizedTest
  @EnumSource(TimeMode.class)
  void survivesWhatIsNotKnown(TimeMode mode) throws IOException {
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
      String printed =
          print(new Layout(width, Palette.PLAIN, mode, false), scene, Scenes.unknown());
      assertTrue(printed.contains("no times"));
      assertTrue(printed.contains("win 65536?"));
    }
  }

  @Test
  void namesTheFramesThatAnAckCovers() throws IOException {
    Scene scene = Scenes.handshake();
    scene.client(TcpState.ESTABLISHED, "").fromServer("P.", 1, 100, 1);
    scene.client(TcpState.ESTABLISHED, "").fromServer("P.", 101, 100, 1);
    scene.client(TcpState.ESTABLISHED, "").fromClient(".", 1, 0, 201);
    String printed = print(plain(160), scene, Scenes.exchangeReport(scene));
    assertTrue(
        printed.contains("acknowledges everything up to byte 200 (frames 4-5, 2 segments, "));
  }

  @Test
  void listensToItsOwnConnectionOnly() throws IOException {
    Scene scene = Scenes.exchange();
    TraceSink sink =
        new TimelineText(new StringBuilder(), plain(80))
            .connection(FILE, Scenes.exchangeReport(scene));
    assertTrue(sink.wants(Importance.SEGMENT, 1));
    assertTrue(sink.wants(Importance.STATE, 1));
    assertFalse(sink.wants(Importance.SEGMENT, 2));
    assertFalse(sink.wants(Importance.SKIPPED, 1));
  }

  @Test
  void passesOnThatTheOutputFailed() throws IOException {
    Scene scene = Scenes.exchange();
    Appendable broken =
        new Appendable() {
          private int lines;

          @Override
          public Appendable append(CharSequence text) throws IOException {
            if (lines++ > 30) {
              throw new IOException("broken pipe");
            }
            return this;
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text);
          }

          @Override
          public Appendable append(char c) throws IOException {
            return append("c");
          }
        };
    TraceSink sink =
        new TimelineText(broken, plain(80)).connection(FILE, Scenes.exchangeReport(scene));
    assertThrows(UncheckedIOException.class, () -> scene.playTo(sink));
  }

  private static Layout plain(int width) {
    return new Layout(width, Palette.PLAIN, TimeMode.RELATIVE, false);
  }

  private static String print(Layout layout, Scene scene, ConnectionReport report)
      throws IOException {
    StringBuilder out = new StringBuilder();
    TimelineText timeline = new TimelineText(out, layout);
    scene.playTo(timeline.connection(FILE, report));
    timeline.end(report);
    return out.toString();
  }

  private static int countOf(String part, String text) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      count++;
    }
    return count;
  }

  private static String lineOf(String part, String text) {
    for (String line : text.lines().toList()) {
      if (line.contains(part)) {
        return line;
      }
    }
    return "";
  }
}
