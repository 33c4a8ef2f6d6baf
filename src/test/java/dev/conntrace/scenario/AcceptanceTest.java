package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.ACKED_UNSEEN_SEGMENT;
import static dev.conntrace.trace.AnnotationKind.BEYOND_WINDOW;
import static dev.conntrace.trace.AnnotationKind.CHALLENGE_ACK;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SPURIOUS_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.STALE_ACK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Segments whose numbers cannot belong to their connection (RFC 9293 3.10.7.4): one alone moves
 * neither a stream nor a state; behind a long gap in the capture they are the connection.
 */
class AcceptanceTest {
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  @Test
  void dataFarBeyondTheWindowMoveNothing() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +.1   > P. 300000001:300000011(10) ack 1
            +.1   > P. 11:21(10) ack 1
            +.010 < .  1:1(0) ack 21
            +.1   > F. 21:21(0) ack 1             | FIN_WAIT_1 ESTABLISHED
            +.010 < F. 1:1(0) ack 22
            +.010 > .  22:22(0) ack 2             | TIME_WAIT CLOSED
            """);
    t.assertAnnotations(6, PREVIOUS_SEGMENT_MISSING).assertAnnotations(7).assertAnnotations(8);
    assertEquals("far-hole", t.rule(6, PREVIOUS_SEGMENT_MISSING));
    assertEquals(Confidence.AMBIGUOUS, t.note(6, PREVIOUS_SEGMENT_MISSING).confidence());
    assertEquals(BEYOND_WINDOW, t.note(6, PREVIOUS_SEGMENT_MISSING).alternative());
    assertEquals(20, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
    assertEquals(Closed.THREE_SEGMENT, t.report().closed());
  }

  @Test
  void anAckOfFarMoreThanWasAllowedMovesNothing() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 300000001
            +.1   > P. 11:21(10) ack 1
            +.010 < .  1:1(0) ack 21
            """);
    assertEquals("beyond-allowed", t.rule(5, ACKED_UNSEEN_SEGMENT));
    assertEquals(Confidence.AMBIGUOUS, t.note(5, ACKED_UNSEEN_SEGMENT).confidence());
    t.assertAnnotations(6).assertAnnotations(7);
    t.assertNowhere(SPURIOUS_RETRANSMISSION).assertNowhere(RETRANSMISSION);
  }

  @Test
  void aFinFarBeyondTheWindowClosesNothing() {
    Traced t = run("+.1 > F. 300000001:300000001(0) ack 1   | ESTABLISHED ESTABLISHED");
    assertEquals(Closed.OPEN, t.report().closed());
  }

  @Test
  void aFinBehindWhichItsSenderWentOnClosesNothing() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +.1   > F. 5:5(0) ack 1               | ESTABLISHED ESTABLISHED
            +.1   > P. 11:21(10) ack 1            | ESTABLISHED ESTABLISHED
            """);
    assertEquals(Closed.OPEN, t.report().closed());
  }

  @Test
  void whatLiesBeforeTheFirstByteBelongsToAnotherConnection() {
    Traced t =
        new Script()
            .isns(9_000_000, 9_000_000)
            .play(
                Script.HANDSHAKE
                    + """
            +.1   > P. 1:11(10) ack 1
            isn > 4000000 < 4000000
            +.1   < .  1:1(0) ack 1
            +.1   > F. 1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            +.1   < F. 1:1(0) ack 2               | ESTABLISHED ESTABLISHED
            isn > 9000000 < 9000000
            +.1   > P. 11:21(10) ack 1
            """);
    assertEquals("before-first-byte", t.rule(5, STALE_ACK));
    assertEquals(Closed.OPEN, t.report().closed());
    assertEquals(20, t.report().fromClient().uniqueBytes());
    t.assertAnnotations(8);
  }

  @Test
  void behindALongGapTheOtherSidesAckBringsTheConnectionBack() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +1    > P. 300000001:300001001(1000) ack 1
            +.001 > P. 300001001:300002001(1000) ack 1
            +.010 < .  1:1(0) ack 300001001
            +.001 > P. 300002001:300003001(1000) ack 1
            +.010 < .  1:1(0) ack 300003001
            +.1   > F. 300003001:300003001(0) ack 1     | FIN_WAIT_1 ESTABLISHED
            """);
    t.assertAnnotations(6, PREVIOUS_SEGMENT_MISSING);
    assertEquals("hole-in-capture", t.rule(6, PREVIOUS_SEGMENT_MISSING));
    assertEquals(List.of(8L), t.note(6, PREVIOUS_SEGMENT_MISSING).evidence());
    t.assertAnnotations(9).assertAnnotations(10);
    assertEquals(299_999_990, t.report().fromClient().missingBytes());
  }

  @Test
  void behindALongGapDataAgreeWithAnAckThatCameFirst() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +1    < .  1:1(0) ack 300000001
            +.001 > P. 300000001:300001001(1000) ack 1
            +.010 < .  1:1(0) ack 300001001
            +.001 > P. 300001001:300002001(1000) ack 1
            """);
    t.assertHas(5, ACKED_UNSEEN_SEGMENT).assertLacks(6, BEYOND_WINDOW);
    t.assertAnnotations(7).assertAnnotations(8);
  }

  @Test
  void severalSegmentsInSequenceAreBelievedWithoutTheOtherSide() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +1    > P. 300000001:300001001(1000) ack 1
            +.001 > P. 300001001:300002001(1000) ack 1
            +.001 > P. 300002001:300003001(1000) ack 1
            +.001 > P. 300003001:300004001(1000) ack 1
            +.001 > P. 300004001:300005001(1000) ack 1
            +.010 < .  1:1(0) ack 300005001
            """);
    t.assertAnnotations(6, PREVIOUS_SEGMENT_MISSING);
    t.assertAnnotations(7).assertAnnotations(9).assertAnnotations(10);
    assertEquals("beyond-seen", t.rule(11, ACKED_UNSEEN_SEGMENT));
  }

  @Test
  void whoGoesOnInItsOldNumbersHasNotSentThem() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +1    > P. 300000001:300001001(1000) ack 1
            +.1   > P. 11:21(10) ack 1
            +.1   < .  1:1(0) ack 300001001
            +.1   > P. 21:31(10) ack 1
            +.010 < .  1:1(0) ack 31
            """);
    t.assertAnnotations(8).assertAnnotations(9);
    assertEquals(30, t.report().fromClient().uniqueBytes());
  }

  @Test
  void whatIsNotAcceptedMayBeChallenged() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +1    > P. 300000001:300001001(1000) ack 1
            +.001 < .  1:1(0) ack 11
            +1    > .  11:11(0) ack 300000001
            +.001 < .  1:1(0) ack 11
            """);
    assertEquals("challenge-data", t.rule(7, CHALLENGE_ACK));
    assertEquals(List.of(6L), t.note(7, CHALLENGE_ACK).evidence());
    assertEquals("challenge-number", t.rule(9, CHALLENGE_ACK));
    assertEquals(List.of(8L), t.note(9, CHALLENGE_ACK).evidence());
  }

  @Test
  void anAckFartherBackThanAnyWindowMayBeChallenged() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1 win 1000
            +.010 > .  1:1(0) ack 1
            +.1   > .  1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001 win 1000
            +.1   > .  1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 2001 win 1000
            +1    < .  1:1(0) ack 500 win 1000
            +.001 > .  2001:2001(0) ack 1
            """);
    assertEquals("challenge-number", t.rule(9, CHALLENGE_ACK));
    assertEquals(List.of(8L), t.note(9, CHALLENGE_ACK).evidence());
  }

  @Test
  void anAckThatNoWindowReachesIsNotPassedOver() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 1900000000
            +.1   > P. 11:21(10) ack 1
            +.010 < .  1:1(0) ack 21
            """);
    assertEquals("beyond-allowed", t.rule(5, ACKED_UNSEEN_SEGMENT));
    t.assertAnnotations(6).assertAnnotations(7);
  }

  @Test
  void whoRepeatsAnUnbelievableSegmentHasSentItBefore() {
    Traced t =
        Script.run(
            """
            +0  > S  0:0(0)
            +1  < F. 1:1(0) ack 1900000000   | SYN_SENT UNKNOWN
            +50 < F. 1:1(0) ack 1900000000   | SYN_SENT UNKNOWN
            """);
    t.assertAnnotations(2, STALE_ACK).assertAnnotations(3, RETRANSMISSION, STALE_ACK);
    assertEquals("not-of-this-call", t.rule(2, STALE_ACK));
    assertEquals(List.of(2L), t.note(3, RETRANSMISSION).evidence());
    assertEquals(0, t.report().fromServer().uniqueBytes());
  }
}
