package dev.conntrace.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.select.SelectionException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two captures, the second with something else in one place. */
class CaptureDiffTest {
  private static final String GOOD = Recorded.QUESTION;

  private static final DiffOptions ACKS_AND_WINDOWS =
      DiffOptions.DEFAULT.also(EnumSet.of(DiffAspect.ACKS, DiffAspect.WINDOWS));

  private static DiffResult diff(String first, String second, DiffOptions options) {
    return CaptureDiff.between(Recorded.of(first), Recorded.of(second), options);
  }

  private static List<String> texts(DiffResult result) {
    return result.differences().stream().map(Difference::text).toList();
  }

  /** What replaces what in the script, the aspect, and the sentence. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          S  0:0(0) <mss 1460,sackOK     | S  0:0(0) <mss 1460            | opening | B's client offers no SACK, A's does
          ack 1 <mss 1460,sackOK         | ack 1 <mss 1400,sackOK         | opening | A's server offers an MSS of 1460, B's an MSS of 1400
          ack 1 <mss 1460,               | ack 1 <                        | opening | A's server offers an MSS of 1460, B's no MSS
          S  0:0(0) <mss 1460,sackOK,wscale 7> | S  0:0(0) <mss 1460,sackOK> | opening | A's client offers window scale 7, B's no window scale
          wscale 7>`+.010 < S. | wscale 7,TS 5 0>`+.010 < S. | opening | A's client offers no timestamps, B's does
          "GET / 1.1."                   | "GET / 1.0."                   | content | byte 9 of the client is 0x31 in A, 0x30 in B
          "okay"                         | "ok a"                         | content | byte 3 of the server is 0x61 in A, 0x20 in B
          < F. 5:6(0) ack 12`+.001 > .  12:12(0) ack 6 | < R. 5:5(0) ack 12 | closing | A closes by FIN, B closes by RST
          """)
  void namesWhatDiffers(String old, String now, String aspect, String sentence) {
    String find = old.replace("`", "\n");
    assertTrue(GOOD.contains(find), find);
    DiffResult result = diff(GOOD, GOOD.replace(find, now.replace("`", "\n")), DiffOptions.DEFAULT);
    assertEquals(List.of(sentence), texts(result));
    assertEquals(aspect, result.differences().get(0).aspect().id());
  }

  @Test
  void isEqualWhateverTheNumbersPortsAddressesAndDays() {
    Trace other =
        Recorded.of(
            new Script().isns(77, 1_000_000).from("192.0.2.1", 55555).to("192.0.2.9", 80), GOOD);
    DiffResult result = CaptureDiff.between(Recorded.of(GOOD), other, ACKS_AND_WINDOWS);
    assertEquals(List.of(), texts(result));
    assertEquals(1, result.matched());
    assertTrue(result.isComplete());
  }

  @Test
  void aServersOwnPortMattersUnlessTheSystemChoseIt() {
    assertEquals(
        List.of("A's server is on port 80, B's on port 8080"),
        texts(
            CaptureDiff.between(
                Recorded.of(GOOD),
                Recorded.of(new Script().to("10.0.0.2", 8080), GOOD),
                DiffOptions.DEFAULT)));
    assertTrue(
        CaptureDiff.between(
                Recorded.of(new Script().to("10.0.0.2", 39_001), GOOD),
                Recorded.of(new Script().to("10.0.0.2", 45_678), GOOD),
                DiffOptions.DEFAULT)
            .isEqual());
  }

  @Test
  void tellsOfARetransmission() {
    String again =
        GOOD.replace(
            "+.010 < P. 1:5(4)", "+.300 > P. 1:11(10) ack 1 \"GET / 1.1.\"\n+.010 < P. 1:5(4)");
    assertEquals(
        List.of("B's client retransmits bytes 1-10 (timeout-retransmission), A's does not"),
        texts(diff(GOOD, again, DiffOptions.DEFAULT)));
    assertEquals(
        List.of("A's client retransmits bytes 1-10 (timeout-retransmission), B's does not"),
        texts(diff(again, GOOD, DiffOptions.DEFAULT)));
  }

  @Test
  void tellsHowTheSameBytesWereCut() {
    String cut =
        GOOD.replace(
            "+.001 > P. 1:11(10) ack 1 \"GET / 1.1.\"",
            "+.001 > . 1:5(4) ack 1 \"GET \"\n+.0 > P. 5:11(6) ack 1 \"/ 1.1.\"");
    DiffResult result = diff(GOOD, cut, DiffOptions.DEFAULT);
    assertEquals(
        List.of("B's client sends bytes 1-10 in 2 segments where A's sends 1 (same bytes)"),
        texts(result));
    assertEquals(List.of(4L), result.differences().get(0).firstFrames());
    assertEquals(List.of(4L, 5L), result.differences().get(0).secondFrames());
    assertTrue(
        diff(GOOD, cut, DiffOptions.DEFAULT.ignoring(EnumSet.of(DiffAspect.SEGMENTS))).isEqual());
  }

  @Test
  void tellsWhoClosesFirst() {
    String other =
        GOOD.replace(
            "+.500 > F. 11:12(0) ack 5\n+.010 < F. 5:6(0) ack 12\n+.001 > .  12:12(0) ack 6",
            "+.500 < F. 5:6(0) ack 11\n+.010 > F. 11:12(0) ack 6\n+.001 < .  6:6(0) ack 12");
    assertFalse(other.equals(GOOD));
    assertEquals(
        List.of("in A the client closes first, in B the server does"),
        texts(diff(GOOD, other, DiffOptions.DEFAULT)));
  }

  @Test
  void tellsThatTheConnectionWasRefused() {
    String refused =
        """
        +0    > S  0:0(0) <mss 1460,sackOK,wscale 7>
        +.010 < R. 0:0(0) ack 1 win 0
        """;
    assertEquals(
        "A is opened by a three-way handshake; B is refused: a RST answered the SYN",
        texts(diff(GOOD, refused, DiffOptions.DEFAULT)).get(0));
  }

  @Test
  void pureAcksCountOnlyWhereAskedFor() {
    String without = GOOD.replace("+.001 > .  11:11(0) ack 5\n", "");
    DiffResult result = diff(GOOD, without, DiffOptions.DEFAULT);
    assertTrue(result.isEqual());
    assertEquals(Map.of(DiffAspect.ACKS, 1), withoutTimes(result));
    assertEquals(
        List.of("B's client sends 2 pure ACKs where A's sends 3"),
        texts(diff(GOOD, without, ACKS_AND_WINDOWS)));
  }

  private static Map<DiffAspect, Integer> withoutTimes(DiffResult result) {
    Map<DiffAspect, Integer> uncounted = new EnumMap<>(result.uncounted());
    uncounted.remove(DiffAspect.TIMES);
    return uncounted;
  }

  @Test
  void threeOrFourSegmentsToCloseCountOnlyWhereAskedFor() {
    String four =
        GOOD.replace(
            "+.010 < F. 5:6(0) ack 12", "+.010 < .  5:5(0) ack 12\n+.050 < F. 5:6(0) ack 12");
    assertTrue(diff(GOOD, four, DiffOptions.DEFAULT).isEqual());
    assertTrue(
        texts(diff(GOOD, four, ACKS_AND_WINDOWS))
            .contains(
                "A is closed with three segments: the second FIN carried the ACK of the first; B is"
                    + " closed with four segments: each FIN and each ACK of it on its own"));
  }

  @Test
  void windowsCountOnlyWhereAskedFor() {
    String small = GOOD.replace("< S. 0:0(0) ack 1 <", "< S. 0:0(0) ack 1 win 60000 <");
    assertTrue(diff(GOOD, small, DiffOptions.DEFAULT).isEqual());
    assertEquals(
        List.of(
            "A's server announces windows of 65535 to 8388480 bytes, B's windows of 60000 to 8388480"
                + " bytes"),
        texts(diff(GOOD, small, ACKS_AND_WINDOWS)));
  }

  @Test
  void whoWaitsForWhomCountsOnlyWhereAskedFor() {
    String question = "+.001 > P. 1:11(10) ack 1 \"GET / 1.1.\"\n";
    String answer = "+.010 < P. 1:5(4) ack 11 \"okay\"\n";
    String waits =
        GOOD.replace(question, "+.001 > P. 1:6(5) ack 1 \"GET /\"\n")
            .replace(
                answer, "+.010 < P. 1:5(4) ack 6 \"okay\"\n+.001 > P. 6:11(5) ack 5 \" 1.1.\"\n");
    String doesNot =
        GOOD.replace(
            question, "+.001 > P. 1:6(5) ack 1 \"GET /\"\n+.001 > P. 6:11(5) ack 1 \" 1.1.\"\n");
    DiffOptions turns = DiffOptions.DEFAULT.also(EnumSet.of(DiffAspect.TURNS));

    assertEquals(1, diff(waits, doesNot, DiffOptions.DEFAULT).uncounted().get(DiffAspect.TURNS));
    assertEquals(
        List.of("A's client sends bytes 1-5 before the server goes on, B's sends bytes 1-10"),
        texts(diff(waits, doesNot, turns)));
    String serverFirst =
        GOOD.replace(question, "").replace(answer, "+.001 < P. 1:5(4) ack 1 \"okay\"\n" + question);
    assertTrue(
        texts(diff(GOOD, serverFirst, turns))
            .contains("the client sends first in A, the server in B"));
  }

  @Test
  void timesCountBeyondATolerance() throws SelectionException {
    String slow = GOOD.replace("+.010 < P. 1:5(4)", "+.210 < P. 1:5(4)");
    assertTrue(diff(GOOD, slow, DiffOptions.DEFAULT).isEqual());
    assertEquals(
        List.of(
            "the server's bytes 1-4 comes 10 ms after the client's bytes 1-10 in A, 210 ms in B"),
        texts(diff(GOOD, slow, DiffOptions.DEFAULT.within(DiffTolerance.parse("50ms")))));
    assertTrue(
        diff(GOOD, slow, DiffOptions.DEFAULT.within(DiffTolerance.parse("201 ms"))).isEqual());
    assertTrue(
        diff(GOOD, slow, DiffOptions.DEFAULT.within(DiffTolerance.parse("1ms,96%"))).isEqual());
    assertThrows(SelectionException.class, () -> DiffTolerance.parse("soon"));
  }

  @Test
  void oneConnectionMoreDoesNotShiftTheOthers() {
    String[] words = {"one", "two", "six", "ten"};
    Trace all = several(words);
    Trace fewer = several("one", "six", "ten");
    DiffResult result = CaptureDiff.between(all, fewer, DiffOptions.DEFAULT);
    assertEquals(3, result.matched());
    assertEquals(
        List.of(
            "only A has this connection to port 80: opened three-way, closed open, 3 bytes from the"
                + " client, 0 from the server"),
        texts(result));
    assertEquals(2, result.differences().get(0).firstConnection());
    assertEquals(0, result.differences().get(0).secondConnection());
    DiffResult other = CaptureDiff.between(fewer, all, DiffOptions.DEFAULT);
    assertEquals(2, other.differences().get(0).secondConnection());
  }

  @Test
  void connectionsSideBySideMayBeginInAnyOrder() {
    assertTrue(
        CaptureDiff.between(
                several("one", "two", "six", "ten"),
                several("ten", "six", "two", "one"),
                DiffOptions.DEFAULT)
            .isEqual());
  }

  @Test
  void oneOfManyAlikeIsComparedWithItsOwnPlace() {
    DiffResult result =
        CaptureDiff.between(
            several("one", "one", "one"), several("one", "onx", "one"), DiffOptions.DEFAULT);
    assertEquals(List.of("byte 3 of the client is 0x65 in A, 0x78 in B"), texts(result));
    assertEquals(2, result.differences().get(0).firstConnection());
    assertEquals(2, result.differences().get(0).secondConnection());
  }

  /** One connection a word, each from a port of its own. */
  private static Trace several(String... words) {
    StringBuilder script = new StringBuilder();
    for (int i = 1; i <= words.length; i++) {
      script.append(
          """
          +.1 [N] > S  0:0(0) <mss 1460>
          +.1 [N] < S. 0:0(0) ack 1 <mss 1460>
          +.1 [N] > .  1:1(0) ack 1
          +.1 [N] > P. 1:4(3) ack 1 "WORD"
          """
              .replace("N", Integer.toString(i))
              .replace("WORD", words[i - 1]));
    }
    return Recorded.of(script.toString());
  }
}
