package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.CHALLENGE_ACK;
import static dev.conntrace.trace.AnnotationKind.DSACK;
import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SACK;
import static dev.conntrace.trace.AnnotationKind.SPURIOUS_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.WINDOW_UPDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Confidence;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Seen beside the client: a segment comes 5 ms late, after the repair of an older hole has brought
 * a newer timestamp, and the server throws it away (PAWS, RFC 7323 5.3). As Linux 6 does it.
 */
class LateCopyTest {
  /**
   * Frame 6 shows that the server reports duplicates, frame 12 is the one that comes late; frame 16
   * reports what was sent after it.
   */
  private static final String UNTIL_LATE =
      """
      +0    > S  0:0(0) <mss 1460,sackOK,TS val 100 ecr 0>
      +.020 < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 500 ecr 100>
      +0    > .  1:1(0) ack 1 <TS val 120 ecr 500>
      +.050 > .  1:1001(1000) ack 1 <TS val 170 ecr 500>
      +.020 < .  1:1(0) ack 1001 win 5000 <TS val 570 ecr 170>
      +.001 < .  1:1(0) ack 1001 win 5000 <TS val 571 ecr 170,sack 1:1001>
      +.009 > .  1001:2001(1000) ack 1 <TS val 200 ecr 571>
      +0    > .  2001:3001(1000) ack 1 <TS val 200 ecr 571>
      +0    > .  3001:4001(1000) ack 1 <TS val 200 ecr 571>
      +.020 < .  1:1(0) ack 1001 win 5000 <TS val 600 ecr 170,sack 2001:3001>
      +0    < .  1:1(0) ack 1001 win 5000 <TS val 600 ecr 170,sack 2001:4001>
      +0    > .  4001:5001(1000) ack 1 <TS val 220 ecr 600>
      +.002 > .  1001:2001(1000) ack 1 <TS val 222 ecr 600>
      +0    > .  5001:6001(1000) ack 1 <TS val 222 ecr 600>
      +.020 < .  1:1(0) ack 4001 win 5000 <TS val 622 ecr 222>
      +0    < .  1:1(0) ack 4001 win 5000 <TS val 622 ecr 222,sack 5001:6001>
      """;

  private static final String NOTHING_NEW =
      "+.003 < .  1:1(0) ack 4001 win 5000 <TS val 625 ecr 222,sack 5001:6001>\n";

  private static final String AGAIN = "+.001 > .  4001:5001(1000) ack 1 <TS val 246 ecr 622>\n";

  @Test
  void anAckWithNothingNewShowsThatTheFirstCopyWasThrownAway() {
    Traced t = Script.run(UNTIL_LATE + NOTHING_NEW + AGAIN);
    t.assertAnnotations(17, SACK, CHALLENGE_ACK, DUPLICATE_ACK);
    assertEquals("late-copy", t.rule(17, CHALLENGE_ACK));
    assertEquals(List.of(12L), t.note(17, CHALLENGE_ACK).evidence());
    assertEquals(Confidence.LIKELY, t.note(17, DUPLICATE_ACK).confidence());
    t.assertHas(18, RETRANSMISSION);
    assertEquals("thrown-away", t.rule(18, SPURIOUS_RETRANSMISSION));
    assertEquals(List.of(12L), t.note(18, SPURIOUS_RETRANSMISSION).evidence());
    assertEquals(Confidence.LIKELY, t.note(18, SPURIOUS_RETRANSMISSION).confidence());
    assertEquals(RETRANSMISSION, t.note(18, SPURIOUS_RETRANSMISSION).alternative());
  }

  @Test
  void itMayShowOnlyAfterTheSecondCopyWasSent() {
    Traced t =
        Script.run(
            UNTIL_LATE
                + "+.002 > .  4001:5001(1000) ack 1 <TS val 244 ecr 622>\n"
                + NOTHING_NEW.replace(".003", ".001"));
    assertEquals("thrown-away", t.rule(17, SPURIOUS_RETRANSMISSION));
    assertEquals(List.of(12L, 18L), t.note(17, SPURIOUS_RETRANSMISSION).evidence());
    assertEquals("late-copy", t.rule(18, CHALLENGE_ACK));
  }

  @Test
  void aWiderWindowIsToldByTheWay() {
    Traced t = Script.run(UNTIL_LATE + NOTHING_NEW.replace("5000", "6000") + AGAIN);
    t.assertAnnotations(17, SACK, CHALLENGE_ACK, WINDOW_UPDATE);
    t.assertHas(18, SPURIOUS_RETRANSMISSION);
  }

  @Test
  void aWindowThatDoublesIsReasonEnoughForAnAck() {
    assertNothing(UNTIL_LATE + NOTHING_NEW.replace("5000", "10000") + AGAIN)
        .assertAnnotations(17, SACK, WINDOW_UPDATE);
  }

  @Test
  void nothingIsConcludedWhereTwoMayHaveComeLate() {
    String second = "+0    > .  6001:7001(1000) ack 1 <TS val 220 ecr 600>\n";
    assertNothing(
        UNTIL_LATE.replace("+.002 > .  1001", second + "+.002 > .  1001") + NOTHING_NEW + AGAIN);
  }

  @Test
  void whoNeverReportedADuplicateMayAnswerOneLikeThis() {
    assertNothing(UNTIL_LATE.replace(",sack 1:1001", "") + NOTHING_NEW + AGAIN);
  }

  @Test
  void withoutSackEveryLaterSegmentIsAnsweredLikeThis() {
    assertNothing((UNTIL_LATE + NOTHING_NEW + AGAIN).replaceAll(",sack(OK)?( [0-9:]+)?", ""));
  }

  @Test
  void aReportOfADuplicateHasItsOwnReason() {
    for (String window : List.of("5000", "6000")) {
      String report = NOTHING_NEW.replace("5000", window).replace("sack ", "sack 1001:2001 ");
      assertNothing(UNTIL_LATE + report + AGAIN).assertHas(17, DSACK);
    }
  }

  @Test
  void anOvertakenAckAnswersWhatCameBefore() {
    assertNothing(
        UNTIL_LATE
            + "+.002 < .  1:1(0) ack 4001 win 5000 <TS val 624 ecr 222,sack 5001:7001>\n"
            + NOTHING_NEW.replace(".003", ".001").replace("625", "623")
            + AGAIN);
  }

  @Test
  void whereNoIdentificationTellsACopyOfAnAckIsNoAnswer() {
    Traced t =
        new Script().ipv6().play(UNTIL_LATE + NOTHING_NEW.replace("val 625", "val 622") + AGAIN);
    t.assertNowhere(CHALLENGE_ACK).assertNowhere(SPURIOUS_RETRANSMISSION);
  }

  @Test
  void aTimestampOlderByOneIsTakenIn() {
    assertNothing((UNTIL_LATE + NOTHING_NEW + AGAIN).replace("val 220", "val 221"));
  }

  @Test
  void aSegmentWithoutTimestampIsNotJudgedByIt() {
    assertNothing((UNTIL_LATE + NOTHING_NEW + AGAIN).replace(" <TS val 220 ecr 600>", ""));
  }

  private static Traced assertNothing(String script) {
    return Script.run(script).assertNowhere(CHALLENGE_ACK).assertNowhere(SPURIOUS_RETRANSMISSION);
  }
}
