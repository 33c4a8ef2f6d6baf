package dev.conntrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.trace.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is missing, why, and when it is waited for no longer. */
class GapTest {
  @Test
  void anAcknowledgedGapIsGivenUpWhenNoCopyCanComeAnyMore() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:3(2) ack 1 "ab"
                +.001 > P. 8:10(2) ack 1 "ef"
                +.010 < .  1:1(0) ack 10
                +.300 < P. 1:3(2) ack 10 "ok"
                """);
    assertEquals(List.of("client 4 ab", "client gap 3-7", "client 5 ef", "server 7 ok"), s.log());
    StreamGap gap = s.gaps().get(0);
    assertEquals(StreamGap.Reason.NOT_CAPTURED, gap.reason());
    assertEquals(6, gap.acknowledgedFrame());
    assertFalse(gap.givenUpEarly());
    assertFalse(gap.mayIncludeFin());
  }

  @Test
  void aCopyThatWasCapturedAfterItsAcknowledgementStillFindsItsPlace() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:3(2) ack 1 "ab"
                +.001 > P. 5:7(2) ack 1 "ef"
                +.001 < .  1:1(0) ack 7
                +.001 > P. 3:5(2) ack 1 "cd"
                """);
    assertEquals("abcdef", s.client());
    assertTrue(s.gaps().isEmpty());
  }

  @Test
  void aGapThatNobodyAcknowledgedIsWaitedForToTheEnd() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:3(2) ack 1 "ab"
                +.001 > P. 5:7(2) ack 1 "ef"
                +.010 < .  1:1(0) ack 3
                +9    < P. 1:3(2) ack 3 "ok"
                """);
    assertEquals("ab[2]ef", s.client());
    assertEquals("server 7 ok", s.log().get(1));
    assertEquals(0, s.gaps().get(0).acknowledgedFrame());
  }

  @Test
  void aGapThatIsHalfAcknowledgedIsToldInTwo() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:3(2) ack 1 "ab"
                +.001 > P. 8:10(2) ack 1 "ef"
                +.010 < .  1:1(0) ack 6
                +.300 < R. 1:1(0) ack 6
                """);
    assertEquals("ab[3][2]ef", s.client());
    assertEquals(6, s.gaps().get(0).acknowledgedFrame());
    assertEquals(0, s.gaps().get(1).acknowledgedFrame());
  }

  @Test
  void aFinTellsWhatIsMissingBeforeIt() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:3(2) ack 1 "ab"
                +.1   > F. 6:6(0) ack 1
                +.010 < F. 1:1(0) ack 7
                +.010 > .  7:7(0) ack 2
                """);
    assertEquals("ab[3]", s.client());
    assertEquals(6, s.gaps().get(0).acknowledgedFrame());
    assertFalse(s.gaps().get(0).mayIncludeFin());
    assertEquals("", s.server());
  }

  @Test
  void whatOneSideAcknowledgedWasSentAlsoIfNothingOfItWasCaptured() {
    Streamed s =
        Streamed.of(
            """
            +0    > P. 1:5(4) ack 1 "ping"
            +.1   > .  5:5(0) ack 1001
            +.1   > P. 5:9(4) ack 2001 "ping"
            """);
    assertEquals("pingping", s.client());
    assertEquals("[2000]", s.server());
    assertTrue(s.gaps().get(0).mayIncludeFin());
  }

  @Test
  void aSnappedPayloadIsAGapBehindWhatWasCaptured() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:11(10) ack 1 snap 58 "0123456789"
                +.010 > P. 11:13(2) ack 1 "ab"
                """);
    assertEquals("0123[6]ab", s.client());
    StreamGap gap = s.gaps().get(0);
    assertEquals(StreamGap.Reason.SNAPPED, gap.reason());
    assertEquals(4, gap.frame());
  }

  @Test
  void aWholeCopyTakesThePlaceOfASnappedOneThatWaits() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 3:7(4) ack 1 snap 56 "cdef"
                +.010 > P. 3:7(4) ack 1 "cdef"
                +.010 > P. 1:3(2) ack 1 "ab"
                """);
    assertEquals("abcdef", s.client());
    assertTrue(s.gaps().isEmpty());
  }

  @Test
  void whatFillsAGapTooLateIsNotLost() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:3(2) ack 1 "ab"
                +.001 > P. 5:7(2) ack 1 "ef"
                +.001 < .  1:1(0) ack 7
                +.500 > P. 7:9(2) ack 1 "gh"
                +.001 > P. 3:5(2) ack 1 "cd"
                """);
    assertEquals("ab[2]efgh", s.client());
    assertEquals("client late cd", s.log().get(4));
  }

  @Test
  void inTheMiddleOfAConnectionTheFirstBytesWaitUntilTheyAreSurelyTheFirst() {
    Streamed s =
        Streamed.of(
            """
            +0    > P. 4:7(3) ack 1 "def"
            +.001 > P. 1:4(3) ack 1 "abc"
            +.001 > P. 7:9(2) ack 1 "gh"
            +.001 < P. 1:3(2) ack 9 "ok"
            """);
    assertEquals("abcdefgh", s.client());
    assertEquals("ok", s.server());
    assertEquals(0, s.totals(Side.CLIENT).missingBytes());
    assertEquals("client 2 abc", s.log().get(0));
  }

  @Test
  void inTheMiddleOfAConnectionAnAnswerShowsThatNothingComesBefore() {
    Streamed s =
        Streamed.of(
            """
            +0    > P. 4:7(3) ack 1 "def"
            +.001 < P. 1:3(2) ack 7 "ok"
            +.001 > P. 1:4(3) ack 3 "abc"
            """);
    assertEquals("def", s.client());
    assertEquals(List.of("client 1 def", "server 2 ok", "client late abc"), s.log());
  }

  @Test
  void withoutTimesGapsAreWaitedForToTheEnd() {
    Streamed s =
        Streamed.of(
            new Script().withoutTimes(),
            OverlapPolicy.FIRST,
            StreamBounds.DEFAULT,
            Script.HANDSHAKE
                + """
                +.1   > P. 1:3(2) ack 1 "ab"
                +.001 > P. 5:7(2) ack 1 "ef"
                +.001 < .  1:1(0) ack 7
                +.500 > P. 7:9(2) ack 1 "gh"
                +.001 > P. 3:5(2) ack 1 "cd"
                """);
    assertEquals("abcdefgh", s.client());
  }
}
