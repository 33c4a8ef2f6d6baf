package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.DSACK;
import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.FAST_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SACK;
import static dev.conntrace.trace.AnnotationKind.SPURIOUS_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.TAIL_LOSS_PROBE;
import static dev.conntrace.trace.AnnotationKind.TIMEOUT_RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Confidence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why bytes were sent again (RFC 5681 3.2, RFC 6298 5, RFC 6675, RFC 8985, RFC 2883). */
class RetransmissionKindTest {
  private static final String NO_SACK =
      """
      +0    > S  0:0(0) <mss 1000>
      +.010 < S. 0:0(0) ack 1 <mss 1000>
      +.010 > .  1:1(0) ack 1
      """;

  /** Frames 4 to 8: five segments of which the first is lost behind the capture point. */
  private static final String FIVE =
      """
      +.1   > P. 1:1001(1000) ack 1
      +0    > P. 1001:2001(1000) ack 1
      +0    > P. 2001:3001(1000) ack 1
      +0    > P. 3001:4001(1000) ack 1
      +0    > P. 4001:5001(1000) ack 1
      """;

  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  @Test
  void threeDuplicateAcksAskForAFastRetransmission() {
    Traced t =
        Script.run(
            NO_SACK
                + FIVE
                + """
            +.010 < .  1:1(0) ack 1
            +0    < .  1:1(0) ack 1
            +0    < .  1:1(0) ack 1
            +.001 > P. 1:1001(1000) ack 1
            +.020 < .  1:1(0) ack 5001
            """);
    t.assertAnnotations(12, RETRANSMISSION, FAST_RETRANSMISSION);
    assertEquals("three-duplicate-acks", t.rule(12, FAST_RETRANSMISSION));
    assertEquals(List.of(3L, 1L), t.note(12, FAST_RETRANSMISSION).values());
  }

  @Test
  void twoDuplicateAcksDoNot() {
    Traced t =
        Script.run(
            NO_SACK
                + FIVE
                + """
            +.010 < .  1:1(0) ack 1
            +0    < .  1:1(0) ack 1
            +.300 > P. 1:1001(1000) ack 1
            """);
    t.assertAnnotations(11, RETRANSMISSION, TIMEOUT_RETRANSMISSION);
  }

  @Test
  void seenAtTheReceiverItComesARoundTripLaterAndIsStillFast() {
    Traced t =
        Script.run(
            NO_SACK
                + FIVE
                + """
            +.0001 < .  1:1(0) ack 1
            +0     < .  1:1(0) ack 1
            +0     < .  1:1(0) ack 1
            +0     < .  1:1(0) ack 1
            +.100  > P. 1:1001(1000) ack 1
            """);
    t.assertAnnotations(13, RETRANSMISSION, FAST_RETRANSMISSION);
  }

  @Test
  void oneSackIsEnoughForRack() {
    Traced t =
        run(
            FIVE
                + """
            +.010    < .  1:1(0) ack 1 <sack 1001:2001>
            +.000015 > P. 1:1001(1000) ack 1
            """);
    t.assertAnnotations(9, DUPLICATE_ACK, SACK);
    t.assertAnnotations(10, RETRANSMISSION, FAST_RETRANSMISSION);
    assertEquals("sacked-above", t.rule(10, FAST_RETRANSMISSION));
    assertEquals(List.of(9L), t.note(10, FAST_RETRANSMISSION).evidence());
  }

  @Test
  void theTimerFiresAfterAFifthOfASecondAtLeast() {
    Traced t = run("+.1 > P. 1:11(10) ack 1\n+.201 > P. 1:11(10) ack 1");
    t.assertAnnotations(5, RETRANSMISSION, TIMEOUT_RETRANSMISSION);
    assertEquals("timer", t.rule(5, TIMEOUT_RETRANSMISSION));
  }

  @Test
  void theTimerWaitsLongerEachTime() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.210 > P. 1:11(10) ack 1
            +.420 > P. 1:11(10) ack 1
            +.840 > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +.1   > P. 11:21(10) ack 1
            +.210 > P. 11:21(10) ack 1
            """);
    assertEquals("timer-again", t.rule(7, TIMEOUT_RETRANSMISSION));
    assertEquals(
        List.of(840_000_000L, 3L, 20L, 840_000_000L), t.note(7, TIMEOUT_RETRANSMISSION).values());
    assertTrue(t.text(7, TIMEOUT_RETRANSMISSION).contains("2.0 times the wait before"));
    assertEquals("timer", t.rule(10, TIMEOUT_RETRANSMISSION));
  }

  @Test
  void whatFollowsATimeoutIsOneRepair() {
    Traced t =
        run(
            FIVE
                + """
            +.300 > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +0    > P. 1001:2001(1000) ack 1
            +0    > P. 2001:3001(1000) ack 1
            """);
    t.assertHas(9, TIMEOUT_RETRANSMISSION);
    t.assertAnnotations(11, RETRANSMISSION).assertAnnotations(12, RETRANSMISSION);
  }

  @Test
  void theLastSegmentSentAgainEarlyIsAProbe() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.040 > P. 1001:2001(1000) ack 1
            """);
    t.assertAnnotations(6, RETRANSMISSION, TAIL_LOSS_PROBE);
  }

  @Test
  void aSegmentInTheMiddleIsNoTailLossProbe() {
    run(FIVE + "+.040 > P. 1:1001(1000) ack 1").assertNowhere(TAIL_LOSS_PROBE);
  }

  @Test
  void aDsackShowsThatAProbeWasNotNeeded() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.008 > P. 1:1001(1000) ack 1
            +.040 < .  1:1(0) ack 1001 <sack 1:1001>
            """);
    t.assertAnnotations(5, RETRANSMISSION, TAIL_LOSS_PROBE, SPURIOUS_RETRANSMISSION);
    assertEquals(List.of(6L), t.note(5, SPURIOUS_RETRANSMISSION).evidence());
    assertEquals("dsack", t.rule(5, SPURIOUS_RETRANSMISSION));
    t.assertHas(6, DSACK);
    assertEquals(1, t.report().annotations().get(SPURIOUS_RETRANSMISSION));
  }

  @Test
  void aDsackBlamesTheLastOfSeveralCopies() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.210 > P. 1:1001(1000) ack 1
            +.420 > P. 1:1001(1000) ack 1
            +.007 < .  1:1(0) ack 1001
            +.010 < .  1:1(0) ack 1001 <sack 1:1001>
            """);
    t.assertHas(6, SPURIOUS_RETRANSMISSION).assertLacks(5, SPURIOUS_RETRANSMISSION);
  }

  @Test
  void bytesAcknowledgedBeforeAreRepeatedForNothing() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +.200 > P. 1:11(10) ack 1
            """);
    t.assertAnnotations(6, RETRANSMISSION, SPURIOUS_RETRANSMISSION);
    assertEquals("already-acked", t.rule(6, SPURIOUS_RETRANSMISSION));
    assertEquals(List.of(5L), t.note(6, SPURIOUS_RETRANSMISSION).evidence());
  }

  @Test
  void bytesReportedBySackAreRepeatedForNothing() {
    Traced t =
        run(
            FIVE
                + """
            +.010 < .  1:1(0) ack 1 <sack 1001:3001>
            +.001 > P. 1001:2001(1000) ack 1
            """);
    t.assertHas(10, SPURIOUS_RETRANSMISSION);
    assertEquals("already-sacked", t.rule(10, SPURIOUS_RETRANSMISSION));
  }

  @Test
  void aRetransmissionThatReachesNewBytesIsNotSpurious() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +.200 > P. 1:21(20) ack 1
            """);
    t.assertHas(6, RETRANSMISSION).assertLacks(6, SPURIOUS_RETRANSMISSION);
  }

  @Test
  void aConfirmedVerdictIsCountedOnce() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +.200 > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001 <sack 1:1001>
            """);
    t.assertHas(6, SPURIOUS_RETRANSMISSION);
    assertEquals(1, t.report().annotations().get(SPURIOUS_RETRANSMISSION));
  }

  /** The server answers the SYN at once, the client 20 ms later: the capture is the server's. */
  private static final String AT_THE_SERVER =
      """
      +0       > S  0:0(0) <mss 1000>
      +.000050 < S. 0:0(0) ack 1 <mss 1000>
      +.020    > .  1:1(0) ack 1
      """;

  @Test
  void whatWasSeenBesideTheReceiverHadArrived() {
    Traced t =
        Script.run(
            AT_THE_SERVER
                + """
                +.1   > P. 1:1001(1000) ack 1
                +.300 > P. 1:1001(1000) ack 1
                """);
    t.assertAnnotations(5, RETRANSMISSION, SPURIOUS_RETRANSMISSION);
    assertEquals("already-here", t.rule(5, SPURIOUS_RETRANSMISSION));
    assertEquals(List.of(4L), t.note(5, SPURIOUS_RETRANSMISSION).evidence());
    assertEquals(Confidence.LIKELY, t.note(5, SPURIOUS_RETRANSMISSION).confidence());
  }

  @Test
  void whatWasSeenBesideTheSenderOrInTheMiddleMayStillBeLost() {
    String resent =
        """
        +.1   < P. 1:1001(1000) ack 1
        +.300 < P. 1:1001(1000) ack 1
        """;
    Script.run(AT_THE_SERVER + resent).assertLacks(5, SPURIOUS_RETRANSMISSION);
    run(resent).assertLacks(5, SPURIOUS_RETRANSMISSION);
  }

  @Test
  void newBytesBehindOldOnesAreNeededWhereverTheCaptureWasTaken() {
    Script.run(
            AT_THE_SERVER
                + """
                +.1   > P. 1:1001(1000) ack 1
                +.300 > P. 1:2001(2000) ack 1
                """)
        .assertLacks(5, SPURIOUS_RETRANSMISSION);
  }

  /** The timer fires although only the acknowledgements were lost: three segments again. */
  private static final String GO_BACK =
      """
      +.1   > P. 1:1001(1000) ack 1
      +0    > P. 1001:2001(1000) ack 1
      +0    > P. 2001:3001(1000) ack 1
      +.250 > P. 1:1001(1000) ack 1
      +.010 < .  1:1(0) ack 1001
      +0    > P. 1001:2001(1000) ack 1
      +0    > P. 2001:3001(1000) ack 1
      """;

  @Test
  void anAcknowledgementSoonerThanAnyAnswerIsTheFirstCopys() {
    Traced t = Script.run(NO_SACK + GO_BACK + "+.002 < .  1:1(0) ack 3001\n");
    t.assertLacks(7, SPURIOUS_RETRANSMISSION);
    for (long frame : List.of(9L, 10L)) {
      t.assertHas(frame, SPURIOUS_RETRANSMISSION);
      assertEquals("acked-too-soon", t.rule(frame, SPURIOUS_RETRANSMISSION));
      assertEquals(List.of(11L), t.note(frame, SPURIOUS_RETRANSMISSION).evidence());
    }
    assertEquals(2, t.report().annotations().get(SPURIOUS_RETRANSMISSION));
  }

  @Test
  void anAcknowledgementThatTookARoundTripMayBeTheSecondCopys() {
    Script.run(NO_SACK + GO_BACK + "+.010 < .  1:1(0) ack 3001\n")
        .assertNowhere(SPURIOUS_RETRANSMISSION);
  }

  @Test
  void oneAcknowledgementCanClearVeryManySegments() {
    StringBuilder script = new StringBuilder(NO_SACK);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 100; i++) {
        long begin = 1 + 10L * i;
        script.append(i == 0 ? "+.250" : "+0");
        script.append(" > P. ").append(begin).append(':').append(begin + 10);
        script.append("(10) ack 1\n");
      }
    }
    Traced t = Script.run(script + "+.001 < .  1:1(0) ack 1001\n");
    assertEquals(100, t.report().annotations().get(SPURIOUS_RETRANSMISSION));
    t.assertHas(104, SPURIOUS_RETRANSMISSION);
    t.assertHas(203, SPURIOUS_RETRANSMISSION);
  }

  @Test
  void aReportOfDuplicatesTurnsALikelyVerdictIntoACertainOne() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.250 > P. 1:1001(1000) ack 1
            +.001 < .  1:1(0) ack 2001
            +.009 < .  1:1(0) ack 2001 <sack 1:1001>
            """);
    assertEquals("dsack", t.rule(6, SPURIOUS_RETRANSMISSION));
    assertEquals(Confidence.CERTAIN, t.note(6, SPURIOUS_RETRANSMISSION).confidence());
    assertEquals(1, t.report().annotations().get(SPURIOUS_RETRANSMISSION));
  }

  /** Frame 7 sends bytes 1-1000 again; frame 9 reports that two copies of them arrived. */
  private static Traced twoCopies(String firstReportAfter) {
    return run(
        """
        +.1   > P. 1:1001(1000) ack 1
        +0    > P. 1001:2001(1000) ack 1
        +.010 < .  1:1(0) ack 1 <sack 1001:2001>
        +.001 > P. 1:1001(1000) ack 1
        +%s < .  1:1(0) ack 2001
        +.008 < .  1:1(0) ack 2001 <sack 1:1001>
        """
            .formatted(firstReportAfter));
  }

  @Test
  void theLateCopyOfTwoMayBeTheFirstOne() {
    Traced t = twoCopies(".010");
    t.assertHas(9, DSACK);
    t.assertLacks(7, SPURIOUS_RETRANSMISSION);
  }

  @Test
  void bytesReportedBeforeTheSecondCopyCanHaveBeenAnsweredMakeItNeedless() {
    Traced t = twoCopies(".007");
    assertEquals("dsack", t.rule(7, SPURIOUS_RETRANSMISSION));
    assertEquals(List.of(9L), t.note(7, SPURIOUS_RETRANSMISSION).evidence());
  }

  @Test
  void anEchoOfAnEarlierTimestampAnswersAnEarlierCopy() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1 <TS val 100 ecr 1>
            +.250 > P. 1:1001(1000) ack 1 <TS val 350 ecr 1>
            +.012 < .  1:1(0) ack 1001 <TS val 9 ecr 100>
            """);
    assertEquals("echoes-first-copy", t.rule(5, SPURIOUS_RETRANSMISSION));
    assertTrue(t.text(5, SPURIOUS_RETRANSMISSION).contains("262 ms after it, too late"));
    assertEquals(List.of(6L), t.note(5, SPURIOUS_RETRANSMISSION).evidence());
    assertEquals(Confidence.CERTAIN, t.note(5, SPURIOUS_RETRANSMISSION).confidence());
  }

  @Test
  void whatTheReceiverAskedForAndHadBeforeWasOnlyReordered() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 1 <sack 1001:2001>
            +0    > P. 1:1001(1000) ack 1
            +.001 < .  1:1(0) ack 2001
            +.009 < .  1:1(0) ack 2001 <sack 1:1001>
            """);
    assertTrue(t.text(7, SPURIOUS_RETRANSMISSION).contains("only late (reordering)"), t.toString());
  }

  @Test
  void anEchoOfTheSecondCopysTimestampAnswersThatOne() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1 <TS val 100 ecr 1>
            +.250 > P. 1:1001(1000) ack 1 <TS val 350 ecr 1>
            +.009 < .  1:1(0) ack 1001 <TS val 9 ecr 350>
            +.003 < .  1:1(0) ack 1001 <TS val 9 ecr 350,sack 1:1001>
            """);
    t.assertHas(7, DSACK).assertLacks(5, SPURIOUS_RETRANSMISSION);
  }

  @Test
  void anOutdatedAcknowledgementHidesTheTimestampBesideIt() {
    Traced t =
        run(
            """
            +.1   < P. 1:11(10) ack 1 <TS val 8 ecr 1>
            +.010 > .  1:1(0) ack 11 <TS val 99 ecr 8>
            +.090 > P. 1:1001(1000) ack 11 <TS val 100 ecr 8>
            +.250 > P. 1:1001(1000) ack 1 <TS val 350 ecr 8>
            +.012 < .  11:11(0) ack 1001 <TS val 9 ecr 99>
            """);
    t.assertHas(7, RETRANSMISSION).assertLacks(7, SPURIOUS_RETRANSMISSION);
  }
}
