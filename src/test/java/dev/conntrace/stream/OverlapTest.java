package dev.conntrace.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.trace.Side;
import org.junit.jupiter.api.Test;

/** Two versions of the same positions: which is kept, and what is said (RFC 9293 3.10.7.4). */
class OverlapTest {
  private static final String BEHIND_A_GAP =
      Script.HANDSHAKE
          + """
          +.1   > P. 3:9(6) ack 1 "cdefgh"
          +.001 > P. 5:11(6) ack 1 "eXXhij"
          +.001 > P. 1:3(2) ack 1 "ab"
          +.010 < .  1:1(0) ack 11
          """;

  @Test
  void theFirstCopyStays() {
    Streamed s = Streamed.of(BEHIND_A_GAP);
    assertEquals("abcdefghij", s.client());
    StreamConflict conflict = s.conflicts().get(0);
    assertEquals(6, conflict.start());
    assertEquals("fg", Streamed.text(conflict.kept()));
    assertEquals(4, conflict.kept().frame());
    assertEquals("XX", Streamed.text(conflict.other()));
    assertEquals(5, conflict.other().frame());
  }

  @Test
  void theCopyWhoseChecksumIsRightWins() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "good"
                +.010 < .  1:1(0) ack 5
                +.1   > P. 5:9(4) ack 1 checksum bad "XXXX"
                +.3   > P. 5:9(4) ack 1 "news"
                +.010 < .  1:1(0) ack 9
                """);
    assertEquals("goodnews", s.client());
    assertEquals("news", Streamed.text(s.conflicts().get(0).kept()));
    assertEquals("XXXX", Streamed.text(s.conflicts().get(0).other()));
  }

  @Test
  void whatIsAcknowledgedUnderAWrongChecksumWasAlteredInTheCaptureOnly() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "good"
                +.010 < .  1:1(0) ack 5
                +.1   > P. 5:9(4) ack 1 checksum bad "XXXX"
                +.010 < .  1:1(0) ack 9
                """);
    assertEquals("goodXXXX", s.client());
    assertEquals(0, s.conflicts().size());
  }

  @Test
  void theLastCopyStaysWhereThatIsAskedFor() {
    Streamed s = last(BEHIND_A_GAP);
    assertEquals("abcdeXXhij", s.client());
    assertEquals("XX", Streamed.text(s.conflicts().get(0).kept()));
  }

  @Test
  void nothingReplacesWhatWasAcknowledged() {
    String script =
        Script.HANDSHAKE
            + """
            +.1   > P. 1:5(4) ack 1 "good"
            +.010 < .  1:1(0) ack 5
            +.1   > P. 1:5(4) ack 1 "evil"
            """;
    for (Streamed s : new Streamed[] {Streamed.of(script), last(script)}) {
      assertEquals("good", s.client());
      assertEquals("good", Streamed.text(s.conflicts().get(0).kept()));
      assertEquals("evil", Streamed.text(s.conflicts().get(0).other()));
    }
  }

  @Test
  void untilItIsAcknowledgedTheLastCopyCounts() {
    String script =
        Script.HANDSHAKE
            + """
            +.1   > P. 1:5(4) ack 1 "evil"
            +.1   > P. 1:5(4) ack 1 "good"
            +.010 < .  1:1(0) ack 5
            """;
    assertEquals("good", last(script).client());
    assertEquals("evil", Streamed.of(script).client());
  }

  @Test
  void whatIsLeftOfAReplacedPieceStaysInPlace() {
    Streamed s =
        last(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:11(10) ack 1 "0123456789"
                +.1   > P. 4:6(2) ack 1 "XY"
                +.010 < .  1:1(0) ack 11
                """);
    assertEquals("012XY56789", s.client());
  }

  @Test
  void aCopyOfTheSamePacketIsNoContradiction() {
    Streamed s =
        Streamed.of(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 id 7 "data"
                +.001 > P. 1:5(4) ack 1 id 7 "data"
                """);
    assertEquals("data", s.client());
    assertTrue(s.conflicts().isEmpty());
  }

  @Test
  void bytesThatAreNoLongerHeldAreCountedAndNotCompared() {
    Streamed s =
        Streamed.of(
            new Script(),
            OverlapPolicy.FIRST,
            new StreamBounds(1000, 4, 10_000),
            Script.HANDSHAKE
                + """
                +.1   > P. 1:5(4) ack 1 "abcd"
                +.1   > P. 5:9(4) ack 1 "efgh"
                +.1   > P. 1:9(8) ack 1 "ABCDEFGH"
                """);
    assertEquals("abcdefgh", s.client());
    assertEquals(4, s.totals(Side.CLIENT).notComparedBytes());
    assertEquals("efgh", Streamed.text(s.conflicts().get(0).kept()));
  }

  private static Streamed last(String script) {
    return Streamed.of(new Script(), OverlapPolicy.LAST, StreamBounds.DEFAULT, script);
  }
}
