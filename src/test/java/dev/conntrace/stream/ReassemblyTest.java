package dev.conntrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.trace.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Order, turns, and what is and is not part of a stream (RFC 9293 3.4, 3.10.7.4). */
class ReassemblyTest {
  @Test
  void takesTurnsAsTheBytesCome() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "ping"
                +.010 < P. 1:5(4) ack 5 "pong"
                +.010 > P. 5:8(3) ack 5 "bye"
                +.010 > F. 8:8(0) ack 5
                +.010 < F. 5:5(0) ack 9
                +.010 > .  9:9(0) ack 6
                """);
    assertEquals(List.of("client 4 ping", "server 5 pong", "client 6 bye"), s.log());
    assertEquals(new StreamTotals(7, 0, 0, 0, 0, 0, 0, true), s.totals(Side.CLIENT));
    assertEquals(new StreamTotals(4, 0, 0, 0, 0, 0, 0, true), s.totals(Side.SERVER));
  }

  @Test
  void putsBytesInOrderAndTellsWhichFrameBroughtThem() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:4(3) ack 1 "one"
                +.001 > P. 9:14(5) ack 1 "three"
                +.001 > P. 6:9(3) ack 1 "two"
                +.001 > P. 4:6(2) ack 1 ", "
                """);
    assertEquals("one, twothree", s.client());
    assertEquals(List.of("client 4 one", "client 7 , ", "client 6 two", "client 5 three"), s.log());
  }

  @Test
  void aResendBringsOnlyWhatIsNew() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "abcd"
                +.3   > P. 1:9(8) ack 1 "abcdefgh"
                +.3   > P. 3:11(8) ack 1 "cdefghij"
                """);
    assertEquals("abcdefghij", s.client());
    assertEquals(List.of("client 4 abcd", "client 5 efgh", "client 6 ij"), s.log());
    assertTrue(s.conflicts().isEmpty());
  }

  @Test
  void dataOnTheSynIsTheBeginning() {
    Streamed s =
        Streamed.of(
            """
            +0    > S  0:3(3) <mss 1460,tfo 8> "GET"
            +.010 < S. 0:0(0) ack 4 <mss 1460>
            +.010 > P. 4:6(2) ack 1 " /"
            """);
    assertEquals("GET /", s.client());
  }

  @Test
  void dataBehindAFinThatCameTooEarlyIsKept() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > F. 5:5(0) ack 1
                +.001 > P. 1:5(4) ack 1 "late"
                +.010 < .  1:1(0) ack 6
                """);
    assertEquals("late", s.client());
    assertTrue(s.gaps().isEmpty());
    assertTrue(s.totals(Side.CLIENT).finished());
  }

  @Test
  void thePayloadOfAResetIsToldApart() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "data"
                +.010 < R. 1:9(8) ack 5 "go away!"
                """);
    assertEquals("data", s.client());
    assertEquals("", s.server());
    assertEquals("server reset go away!", s.log().get(1));
    assertEquals(8, s.totals(Side.SERVER).asideBytes());
  }

  @Test
  void theByteOfAKeepAliveIsNoData() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "data"
                +.010 < .  1:1(0) ack 5
                +60   > .  4:5(1) ack 1 "X"
                +.010 < .  1:1(0) ack 5
                """);
    assertEquals("data", s.client());
    assertTrue(s.conflicts().isEmpty());
    assertEquals(StreamAside.Reason.KEEP_ALIVE, s.asides().get(0).reason());
  }

  @Test
  void aFillerByteAtTheOldEndIsNeverAContradiction() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "data"
                +.010 < .  1:1(0) ack 5
                +.2   > .  4:5(1) ack 1 "X"
                """);
    assertEquals("data", s.client());
    assertTrue(s.conflicts().isEmpty());
  }

  @Test
  void theByteOfAWindowProbeIsData() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "abcd"
                +.010 < .  1:1(0) ack 5 win 0
                +1    > .  5:6(1) ack 1 "e"
                +.010 < .  1:1(0) ack 5 win 0
                +2    > .  5:6(1) ack 1 "e"
                +.010 < .  1:1(0) ack 6 win 512
                +.1   > P. 6:8(2) ack 1 "fg"
                """);
    assertEquals("abcdefg", s.client());
    assertTrue(s.conflicts().isEmpty());
    assertTrue(s.gaps().isEmpty());
  }

  @Test
  void aProbeWithAnOldNumberAddsNothing() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "abcd"
                +.010 < .  1:1(0) ack 5 win 0
                +1    > .  4:5(1) ack 1 "X"
                +.010 < .  1:1(0) ack 5 win 512
                +.1   > P. 5:7(2) ack 1 "ef"
                """);
    assertEquals("abcdef", s.client());
    assertTrue(s.conflicts().isEmpty());
  }

  @Test
  void aStrayFromFarAwayIsNotMixedIn() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "here"
                +.1   > P. 1900000000:1900000005(5) ack 1 "there"
                +.1   > P. 5:9(4) ack 1 "here"
                """);
    assertEquals("herehere", s.client());
    assertEquals(StreamAside.Reason.STRAY, s.asides().get(0).reason());
    assertTrue(s.gaps().isEmpty());
  }

  @Test
  void anOldIncarnationsStrayStaysWithIt() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:4(3) ack 1 "old"
                +.010 < F. 1:1(0) ack 4
                +.010 > F. 4:4(0) ack 2
                +.010 < .  2:2(0) ack 5
                isn > 1000000000 < 2000000000
                +1    > S  0:0(0) <mss 1460>
                +.010 < S. 0:0(0) ack 1 <mss 1460>
                +.010 > P. 1:4(3) ack 1 "new"
                isn > 4294967291 < 2147483642
                +.010 > P. 1:4(3) ack 1 "old"
                """);
    assertEquals("old", s.said(1, Side.CLIENT));
    assertEquals("new", s.said(2, Side.CLIENT));
  }

  @Test
  void aSocketConnectedToItselfHasOneStream() {
    Streamed s =
        Streamed.of(
            new Script().self(),
            OverlapPolicy.FIRST,
            StreamBounds.DEFAULT,
            """
            +0    > S  0:0(0) <mss 65495>
            +0    > S. 0:0(0) ack 1 <mss 65495>
            +.1   > P. 1:6(5) ack 1 "hello"
            +.010 > .  6:6(0) ack 6
            """);
    assertEquals("hello", s.client());
    assertEquals("", s.server());
    assertTrue(s.gaps().isEmpty());
  }

  @Test
  void aWrapOfTheNumbersChangesNothing() {
    for (long isn : new long[] {(1L << 32) - 1, (1L << 32) - 3, (1L << 31) - 2, 0}) {
      Streamed s =
          Streamed.of(
              new Script().isns(isn, isn),
              OverlapPolicy.FIRST,
              StreamBounds.DEFAULT,
              Script.HANDSHAKE
                  + """
                  +.1   > P. 1:3(2) ack 1 "ab"
                  +.001 > P. 5:7(2) ack 1 "ef"
                  +.001 > P. 3:5(2) ack 1 "cd"
                  +.010 < P. 1:5(4) ack 7 "okay"
                  """);
      assertEquals("abcdef", s.client());
      assertEquals("okay", s.server());
    }
  }

  @Test
  void positionsGoOnBeyondFourGibibytes() {
    StringBuilder script = new StringBuilder(Script.HANDSHAKE);
    long at = 1;
    for (int i = 0; i < 6; i++) {
      script.append("+1 < . 1:1(0) ack " + (at + 900_000_000) + "\n");
      at += 900_000_000;
      script.append("+1 > P. " + at + ":" + (at + 2) + "(2) ack 1 \"xy\"\n");
      at += 2;
    }
    Streamed s = Streamed.of(script.append("+1 < . 1:1(0) ack " + at).toString());
    assertEquals("[900000000]xy".repeat(6), s.client());
    assertEquals(6 * 900_000_002L - 1, s.gaps().get(5).end());
  }

  @Test
  void onlyTheWantedSideIsAssembled() {
    Streamed s = new Streamed();
    new Script()
        .play(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "ping"
                +.010 < P. 1:5(4) ack 5 "pong"
                """,
            new StreamAssembler(OverlapPolicy.FIRST, Side.SERVER, StreamBounds.DEFAULT, s));
    assertEquals(List.of("server 5 pong"), s.log());
    assertEquals(StreamTotals.NONE, s.totals(Side.CLIENT));
    assertFalse(s.totals(Side.SERVER).finished());
  }
}
