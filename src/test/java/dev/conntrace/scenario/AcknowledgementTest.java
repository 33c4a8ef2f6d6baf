package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.ACKED_UNSEEN_SEGMENT;
import static dev.conntrace.trace.AnnotationKind.CHALLENGE_ACK;
import static dev.conntrace.trace.AnnotationKind.DELAYED_ACK;
import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.PARTIAL_ACK;
import static dev.conntrace.trace.AnnotationKind.STALE_ACK;
import static dev.conntrace.trace.AnnotationKind.STRETCH_ACK;
import static dev.conntrace.trace.AnnotationKind.WINDOW_UPDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Annotation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What acknowledgements say beside their number (RFC 5681, RFC 6582, RFC 9293 3.8.6.3). */
class AcknowledgementTest {
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  @Test
  void duplicatesAreNumberedUntilTheAcknowledgementMoves() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +.1   > P. 1001:2001(1000) ack 1
            +0    > P. 2001:3001(1000) ack 1
            +0    > P. 3001:4001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +0    < .  1:1(0) ack 1001
            +.020 < .  1:1(0) ack 2001
            +0    < .  1:1(0) ack 2001
            """);
    t.assertAnnotations(9, DUPLICATE_ACK);
    assertEquals("classic", t.rule(9, DUPLICATE_ACK));
    assertNumbered(t, 9, 1, 5, 1001, 6L);
    assertNumbered(t, 10, 2, 5, 1001, 6L);
    t.assertLacks(11, DUPLICATE_ACK);
    assertNumbered(t, 12, 1, 11, 2001, 7L);
  }

  @Test
  void aDuplicateNamesBothFramesThatCarriedTheByteItWaitsFor() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 1
            +.200 > P. 1:1001(1000) ack 1
            +.001 < .  1:1(0) ack 1
            """);
    assertNumbered(t, 6, 1, 2, 1, 4L);
    assertEquals(List.of(2L, 4L, 7L), t.note(8, DUPLICATE_ACK).evidence());
    assertEquals(
        "duplicate ACK no. 2 of frame 2: the server still waits for byte 1 (frame 4, again in frame 7)",
        t.text(8, DUPLICATE_ACK));
  }

  @Test
  void aDuplicateMayWaitForWhatTheCaptureDoesNotShow() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +.1   > P. 2001:3001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            """);
    assertNumbered(t, 7, 1, 5, 1001);
    assertTrue(t.text(7, DUPLICATE_ACK).contains("not captured"), t.toString());
  }

  @Test
  void anAnswerToOldDataIsNoSignOfLoss() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +.200 > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            """);
    assertEquals("answers-old-data", t.rule(7, DUPLICATE_ACK));
    assertEquals(List.of(5L, 6L), t.note(7, DUPLICATE_ACK).evidence());
    assertEquals(List.of(), t.note(7, DUPLICATE_ACK).values());
  }

  private static void assertNumbered(
      Traced t, long frame, long number, long of, long waitsFor, Long... sent) {
    Annotation note = t.note(frame, DUPLICATE_ACK);
    assertEquals(List.of(number, waitsFor), note.values(), t.toString());
    List<Long> evidence = new ArrayList<>(List.of(of));
    evidence.addAll(List.of(sent));
    assertEquals(evidence, note.evidence());
  }

  @Test
  void aRepeatedAckWithNothingOnTheWayHasNoNumber() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +.010 < .  1:1(0) ack 1001
            """);
    assertEquals("nothing-outstanding", t.rule(6, DUPLICATE_ACK));
    assertEquals(List.of(), t.note(6, DUPLICATE_ACK).values());
  }

  @Test
  void anotherWindowMakesItAnUpdateAndNoDuplicate() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1 win 600
            """);
    t.assertAnnotations(5, WINDOW_UPDATE);
  }

  @Test
  void dataOrAFinMakesItNoDuplicate() {
    run("""
            +.1   > P. 1:1001(1000) ack 1
            +0    < P. 1:11(10) ack 1
            +0    < P. 11:21(10) ack 1
            +0    < F. 21:21(0) ack 1
            """)
        .assertNowhere(DUPLICATE_ACK);
  }

  @Test
  void anAckThatReachesTheRecoveryPointIsNotPartial() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +0    > P. 2001:3001(1000) ack 1
            +.300 > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +.300 > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 3001
            """);
    t.assertHas(8, PARTIAL_ACK).assertLacks(10, PARTIAL_ACK);
    assertEquals(List.of(1000L, 3000L), t.note(8, PARTIAL_ACK).values());
    assertEquals(List.of(7L), t.note(8, PARTIAL_ACK).evidence());
  }

  @Test
  void anAckOutsideOfARepairIsNotPartial() {
    run("""
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            """)
        .assertNowhere(PARTIAL_ACK);
  }

  @Test
  void anAckInsideOfASegmentTakesOnlyAPartOfIt() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 1301 win 0
            """);
    t.assertHas(6, PARTIAL_ACK);
    assertEquals("mid-segment", t.rule(6, PARTIAL_ACK));
    assertEquals(List.of(300L, 1000L), t.note(6, PARTIAL_ACK).values());
    assertEquals(List.of(5L), t.note(6, PARTIAL_ACK).evidence());
  }

  @Test
  void whatTheNetworkCardStillCutsUpIsAcknowledgedInParts() {
    run("""
        +.1   > P. 1:14601(14600) ack 1
        +.010 < .  1:1(0) ack 2921
        +0    < .  1:1(0) ack 5841
        """)
        .assertNowhere(PARTIAL_ACK);
  }

  @Test
  void anAckFarBelowEveryWindowIsDroppedAndChallenged() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 1460>
            +.010 < S. 0:0(0) ack 1 win 2000 <mss 1460>
            +.010 > .  1:1(0) ack 1
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001 win 2000
            +.1   > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 2001 win 2000
            +.1   > P. 2001:3001(1000) ack 1
            +.010 < .  1:1(0) ack 3001 win 2000
            +.1   < .  1:1(0) ack 1001 win 2000
            +.1   < .  1:1(0) ack 1 win 2000
            +.001 > .  3001:3001(0) ack 1
            """);
    assertEquals("overtaken", t.rule(10, STALE_ACK));
    assertEquals("below-window", t.rule(11, STALE_ACK));
    assertEquals(List.of(0L, 3000L), t.note(11, STALE_ACK).values());
    t.assertHas(12, CHALLENGE_ACK);
    assertEquals("challenge", t.rule(12, DUPLICATE_ACK));
    assertEquals(List.of(3L, 11L), t.note(12, DUPLICATE_ACK).evidence());
  }

  @Test
  void anOldAckWithNewBlocksIsNotStale() {
    run("""
        +.1   > P. 1:1001(1000) ack 1
        +0    > P. 1001:2001(1000) ack 1
        +0    > P. 2001:3001(1000) ack 1
        +.010 < .  1:1(0) ack 1001
        +0    < .  1:1(0) ack 1 <sack 2001:3001>
        """)
        .assertNowhere(STALE_ACK);
  }

  @Test
  void anAckThatWasOvertakenIsStale() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 2001
            +0    < .  1:1(0) ack 1001
            +.1   < .  1:1(0) ack 2001 win 500
            """);
    t.assertAnnotations(7, STALE_ACK).assertLacks(6, STALE_ACK).assertLacks(8, STALE_ACK);
    assertEquals(List.of(6L), t.note(7, STALE_ACK).evidence());
  }

  @Test
  void dataWithAnOldAckIsNotStale() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  11:11(0) ack 1001
            +0    < P. 1:11(10) ack 1
            """);
    t.assertLacks(6, STALE_ACK);
  }

  @Test
  void anAckOfMoreThanTwoFullSegmentsStretches() {
    Traced t =
        run(
            """
            +.1   > P. 1:1461(1460) ack 1
            +0    > P. 1461:2921(1460) ack 1
            +.010 < .  1:1(0) ack 2921
            +.1   > P. 2921:4381(1460) ack 1
            +0    > P. 4381:5841(1460) ack 1
            +0    > P. 5841:7301(1460) ack 1
            +.010 < .  1:1(0) ack 7301
            """);
    t.assertLacks(6, STRETCH_ACK).assertAnnotations(10, STRETCH_ACK);
    assertEquals(List.of(4380L), t.note(10, STRETCH_ACK).values());
  }

  @Test
  void withoutAnMssTheLargestSegmentSeenIsAFullOne() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +0    > P. 2001:3001(1000) ack 1
            +.010 < .  1:1(0) ack 3001
            """);
    t.assertHas(7, STRETCH_ACK);
  }

  @Test
  void anAckHeldBackForFortyMillisecondsIsDelayed() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.001 < .  1:1(0) ack 1001
            +.1   > P. 1001:2001(1000) ack 1
            +.040 < .  1:1(0) ack 2001
            """);
    t.assertLacks(5, DELAYED_ACK).assertHas(7, DELAYED_ACK);
    assertEquals(List.of(6L), t.note(7, DELAYED_ACK).evidence());
    assertEquals(List.of(40_000_000L), t.note(7, DELAYED_ACK).values());
  }

  /**
   * The ACK in frame 6 was sent behind the data of frame 7, and tells how far the stream reaches.
   */
  @ParameterizedTest
  @CsvSource({".020, .030, false", ".200, .100, true"})
  void theDelayCountsFromTheDataThoughAnAckOvertookThem(String late, String held, boolean delayed) {
    Traced t =
        run(
            """
            +.1   > P. 1:101(100) ack 1 id 3
            +.001 < .  1:1(0) ack 101
            +.5   > .  201:201(0) ack 1 id 5
            +LATE > P. 101:201(100) ack 1 id 4
            +HELD < .  1:1(0) ack 201
            """
                .replace("LATE", late)
                .replace("HELD", held));
    if (delayed) {
      t.assertHas(8, DELAYED_ACK);
    } else {
      t.assertLacks(8, DELAYED_ACK);
    }
  }

  @Test
  void aSlowPathDelaysNothing() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 1460>
            +.040 < S. 0:0(0) ack 1 <mss 1460>
            +0    > .  1:1(0) ack 1
            +.1   > P. 1:1001(1000) ack 1
            +.041 < .  1:1(0) ack 1001
            +.1   > P. 1001:2001(1000) ack 1
            +.042 < .  1:1(0) ack 2001
            """);
    t.assertNowhere(DELAYED_ACK);
  }

  @Test
  void anAckOfARetransmissionIsNotDelayed() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.001 < .  1:1(0) ack 1001
            +.1   > P. 1001:2001(1000) ack 1
            +.210 > P. 1001:2001(1000) ack 1
            +.001 < .  1:1(0) ack 2001
            """);
    t.assertNowhere(DELAYED_ACK);
  }

  @Test
  void dataCapturedJustAfterItsAcknowledgementWasNotMissed() {
    Traced t =
        run(
            """
            +.1    > P. 1:11(10) ack 1
            +.001  < .  1:1(0) ack 31
            +.001  > P. 11:21(10) ack 1
            +.001  > P. 21:31(10) ack 1
            +1     > P. 31:41(10) ack 1
            """);
    t.assertNowhere(ACKED_UNSEEN_SEGMENT);
    assertFalse(t.report().annotations().containsKey(ACKED_UNSEEN_SEGMENT));
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  void partOfTheDataCapturedLaterLeavesTheRestMissed() {
    Traced t =
        run(
            """
            +.1    > P. 1:11(10) ack 1
            +.001  < .  1:1(0) ack 31
            +.001  > P. 21:31(10) ack 1
            +1     > P. 31:41(10) ack 1
            """);
    t.assertHas(5, ACKED_UNSEEN_SEGMENT);
    assertEquals(List.of(20L, 30L, 11L, 30L), t.note(5, ACKED_UNSEEN_SEGMENT).values());
    assertEquals(1, t.report().annotations().get(ACKED_UNSEEN_SEGMENT));
    assertEquals(10, t.report().fromClient().missingBytes());
  }

  @Test
  void namesTheFirstOfSeveralRangesThatWereMissed() {
    Traced t =
        run(
            """
            +.1    > P. 1:11(10) ack 1
            +0     > P. 21:31(10) ack 1
            +.001  < .  1:1(0) ack 41
            """);
    assertEquals(List.of(20L, 40L, 11L, 20L), t.note(6, ACKED_UNSEEN_SEGMENT).values());
    assertTrue(t.text(6, ACKED_UNSEEN_SEGMENT).contains("bytes 11-20 the first"), t.toString());
  }

  @Test
  void dataThatComesLongAfterItsAcknowledgementDoesNotTakeTheVerdictBack() {
    Traced t =
        run(
            """
            +.1    > P. 1:11(10) ack 1
            +.001  < .  1:1(0) ack 21
            +.5    > P. 11:21(10) ack 1
            """);
    t.assertHas(5, ACKED_UNSEEN_SEGMENT);
  }
}
