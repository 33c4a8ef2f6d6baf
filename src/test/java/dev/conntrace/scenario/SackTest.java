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
