package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The views of a connection, on samples of which is known what happened. */
class ViewsTest {
  private static final String SAMPLES = "sample-captures/";

  @Test
  void theLadderShowsWhichSegmentsHadToBeSentAgain() {
    String ladder = timeline("--ladder", "loss/loss-at-sender.pcap");
    assertEquals("sent again in frame 77", fate(ladder, 30));
    assertEquals("sent again in frame 79", fate(ladder, 31));
    assertEquals("sent again in frame 93", fate(ladder, 88));
    assertTrue(row(ladder, 30).contains("--x "), row(ladder, 30));
    // A probe for the end of the data proves no loss.
    assertTrue(row(ladder, 89).contains("-->|"), row(ladder, 89));
    assertTrue(ladder.contains("x  had to be sent again; nothing shows that this one arrived"));
  }

  @Test
  void theLadderDoesNotCallLostWhatTheReceiverReported() {
    String ladder = timeline("--ladder", "needless-retransmission/delay-spike.pcap");
    for (String line : ladder.lines().toList()) {
      assertFalse(line.contains("--x "), line);
    }
  }

  @Test
  void theLadderShowsAThirdAttemptForTheSecond() {
    String ladder = timeline("--ladder", "handshake-loss/syn-ack-lost.pcap");
    assertTrue(row(ladder, 2).contains("x--"), row(ladder, 2));
    assertTrue(row(ladder, 3).contains("x--"), row(ladder, 3));
    assertFalse(row(ladder, 5).contains("x--"), row(ladder, 5));
    assertTrue(row(ladder, 1).contains("-->|"), "it was answered: " + row(ladder, 1));
  }

  @Test
  void theLadderPutsLateSegmentsBeforeThoseThatOvertookThem() {
    assertTrue(
        timeline("--ladder", "reordering/reordering.pcap")
            .contains("late: belongs before frame 28"));
  }

  @Test
  void aSocketThatCalledItselfHasTwoLifelines() {
    String ladder = timeline("--ladder", "self-connection/self-connection.pcap");
    assertTrue(ladder.lines().anyMatch(line -> line.matches(" *127.0.0.1:41000 +127.0.0.1:41000")));
  }

  @ParameterizedTest
  @CsvSource({"LC_ALL, C.UTF-8, true", "LC_CTYPE, de_DE.utf8, true", "LANG, C, false"})
  void theLadderIsDrawnAsTheLocaleAllows(String variable, String value, boolean unicode) {
    String out =
        Invocation.of("timeline", "--ladder", SAMPLES + "tutorial/tutorial.pcap")
            .with(variable, value)
            .tracedBy(Engine.TRACER)
            .run()
            .out();
    assertEquals(unicode, out.contains("│"));
  }

  @Test
  void theLadderKnowsTheLocaleThatTheLauncherOverrode() {
    Invocation call =
        Invocation.of("timeline", "--ladder", SAMPLES + "tutorial/tutorial.pcap")
            .with("CONNTRACE_LOCALE", "C")
            .with("LC_ALL", "C.UTF-8")
            .tracedBy(Engine.TRACER)
            .run();
    assertFalse(call.out().contains("│"), call.out());
  }

  @Test
  void theLayersAddUpToThePacket() {
    String layers = timeline("--layers", "encapsulation/vxlan.pcap");
    assertTrue(row(layers, 8).endsWith("64 +   20 +   32 +     10 =    126"), row(layers, 8));
    assertTrue(layers.contains("Ethernet 14 + IPv4 20 + UDP 8 + VXLAN 8 + Ethernet 14"), layers);
    assertTrue(layers.contains("| Ethernet        + 14    = 126"), layers);
  }

  @Test
  void theBytesTellWhatIsMissingAndWhatWaits() {
    String bytes = timeline("--bytes", "loss/loss-at-receiver.pcap").replaceAll("\\s+", " ");
    assertTrue(
        bytes.contains(
            "client keeps 28961-33304 (4344 of 80896 allowed)"
                + " | server: 1-28960 usable | 28961-31856 missing | 31857-33304 waiting"),
        bytes);
    assertTrue(bytes.contains("fills part of the hole: the server can hand bytes 28961-30408"));
    assertTrue(
        bytes.contains(
            "fills the hole: the server can hand bytes 43441-72400"
                + " (27512 of them had waited up to 21.4 ms) to its application"),
        bytes);
  }

  @Test
  void fromAfarOnlyAcknowledgementsTellWhatArrived() {
    String bytes = timeline("--bytes", "loss/loss-at-sender.pcap").replaceAll("\\s+", " ");
    assertTrue(bytes.contains("the server is far from"), bytes);
    assertTrue(bytes.contains("passed here before, but the server lacks it"), bytes);
    assertTrue(
        bytes.contains("the server confirms bytes 30409-43440 (11584 of them had waited"), bytes);
    assertFalse(bytes.contains("can hand bytes 1-1448"), bytes);
  }

  @Test
  void theBytesOfChosenFramesStandWhereTheyStand() {
    String part =
        real("timeline", "--bytes", "--frames=80", SAMPLES + "loss/loss-at-receiver.pcap").out();
    assertTrue(
        part.replaceAll("\\s+", " ").contains("hand bytes 30409-43440 (11584 of them"), part);
  }

  @Test
  void aFrameIsExplainedWithItsChecksumPayloadAndSurroundings() {
    String text = explain("tutorial/tutorial-answered.pcap", "6").replaceAll("\\s+", " ");
    assertTrue(text.contains("checksum 0xfe2f, partial"), text);
    assertTrue(text.contains("Ethernet 14 + IPv4 20 + TCP 32 + data 7 = 73 bytes"), text);
    assertTrue(text.contains("0000 47 6f 74 20 69 74 2e Got it."), text);
    assertTrue(text.contains("frame 7 (acknowledges it)"), text);
    assertTrue(text.contains("SND.NXT 11 (next to send): in flight 0 of 65536"), text);
    assertTrue(explain("loss/loss-at-sender.pcap", "6").contains("not verifiable"));
    assertTrue(explain("encapsulation/gre.pcap", "4").contains("checksum"));
  }

  @Test
  void aFrameThatChangedAStateIsExplainedWithBoth() {
    String text = explain("tutorial/tutorial.pcap", "6").replaceAll("\\s+", " ");
    assertTrue(text.contains("client ESTABLISHED -> FIN_WAIT_1: sent its FIN"), text);
    assertTrue(text.contains("server ESTABLISHED, before and after it"), text);
  }

  @Test
  void theHeaderIsDrawnWithItsValues() {
    List<String> lines =
        explain("tutorial/tutorial-answered.pcap", "6", "--header").lines().toList();
    assertTrue(
        lines.contains("  |       source port 6573        |    destination port 40292     |"));
    assertTrue(
        lines.contains("  |off. 8 |0 0 0|. . . . A P . . .|           window 64           |"));
    assertTrue(
        lines.contains("  |                          1846071305                           |"));
  }

  @Test
  void aPacketThatIsNoSegmentIsExplainedToo() {
    String text = explain("mixed-traffic/mixed-traffic.pcap", "1");
    assertTrue(text.contains("Frame 1: no TCP segment"), text);
    assertTrue(text.contains("address resolution (counted as arp)"), text);
    assertTrue(text.contains("Ethernet 14"), text);
    Invocation ndjson =
        real("explain", "--format", "ndjson", SAMPLES + "mixed-traffic/mixed-traffic.pcap", "1");
    assertEquals(2, ndjson.status());
    assertTrue(ndjson.err().contains("frame 1 holds no TCP segment: arp"), ndjson.err());
  }

  @Test
  void whenAndBetweenWhomAPacketWentIsToldWhateverItIs() {
    String udp = explain("mixed-traffic/mixed-traffic.pcap", "3");
    assertTrue(udp.contains("a UDP datagram"), udp);
    assertTrue(udp.contains("  time      2026-"), udp);
    assertTrue(
        udp.lines().anyMatch(line -> line.matches("  from, to  \\S+:\\d+ -> \\S+:\\d+")), udp);
  }

  @Test
  void whereNoHeaderCanBeDrawnThatIsSaid() {
    Invocation arp = real("explain", "--header", SAMPLES + "mixed-traffic/mixed-traffic.pcap", "1");
    assertTrue(arp.err().endsWith("frame 1 is no TCP segment: there is no header to draw\n"));
    Invocation piece = real("explain", "--header", SAMPLES + "fragments/fragments.pcap", "7");
    assertTrue(piece.err().contains("frame 7 holds only a part of its segment"), piece.err());
  }

  @Test
  void aSegmentThatCameInFragmentsIsNotCalledTooLong() {
    String text = explain("fragments/fragments.pcap", "7").replaceAll("\\s+", " ");
    assertTrue(text.contains("data 1448 = 1514 bytes; it came in several frames"), text);
    assertFalse(text.contains("more than the frame has"), text);
  }

  @Test
  void theTermsOfWhereNameTheTroublesOfACapture() {
    String text = real("explain", "where").out().replaceAll("\\s+", " ");
    assertTrue(text.contains("capture_quality.id words: drops, one-sided, doubled"), text);
  }

  @Test
  void aFrameThatIsNotThereIsAnError() {
    Invocation call = real("explain", SAMPLES + "tutorial/tutorial.pcap", "10");
    assertEquals(2, call.status());
    assertTrue(call.err().contains("there is no frame 10; the last one is 9"), call.err());
  }

  private static String timeline(String view, String sample) {
    Invocation call = real("timeline", view, "--all", "--width", "80", SAMPLES + sample);
    assertEquals(0, call.status(), call.err());
    return call.out();
  }

  private static String explain(String sample, String... words) {
    Object[] all = new Object[words.length + 2];
    all[0] = "explain";
    all[1] = SAMPLES + sample;
    System.arraycopy(words, 0, all, 2, words.length);
    Invocation call = real(all);
    assertEquals(0, call.status(), call.err());
    return call.out();
  }

  /** Returns the first line of a frame. */
  private static String row(String timeline, long frame) {
    for (String line : timeline.lines().toList()) {
      if (line.matches("[ !X] +" + frame + "  .*[|+].*")) {
        return line;
      }
    }
    throw new AssertionError("no frame " + frame + " in\n" + timeline);
  }

  /** Returns what the line below a frame's arrow says. */
  private static String fate(String ladder, long frame) {
    List<String> lines = ladder.lines().toList();
    String below = lines.get(lines.indexOf(row(ladder, frame)) + 1);
    return below.substring(below.indexOf("sent again"), below.lastIndexOf('|')).strip();
  }

  private static Invocation real(Object... words) {
    return Invocation.of(words).tracedBy(Engine.TRACER).run();
  }
}
