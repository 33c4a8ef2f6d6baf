package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.DSACK;
import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.SACK;
import static dev.conntrace.trace.AnnotationKind.SACK_INVALID;
import static dev.conntrace.trace.AnnotationKind.SACK_RENEGING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.SackBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What SACK blocks say (RFC 2018, RFC 2883). */
class SackTest {
  /** Frames 4 to 7. */
  private static final String FOUR =
      """
      +.1   > P. 1:1001(1000) ack 1
      +0    > P. 1001:2001(1000) ack 1
      +0    > P. 2001:3001(1000) ack 1
      +0    > P. 3001:4001(1000) ack 1
      """;

  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + FOUR + script);
  }

  @Test
  void namesWhatArrivedBeyondTheHole() {
    Traced t = run("+.010 < . 1:1(0) ack 1 <sack 1001:2001>");
    t.assertAnnotations(8, DUPLICATE_ACK, SACK);
    assertEquals("sack-new", t.rule(8, DUPLICATE_ACK));
    assertTrue(t.text(8, SACK).contains("1001-2000"), t.toString());
    assertEquals(List.of(new SackBlock(1001, 2001)), t.segment(8).options().sackBlocks());
  }

  @Test
  void aLongerBlockCountsAsNewsAndTheSameOneDoesNot() {
    Traced t =
        run(
            """
            +.010 < .  1:1(0) ack 1 <sack 1001:2001>
            +0    < .  1:1(0) ack 1 <sack 1001:3001>
            +0    < .  1:1(0) ack 1 <sack 1001:4001>
            """);
    assertEquals(List.of(1L, 1L), t.note(8, DUPLICATE_ACK).values());
    assertEquals(List.of(3L, 1L), t.note(10, DUPLICATE_ACK).values());
  }

  @Test
  void sackNewsCountsAlthoughTheWindowChanged() {
    Traced t = run("+.010 < . 1:1(0) ack 1 win 400 <sack 1001:2001>");
    t.assertHas(8, DUPLICATE_ACK);
    assertEquals("sack-new", t.rule(8, DUPLICATE_ACK));
  }

  @Test
  void aBlockBelowTheAckReportsADuplicate() {
    Traced t =
        run(
            """
            +.010 < .  1:1(0) ack 4001
            +.200 > P. 3001:4001(1000) ack 1
            +.010 < .  1:1(0) ack 4001 <sack 3001:4001>
            """);
    t.assertAnnotations(10, DUPLICATE_ACK, DSACK);
    assertEquals("dsack-only", t.rule(10, DUPLICATE_ACK));
    assertEquals(List.of(), t.note(10, DUPLICATE_ACK).values());
  }

  @Test
  void aBlockInsideTheSecondReportsADuplicate() {
    Traced t =
        run(
            """
            +.010 < .  1:1(0) ack 1 <sack 1001:4001>
            +.010 < .  1:1(0) ack 1 <sack 2001:3001 1001:4001>
            """);
    t.assertHas(9, DSACK).assertHas(9, SACK).assertLacks(8, DSACK);
  }

  @Test
  void aBlockOfBytesThatWereNeverSentIsInvalid() {
    Traced t = run("+.010 < . 1:1(0) ack 1 <sack 9001:10001>");
    t.assertHas(8, SACK_INVALID).assertLacks(8, SACK);
  }

  @Test
  void anUpsideDownBlockIsInvalid() {
    run("+.010 < . 1:1(0) ack 1 <sack 3001:2001>").assertHas(8, SACK_INVALID);
  }

  @Test
  void aBlockAcrossTheAckIsInvalid() {
    run("+.010 < . 1:1(0) ack 1501 <sack 1001:3001>").assertHas(8, SACK_INVALID);
  }

  @Test
  void saysInWhichWayABlockIsInvalid() {
    assertFault("never-sent", "ack 1 <sack 70001:71001>");
    assertFault("beyond-seen", "ack 1 <sack 4001:5001>");
    assertFault("upside-down-block", "ack 1 <sack 3001:2001>");
    assertFault("contradicts-ack", "ack 1501 <sack 1001:3001>");
    assertFault("contradicts-ack", "ack 1001 <sack 1001:3001>");
    assertFault("below-ack", "ack 2001 <sack 3001:4001 1:1001>");
    assertFault("foreign-numbers", "ack 1 <sack 2000000001:2000001001>");
  }

  private static void assertFault(String rule, String ack) {
    Traced t = run("+.010 < . 1:1(0) " + ack);
    assertEquals(rule, t.rule(8, SACK_INVALID), t.toString());
  }

  @Test
  void blocksThatTheSynsDidNotAgreeOnAreInvalid() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 1460,sackOK>
            +.010 < S. 0:0(0) ack 1 <mss 1460>
            +.010 > .  1:1(0) ack 1
            """
                + FOUR
                + "+.010 < . 1:1(0) ack 1 <sack 1001:2001>");
    assertEquals("not-permitted", t.rule(8, SACK_INVALID));
    t.assertLacks(8, SACK);
  }

  @Test
  void aBlockOfBytesThatAreCapturedJustAfterItIsNotInvalid() {
    Traced t = run("+.010 < . 1:1(0) ack 1 <sack 4001:5001>\n+0 > P. 4001:5001(1000) ack 1");
    t.assertNowhere(SACK_INVALID);
    assertEquals(null, t.report().annotations().get(SACK_INVALID));
  }

  @Test
  void aGoodBlockIsNotInvalid() {
    run("+.010 < . 1:1(0) ack 1 <sack 1001:2001 3001:4001>").assertNowhere(SACK_INVALID);
  }

  @Test
  void aReceiverThatNoLongerNamesWhatItHadThrewItAway() {
    Traced t =
        run(
            """
            +.010 < .  1:1(0) ack 1 <sack 1001:2001>
            +.010 < .  1:1(0) ack 1
            """);
    t.assertHas(9, SACK_RENEGING).assertLacks(8, SACK_RENEGING);
  }

  @Test
  void aBlockThatIsNoLongerNamedAlthoughThereIsRoomWasThrownAway() {
    Traced t =
        run(
            """
            +.010 < .  1:1(0) ack 1 <sack 1001:2001>
            +.010 < .  1:1(0) ack 1 <sack 3001:4001 1001:2001>
            +.010 < .  1:1(0) ack 1 <sack 3001:4001>
            """);
    t.assertHas(10, SACK_RENEGING);
    assertEquals(List.of(1000L, 4000L), t.note(10, SACK_RENEGING).values());
  }

  @Test
  void anOlderBlockMayMakeRoomForNewerOnes() {
    Script.run(
            Script.HANDSHAKE
                + """
                +.1   > P. 1:10001(10000) ack 1
                +.010 < .  1:1(0) ack 1 <sack 1001:2001>
                +.010 < .  1:1(0) ack 1 <sack 3001:4001 1001:2001>
                +.010 < .  1:1(0) ack 1 <sack 5001:6001 3001:4001 1001:2001>
                +.010 < .  1:1(0) ack 1 <sack 7001:8001 5001:6001 3001:4001 1001:2001>
                +.010 < .  1:1(0) ack 1 <sack 9001:10001 7001:8001 5001:6001 3001:4001>
                +.010 < .  1:1(0) ack 1 <sack 9001:10001 7001:8001 5001:6001>
                """)
        .assertNowhere(SACK_RENEGING);
  }

  @Test
  void anAckThatWasOvertakenDoesNotRenege() {
    run("""
        +.010 < .  1:1(0) ack 1 id 7 <sack 1001:3001>
        +.020 < .  1:1(0) ack 1 id 6 <sack 1001:2001>
        """)
        .assertNowhere(SACK_RENEGING);
  }

  @Test
  void whereNothingTellsTheOrderAcksInARowAreNotBelieved() {
    Traced t =
        new Script()
            .ipv6()
            .play(
                Script.HANDSHAKE
                    + FOUR
                    + """
                    +.010 < .  1:1(0) ack 1 <sack 1001:3001>
                    +.001 < .  1:1(0) ack 1 <sack 1001:2001>
                    """);
    t.assertNowhere(SACK_RENEGING);
  }

  @Test
  void blocksThatTheAckHasPassedAreNotMissed() {
    run("""
            +.010 < .  1:1(0) ack 1 <sack 1001:2001>
            +.300 > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 2001
            +.010 < .  1:1(0) ack 2001
            """)
        .assertNowhere(SACK_RENEGING);
  }

  @Test
  void blocksAreRelativeAcrossTheWrap() {
    Traced t =
        new Script()
            .isns((1L << 32) - 1500, 1)
            .play(Script.HANDSHAKE + FOUR + "+.01 < . 1:1(0) ack 1001 <sack 2001:3001>");
    assertEquals(List.of(new SackBlock(2001, 3001)), t.segment(8).options().sackBlocks());
    t.assertHas(8, SACK);
  }
}
