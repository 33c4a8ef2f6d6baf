package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.ACKED_UNSEEN_SEGMENT;
import static dev.conntrace.trace.AnnotationKind.FAST_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.OUT_OF_ORDER;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SPURIOUS_RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Confidence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes that fill a hole: late, or sent again? (RFC 4737) */
class OrderTest {
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  private static Traced runWithoutIds(String script) {
    return new Script().withoutIds().play(Script.HANDSHAKE + script);
  }

  private static void assertJudged(
      Traced t, long frame, AnnotationKind kind, String rule, Confidence confidence) {
    t.assertHas(frame, kind);
    AnnotationKind other = kind == OUT_OF_ORDER ? RETRANSMISSION : OUT_OF_ORDER;
    t.assertLacks(frame, other);
    assertEquals(rule, t.rule(frame, kind), t.toString());
    assertEquals(confidence, t.note(frame, kind).confidence(), t.toString());
  }

  @Test
  void anEarlierIdentificationProvesThatItIsLate() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1 id 1
            +0    > P. 21:31(10) ack 1 id 3
            +.5   > P. 11:21(10) ack 1 id 2
            """);
    t.assertHas(5, PREVIOUS_SEGMENT_MISSING);
    assertJudged(t, 6, OUT_OF_ORDER, "earlier-ip-id", Confidence.CERTAIN);
    assertEquals(List.of(5L), t.note(6, OUT_OF_ORDER).evidence());
  }

  @Test
  void aLaterIdentificationProvesThatItWasSentAgain() {
    Traced t =
        run(
            """
            +.1     > P. 1:11(10) ack 1 id 1
            +0      > P. 21:31(10) ack 1 id 3
            +.00001 > P. 11:21(10) ack 1 id 4
            """);
    assertJudged(t, 6, RETRANSMISSION, "later-ip-id", Confidence.CERTAIN);
  }

  @Test
  void bytesThatWereAcknowledgedAndComeAgainHadBeenMissedByTheCapture() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1 id 1
            +0    > P. 21:31(10) ack 1 id 3
            +.010 < .  1:1(0) ack 31
            +.1   > P. 11:21(10) ack 1 id 4
            """);
    assertJudged(t, 7, RETRANSMISSION, "acked-and-sent-again", Confidence.CERTAIN);
    assertEquals(List.of(5L, 6L), t.note(7, RETRANSMISSION).evidence());
    t.assertHas(7, SPURIOUS_RETRANSMISSION).assertHas(6, ACKED_UNSEEN_SEGMENT);
  }

  @Test
  void bytesThatWereAcknowledgedAndComeLateWereOnlyCapturedLate() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1 id 1
            +0    > P. 21:31(10) ack 1 id 3
            +.010 < .  1:1(0) ack 31
            +.001 > P. 11:21(10) ack 1 id 2
            """);
    assertJudged(t, 7, OUT_OF_ORDER, "acked-before-captured", Confidence.LIKELY);
    t.assertLacks(6, ACKED_UNSEEN_SEGMENT);
  }

  @Test
  void identificationsWrap() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1 id 65534
            +0    > P. 21:31(10) ack 1 id 1
            +.5   > P. 11:21(10) ack 1 id 65535
            """);
    assertJudged(t, 6, OUT_OF_ORDER, "earlier-ip-id", Confidence.CERTAIN);
  }

  @Test
  void randomIdentificationsProveNothing() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1 id 40000
            +0    > P. 21:31(10) ack 1 id 300
            +.5   > P. 11:21(10) ack 1 id 200
            """);
    assertJudged(t, 6, RETRANSMISSION, "not-soon", Confidence.AMBIGUOUS);
  }

  @Test
  void anEarlierTimestampProvesThatItIsLate() {
    Traced t =
        runWithoutIds(
            """
            +.1   > P. 1:11(10) ack 1 <TS val 100 ecr 1>
            +0    > P. 21:31(10) ack 1 <TS val 102 ecr 1>
            +.5   > P. 11:21(10) ack 1 <TS val 101 ecr 1>
            """);
    assertJudged(t, 6, OUT_OF_ORDER, "earlier-timestamp", Confidence.CERTAIN);
  }

  @Test
  void aLaterTimestampProvesThatItWasSentAgain() {
    Traced t =
        runWithoutIds(
            """
            +.1     > P. 1:11(10) ack 1 <TS val 4294967295 ecr 1>
            +0      > P. 21:31(10) ack 1 <TS val 4294967295 ecr 1>
            +.00001 > P. 11:21(10) ack 1 <TS val 3 ecr 1>
            """);
    assertJudged(t, 6, RETRANSMISSION, "later-timestamp", Confidence.CERTAIN);
  }

  @Test
  void equalTimestampsLeaveItToTheTime() {
    Traced t =
        runWithoutIds(
            """
            +.1     > P. 1:11(10) ack 1 <TS val 100 ecr 1>
            +0      > P. 21:31(10) ack 1 <TS val 100 ecr 1>
            +.00001 > P. 11:21(10) ack 1 <TS val 100 ecr 1>
            """);
    assertJudged(t, 6, OUT_OF_ORDER, "soon", Confidence.LIKELY);
  }

  @Test
  void aHoleThatIsFilledAtOnceWasOnlyReordered() {
    Traced t =
        runWithoutIds(
            """
            +.1     > P. 1:11(10) ack 1
            +0      > P. 21:31(10) ack 1
            +.00010 > P. 11:21(10) ack 1
            """);
    assertJudged(t, 6, OUT_OF_ORDER, "soon", Confidence.LIKELY);
    assertEquals(RETRANSMISSION, t.note(6, OUT_OF_ORDER).alternative());
  }

  @Test
  void aHoleFilledWithinARoundTripWithoutFeedbackStaysInDoubt() {
    Traced t =
        runWithoutIds(
            """
            +.1     > P. 1:11(10) ack 1
            +0      > P. 21:31(10) ack 1
            +.010   > P. 11:21(10) ack 1
            """);
    assertJudged(t, 6, OUT_OF_ORDER, "soon", Confidence.AMBIGUOUS);
  }

  @Test
  void aHoleFilledARoundTripAfterTheReceiverAskedWasSentAgain() {
    Traced t =
        runWithoutIds(
            """
            +.1     > P. 1:11(10) ack 1
            +0      > P. 21:31(10) ack 1
            +.0001  < .  1:1(0) ack 11
            +.0001  < .  1:1(0) ack 11 <sack 21:31>
            +.020   > P. 11:21(10) ack 1
            """);
    assertJudged(t, 8, RETRANSMISSION, "asked-for", Confidence.LIKELY);
    t.assertHas(8, FAST_RETRANSMISSION);
  }

  @Test
  void aHoleFilledLongAfterwardsWasSentAgain() {
    Traced t =
        runWithoutIds(
            """
            +.1     > P. 1:11(10) ack 1
            +0      > P. 21:31(10) ack 1
            +.300   > P. 11:21(10) ack 1
            """);
    assertJudged(t, 6, RETRANSMISSION, "not-soon", Confidence.AMBIGUOUS);
  }

  @Test
  void dataOvertakenOnlyByAnAcknowledgementStillComesInOrder() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1 id 1
            +0    > .  21:21(0) ack 1 id 3
            +.001 > P. 11:21(10) ack 1 id 2
            """);
    t.assertHas(5, PREVIOUS_SEGMENT_MISSING).assertAnnotations(6);
  }

  @Test
  void newDataOvertakenByARetransmissionIsLate() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1 id 1
            +0    > P. 11:21(10) ack 1 id 2
            +.2   > P. 1:11(10) ack 1 id 4
            +.001 > P. 21:31(10) ack 1 id 3
            +.001 > P. 31:41(10) ack 1 id 5
            """);
    assertJudged(t, 7, OUT_OF_ORDER, "overtaken-ip-id", Confidence.CERTAIN);
    assertEquals(List.of(6L), t.note(7, OUT_OF_ORDER).evidence());
    t.assertAnnotations(8);
  }

  @Test
  void newDataWithAnOlderTimestampThanARetransmissionIsLate() {
    Traced t =
        runWithoutIds(
            """
            +.1   > P. 1:11(10) ack 1 <TS val 100 ecr 1>
            +0    > P. 11:21(10) ack 1 <TS val 100 ecr 1>
            +.2   > P. 1:11(10) ack 1 <TS val 301 ecr 1>
            +.001 > P. 21:31(10) ack 1 <TS val 299 ecr 1>
            """);
    assertJudged(t, 7, OUT_OF_ORDER, "overtaken-timestamp", Confidence.CERTAIN);
  }

  @Test
  void aTimestampEqualToThatOfTheSegmentBeyondTheHoleProvesThatItIsLate() {
    Traced t =
        new Script()
            .withoutIds()
            .play(
                """
                +0    > S  0:0(0) <mss 1460,TS val 90 ecr 0>
                +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 7 ecr 90>
                +.010 > .  1:1(0) ack 1 <TS val 110 ecr 7>
                +.010 > P. 1:11(10) ack 1 <TS val 120 ecr 7>
                +0    > P. 21:31(10) ack 1 <TS val 120 ecr 7>
                +0    > P. 31:41(10) ack 1 <TS val 121 ecr 7>
                +.001 < .  1:1(0) ack 11 <TS val 9 ecr 120>
                +.040 > P. 11:21(10) ack 1 <TS val 120 ecr 7>
                """);
    assertJudged(t, 8, OUT_OF_ORDER, "same-timestamp", Confidence.CERTAIN);
    assertEquals(List.of(5L), t.note(8, OUT_OF_ORDER).evidence());
  }

  @Test
  void aClockSlowerThanTheRoundTripProvesNothing() {
    Traced t =
        runWithoutIds(
            """
            +.1   > P. 1:11(10) ack 1 <TS val 100 ecr 1>
            +.010 > P. 31:41(10) ack 1 <TS val 100 ecr 1>
            +.100 > P. 41:51(10) ack 1 <TS val 101 ecr 1>
            +.010 > P. 11:21(10) ack 1 <TS val 100 ecr 1>
            """);
    assertJudged(t, 7, RETRANSMISSION, "not-soon", Confidence.AMBIGUOUS);
  }

  @Test
  void aHoleShownOnlyByAnAcknowledgementCanBeFilledByARetransmission() {
    Traced t =
        runWithoutIds(
            """
            +.1   > P. 1:11(10) ack 1
            +0    > .  21:21(0) ack 1
            +.300 > P. 11:21(10) ack 1
            """);
    assertJudged(t, 6, RETRANSMISSION, "not-soon", Confidence.AMBIGUOUS);
  }

  @Test
  void reorderingOnAMicrosecondPathIsSeenAsSuch() {
    Traced t =
        new Script()
            .withoutIds()
            .play(
                """
                +0       > S  0:0(0) <mss 1460>
                +.000020 < S. 0:0(0) ack 1 <mss 1460>
                +.000010 > .  1:1(0) ack 1
                +.1      > P. 1:11(10) ack 1
                +.000002 > P. 21:31(10) ack 1
                +.000003 > P. 11:21(10) ack 1
                """);
    assertJudged(t, 6, OUT_OF_ORDER, "soon", Confidence.LIKELY);
  }

  @Test
  void lateBytesCountOnce() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1 id 1
            +0    > P. 21:31(10) ack 1 id 3
            +0    > P. 11:21(10) ack 1 id 2
            +.010 < .  1:1(0) ack 31
            """);
    assertEquals(30, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
    t.assertAnnotations(7);
  }
}
