package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.CHALLENGE_ACK;
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
  /** Frame 9 is the one that comes late; frame 13 reports what was sent after it. */
  private static final String UNTIL_LATE =
      """
      +0    > S  0:0(0) <mss 1460,sackOK,TS val 100 ecr 0>
      +.020 < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 500 ecr 100>
      +0    > .  1:1(0) ack 1 <TS val 120 ecr 500>
      +.080 > .  1:1001(1000) ack 1 <TS val 200 ecr 500>
      +0    > .  1001:2001(1000) ack 1 <TS val 200 ecr 500>
      +0    > .  2001:3001(1000) ack 1 <TS val 200 ecr 500>
      +.020 < .  1:1(0) ack 1 win 5000 <TS val 600 ecr 120,sack 1001:2001>
      +0    < .  1:1(0) ack 1 win 5000 <TS val 600 ecr 120,sack 1001:3001>
      +0    > .  3001:4001(1000) ack 1 <TS val 220 ecr 600>
      +.001 > .  1:1001(1000) ack 1 <TS val 221 ecr 600>
      +0    > .  4001:5001(1000) ack 1 <TS val 221 ecr 600>
      +.020 < .  1:1(0) ack 3001 win 5000 <TS val 621 ecr 221>
      +0    < .  1:1(0) ack 3001 win 5000 <TS val 621 ecr 221,sack 4001:5001>
      """;

  private static final String NOTHING_NEW =
      "+.004 < .  1:1(0) ack 3001 win 5000 <TS val 625 ecr 221,sack 4001:5001>\n";

  private static final String AGAIN = "+.001 > .  3001:4001(1000) ack 1 <TS val 246 ecr 621>\n";

  @Test
  void anAckWithNothingNewShowsThatTheFirstCopyWasThrownAway() {
    Traced t = Script.run(UNTIL_LATE + NOTHING_NEW + AGAIN);
    t.assertAnnotations(14, SACK, CHALLENGE_ACK, DUPLICATE_ACK);
    assertEquals("late-copy", t.rule(14, CHALLENGE_ACK));
    assertEquals(List.of(9L), t.note(14, CHALLENGE_ACK).evidence());
    t.assertHas(15, RETRANSMISSION);
    assertEquals("thrown-away", t.rule(15, SPURIOUS_RETRANSMISSION));
    assertEquals(List.of(9L), t.note(15, SPURIOUS_RETRANSMISSION).evidence());
    assertEquals(Confidence.LIKELY, t.note(15, SPURIOUS_RETRANSMISSION).confidence());
    assertEquals(RETRANSMISSION, t.note(15, SPURIOUS_RETRANSMISSION).alternative());
  }

  @Test
  void itMayShowOnlyAfterTheSecondCopyWasSent() {
    Traced t =
        Script.run(
            UNTIL_LATE
                + "+.003 > .  3001:4001(1000) ack 1 <TS val 245 ecr 621>\n"
                + "+.001 < .  1:1(0) ack 3001 win 5000 <TS val 625 ecr 221,sack 4001:5001>\n");
    assertEquals("thrown-away", t.rule(14, SPURIOUS_RETRANSMISSION));
    assertEquals(List.of(9L, 15L), t.note(14, SPURIOUS_RETRANSMISSION).evidence());
    assertEquals("late-copy", t.rule(15, CHALLENGE_ACK));
  }

  @Test
  void aWiderWindowIsToldByTheWay() {
    Traced t = Script.run(UNTIL_LATE + NOTHING_NEW.replace("5000", "6000") + AGAIN);
    t.assertAnnotations(14, SACK, CHALLENGE_ACK, WINDOW_UPDATE)
        .assertHas(15, SPURIOUS_RETRANSMISSION);
  }

  @Test
  void aWindowThatDoublesIsReasonEnoughForAnAck() {
    Traced t = Script.run(UNTIL_LATE + NOTHING_NEW.replace("5000", "10000") + AGAIN);
    t.assertAnnotations(14, SACK, WINDOW_UPDATE).assertNowhere(SPURIOUS_RETRANSMISSION);
  }

  @Test
  void nothingIsConcludedWhereTwoMayHaveComeLate() {
    String two =
        UNTIL_LATE.replace(
            "+.001 > .  1:1001",
            "+0    > .  5001:6001(1000) ack 1 <TS val 220 ecr 600>\n+.001 > .  1:1001");
    Traced t = Script.run(two + NOTHING_NEW + AGAIN);
    t.assertNowhere(CHALLENGE_ACK).assertNowhere(SPURIOUS_RETRANSMISSION);
  }

  @Test
  void withoutSackEveryLaterSegmentIsAnsweredLikeThis() {
    String without = (UNTIL_LATE + NOTHING_NEW + AGAIN).replace("sackOK,", "");
    Traced t = Script.run(without.replaceAll(",sack [0-9:]+", ""));
    t.assertNowhere(CHALLENGE_ACK).assertNowhere(SPURIOUS_RETRANSMISSION);
  }

  @Test
  void aTimestampThatIsNotOlderIsNoReasonToThrowItAway() {
    Traced t = Script.run((UNTIL_LATE + NOTHING_NEW + AGAIN).replace("val 220", "val 221"));
    t.assertNowhere(CHALLENGE_ACK).assertNowhere(SPURIOUS_RETRANSMISSION);
  }
}
