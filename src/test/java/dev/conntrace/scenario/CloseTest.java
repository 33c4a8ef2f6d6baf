package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.CLOSE_COMPLETE;
import static dev.conntrace.trace.AnnotationKind.DATA_AFTER_CLOSE;
import static dev.conntrace.trace.AnnotationKind.FIN;
import static dev.conntrace.trace.AnnotationKind.FIN_ACKED;
import static dev.conntrace.trace.AnnotationKind.FIN_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.HALF_CLOSE;
import static dev.conntrace.trace.AnnotationKind.OUT_OF_ORDER;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SIMULTANEOUS_CLOSE;
import static dev.conntrace.trace.AnnotationKind.SPURIOUS_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.TIMEOUT_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.TIME_WAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.Party;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How connections close in order (RFC 9293 3.6). */
class CloseTest {
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  @Test
  void closesWithFourSegments() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1               | FIN_WAIT_1 ESTABLISHED
            +.010 < .  1:1(0) ack 2               | FIN_WAIT_2 CLOSE_WAIT
            +.020 < F. 1:1(0) ack 2               | FIN_WAIT_2 LAST_ACK
            +.010 > .  2:2(0) ack 2               | TIME_WAIT CLOSED
            """);
    t.assertAnnotations(4, FIN).assertAnnotations(5, FIN_ACKED).assertAnnotations(6, FIN);
    t.assertAnnotations(7, FIN_ACKED, CLOSE_COMPLETE, TIME_WAIT);
    assertEquals(List.of(4L, 6L), t.note(7, CLOSE_COMPLETE).evidence());
    assertEquals(Closed.FOUR_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
    assertEquals(Party.CLIENT, t.timeWait().owner());
  }

  @Test
  void closesWithThreeSegmentsWhenTheFinCarriesTheAck() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1               | FIN_WAIT_1 ESTABLISHED
            +.010 < F. 1:1(0) ack 2               | FIN_WAIT_2 LAST_ACK
            +.010 > .  2:2(0) ack 2               | TIME_WAIT CLOSED
            """);
    t.assertAnnotations(5, FIN, FIN_ACKED);
    t.assertAnnotations(6, FIN_ACKED, CLOSE_COMPLETE, TIME_WAIT);
    assertEquals(Closed.THREE_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
  }

  @Test
  void theServerMayCloseFirst() {
    Traced t =
        run(
            """
            +1    < F. 1:1(0) ack 1               | ESTABLISHED FIN_WAIT_1
            +.010 > .  1:1(0) ack 2               | CLOSE_WAIT FIN_WAIT_2
            +.010 > F. 1:1(0) ack 2               | LAST_ACK FIN_WAIT_2
            +.010 < .  2:2(0) ack 2               | CLOSED TIME_WAIT
            """);
    assertEquals(Closed.FOUR_SEGMENT, t.report().closed());
    assertEquals(Party.SERVER, t.report().closedFirst());
    assertEquals(Party.SERVER, t.timeWait().owner());
  }

  @Test
  void closesSimultaneouslyWhenFinsCross() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1               | FIN_WAIT_1 ESTABLISHED
            +.001 < F. 1:1(0) ack 1               | FIN_WAIT_1 FIN_WAIT_1
            +.010 > .  2:2(0) ack 2               | CLOSING FIN_WAIT_2
            +.001 < .  2:2(0) ack 2               | TIME_WAIT TIME_WAIT
            """);
    t.assertAnnotations(4, FIN).assertAnnotations(5, FIN, SIMULTANEOUS_CLOSE);
    t.assertHas(6, FIN_ACKED);
    t.assertAnnotations(7, FIN_ACKED, CLOSE_COMPLETE, TIME_WAIT);
    assertEquals(Closed.SIMULTANEOUS, t.report().closed());
    assertEquals(Party.BOTH, t.report().closedFirst());
    assertEquals(Party.BOTH, t.timeWait().owner());
  }

  @Test
  void finsThatKnowEachOtherDoNotCross() {
    run("""
            +1    > F. 1:1(0) ack 1
            +.010 < F. 1:1(0) ack 2
            +.010 > .  2:2(0) ack 2
            """)
        .assertNowhere(SIMULTANEOUS_CLOSE);
  }

  @Test
  void theFinMayCarryTheLastData() {
    Traced t =
        run(
            """
            +1    > FP. 1:11(10) ack 1            | FIN_WAIT_1 ESTABLISHED
            +.010 < .  1:1(0) ack 11              | FIN_WAIT_1 ESTABLISHED
            +.010 < .  1:1(0) ack 12              | FIN_WAIT_2 CLOSE_WAIT
            """);
    t.assertLacks(5, FIN_ACKED).assertHas(6, FIN_ACKED);
    assertEquals(List.of(11L), t.note(4, FIN).values());
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }

  @Test
  void marksTheFinAfterWhichTheOtherSideWentOn() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1               | FIN_WAIT_1 ESTABLISHED
            +.010 < .  1:1(0) ack 2               | FIN_WAIT_2 CLOSE_WAIT
            +.010 < P. 1:101(100) ack 2           | FIN_WAIT_2 CLOSE_WAIT
            +.010 > .  2:2(0) ack 101             | FIN_WAIT_2 CLOSE_WAIT
            +.010 < P. 101:201(100) ack 2
            +.010 > .  2:2(0) ack 201
            +.010 < F. 201:201(0) ack 2           | FIN_WAIT_2 LAST_ACK
            +.010 > .  2:2(0) ack 202             | TIME_WAIT CLOSED
            """);
    t.assertAnnotations(4, FIN, HALF_CLOSE);
    assertEquals(List.of(6L), t.note(4, HALF_CLOSE).evidence());
    t.assertLacks(10, HALF_CLOSE);
    assertEquals("fin-after-half-close", t.rule(10, FIN));
    assertEquals(List.of(201L, 60_000_000L, 200L), t.note(10, FIN).values());
    assertEquals(1, t.report().annotations().get(HALF_CLOSE));
    assertEquals(Closed.FOUR_SEGMENT, t.report().closed());
    assertEquals(200, t.report().fromServer().uniqueBytes());
  }

  @Test
  void aHalfCloseIsShownHoweverLateTheDataCome() {
    run("""
            +1    > F. 1:1(0) ack 1
            +.010 < .  1:1(0) ack 2
            +5    < .  1:1(0) ack 2 win 600
            +1    < P. 1:101(100) ack 2
            +.010 > .  2:2(0) ack 101
            """)
        .assertHas(4, HALF_CLOSE);
  }

  @Test
  void aSideThatResetsTheDataWasNotHalfClosed() {
    run("""
            +1    > F. 1:1(0) ack 1
            +.010 < .  1:1(0) ack 2
            +1    < P. 1:101(100) ack 2
            +.001 > R  2:2(0)
            """)
        .assertNowhere(HALF_CLOSE);
  }

  @Test
  void dataThatCrossesAFinIsNoHalfClose() {
    run("""
            +1    > F. 1:1(0) ack 1
            +.001 < P. 1:101(100) ack 1
            +.010 < F. 101:101(0) ack 2
            +.010 > .  2:2(0) ack 102
            """)
        .assertNowhere(HALF_CLOSE);
  }

  @Test
  void staysHalfClosedWhenOnlyOneSideClosed() {
    Traced t =
        run(
            """
            +1    < F. 1:1(0) ack 1
            +.010 > .  1:1(0) ack 2               | CLOSE_WAIT FIN_WAIT_2
            """);
    assertEquals(Closed.HALF_CLOSED, t.report().closed());
    assertEquals(Party.SERVER, t.report().closedFirst());
    assertNull(t.report().timeWait());
  }

  @Test
  void keepsTheShapeWithoutTheLastAck() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1
            +.010 < F. 1:1(0) ack 2               | FIN_WAIT_2 LAST_ACK
            """);
    assertEquals(Closed.THREE_SEGMENT, t.report().closed());
    assertNull(t.report().timeWait());
    t.assertNowhere(CLOSE_COMPLETE);
  }

  @Test
  void repeatsAFinThatNobodyAcknowledges() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1               | FIN_WAIT_1 ESTABLISHED
            +.210 > F. 1:1(0) ack 1               | FIN_WAIT_1 ESTABLISHED
            +.420 > F. 1:1(0) ack 1
            +.010 < .  1:1(0) ack 2               | FIN_WAIT_2 CLOSE_WAIT
            """);
    t.assertAnnotations(5, FIN, RETRANSMISSION, FIN_RETRANSMISSION, TIMEOUT_RETRANSMISSION);
    t.assertHas(6, FIN_RETRANSMISSION);
    t.assertLacks(4, FIN_RETRANSMISSION);
  }

  @Test
  void aFinThatWasAcknowledgedIsRepeatedForNothing() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1
            +.010 < .  1:1(0) ack 2
            +.210 > F. 1:1(0) ack 1
            """);
    t.assertAnnotations(6, FIN, RETRANSMISSION, FIN_RETRANSMISSION, SPURIOUS_RETRANSMISSION);
  }

  @Test
  void aFinBeforeTheLastDataClosesWhenTheDataHasCome() {
    Traced t =
        run(
            """
            +1      > P. 1:11(10) ack 1 id 1
            +0      > F. 21:21(0) ack 1 id 3        | FIN_WAIT_1 ESTABLISHED
            +.00005 > P. 11:21(10) ack 1 id 2       | FIN_WAIT_1 ESTABLISHED
            +.010   < .  1:1(0) ack 21              | FIN_WAIT_1 ESTABLISHED
            +.010   < .  1:1(0) ack 22              | FIN_WAIT_2 CLOSE_WAIT
            """);
    t.assertAnnotations(5, FIN, PREVIOUS_SEGMENT_MISSING);
    t.assertAnnotations(6, OUT_OF_ORDER);
    t.assertNowhere(DATA_AFTER_CLOSE).assertHas(8, FIN_ACKED);
    assertEquals(20, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  void nothingMayComeBehindAFin() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1
            +.010 < .  1:1(0) ack 2
            +.010 > P. 2:12(10) ack 1
            """);
    t.assertHas(6, DATA_AFTER_CLOSE);
    assertEquals(List.of(4L), t.note(6, DATA_AFTER_CLOSE).evidence());
  }

  @Test
  void dataForAClosedSideComesTooLate() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1
            +.010 < F. 1:1(0) ack 2
            +.010 > .  2:2(0) ack 2               | TIME_WAIT CLOSED
            +.010 > P. 2:12(10) ack 2
            """);
    t.assertHas(7, DATA_AFTER_CLOSE);
  }

  @Test
  void whoClosedFirstIsAMatterOfCausalityNotOfCaptureOrder() {
    Traced t =
        run(
            """
            +1      < F. 1:1(0) ack 2
            +.00001 > F. 1:1(0) ack 1
            +.010   > .  2:2(0) ack 2             | TIME_WAIT CLOSED
            """);
    assertEquals(Party.CLIENT, t.report().closedFirst());
    assertEquals(Closed.THREE_SEGMENT, t.report().closed());
    t.assertNowhere(SIMULTANEOUS_CLOSE);
    assertEquals(Party.CLIENT, t.timeWait().owner());
  }

  @Test
  void aFinCapturedBehindItsAckIsAcknowledgedAtOnce() {
    Traced t =
        run(
            """
            +1      < .  1:1(0) ack 2
            +.00001 > F. 1:1(0) ack 1             | FIN_WAIT_2 CLOSE_WAIT
            +.010   < F. 1:1(0) ack 2             | FIN_WAIT_2 LAST_ACK
            +.010   > .  2:2(0) ack 2             | TIME_WAIT CLOSED
            """);
    assertEquals(Closed.FOUR_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
  }

  @Test
  void theLastAckMayBeCapturedBeforeTheLastFin() {
    Traced t =
        run(
            """
            +1      > F. 1:1(0) ack 1
            +.010   < .  1:1(0) ack 2             | FIN_WAIT_2 CLOSE_WAIT
            +.010   > .  2:2(0) ack 2             | TIME_WAIT CLOSED
            +.00001 < F. 1:1(0) ack 2             | TIME_WAIT CLOSED
            """);
    assertEquals(Closed.FOUR_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
    assertEquals(6, t.timeWait().startFrame());
    t.assertHas(6, CLOSE_COMPLETE).assertHas(6, TIME_WAIT);
    t.assertNowhere(SIMULTANEOUS_CLOSE).assertNowhere(FIN_RETRANSMISSION);
  }

  @Test
  void theLastAckBeforeTheLastDataAndFinClosesWhenTheyAreCaptured() {
    Traced t =
        run(
            """
            +1      > F. 1:1(0) ack 1
            +.010   < .  1:1(0) ack 2
            +.010   > .  2:2(0) ack 12            | FIN_WAIT_2 CLOSE_WAIT
            +.00001 < FP. 1:11(10) ack 2          | TIME_WAIT CLOSED
            """);
    assertEquals(Closed.FOUR_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.timeWait().owner());
  }

  @Test
  void aFinThatTheCaptureMissedShowsInTheStates() {
    Traced t =
        run(
            """
            +1    < .  1:1(0) ack 2               # the client's FIN was not captured
            +.010 < F. 1:1(0) ack 2               | FIN_WAIT_2 LAST_ACK
            +.010 > .  2:2(0) ack 2               | TIME_WAIT CLOSED
            """);
    assertEquals(Closed.FOUR_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
    assertEquals(Party.CLIENT, t.timeWait().owner());
    assertEquals(Confidence.LIKELY, t.changes(5).get(0).confidence());
    assertEquals(
        "must have sent a FIN that the capture does not show", t.changes(5).get(0).cause());
    assertEquals(Confidence.LIKELY, t.note(5, FIN_ACKED).confidence());
  }

  @Test
  void theSecondFinMayBeTheOneThatTheCaptureMissed() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1
            +.010 < .  1:1(0) ack 2               | FIN_WAIT_2 CLOSE_WAIT
            +.020 > .  2:2(0) ack 2               | TIME_WAIT CLOSED
            """);
    assertEquals(Closed.FOUR_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
    t.assertHas(6, CLOSE_COMPLETE);
    assertEquals(Confidence.LIKELY, t.note(6, CLOSE_COMPLETE).confidence());
  }

  @Test
  void aMissingNumberWasAByteWhenItsSenderGoesOn() {
    Traced t =
        run(
            """
            +1    < F. 1:1(0) ack 2               | FIN_WAIT_2 LAST_ACK
            +.010 > .  2:2(0) ack 2               | TIME_WAIT CLOSED
            +.010 > P. 2:12(10) ack 2             | CLOSE_WAIT FIN_WAIT_2
            +.010 < .  2:2(0) ack 12
            +.010 > F. 12:12(0) ack 2             | LAST_ACK FIN_WAIT_2
            +.010 < .  2:2(0) ack 13              | CLOSED TIME_WAIT
            """);
    t.assertNowhere(DATA_AFTER_CLOSE);
    assertEquals(Party.SERVER, t.report().closedFirst());
    assertEquals(Party.SERVER, t.timeWait().owner());
    assertEquals("what was taken for a FIN was a byte of data", t.changes(6).get(0).cause());
  }
}
