package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.ACKED_UNSEEN_SEGMENT;
import static dev.conntrace.trace.AnnotationKind.BAD_CHECKSUM;
import static dev.conntrace.trace.AnnotationKind.OUT_OF_ORDER;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RESET;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SPURIOUS_RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.TcpState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What TCP checksums say: of a segment that was damaged, or of the capture alone. */
class ChecksumTest {
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  private static List<CaptureQuality> found(Traced t) {
    return t.report().quality();
  }

  @Test
  void aDamagedSegmentHasToComeAgain() {
    Traced t =
        run(
            """
            +.010 > P. 1:1001(1000) ack 1
            +.001 > P. 1001:2001(1000) ack 1 checksum bad
            +.001 > P. 2001:3001(1000) ack 1
            +.020 < .  1:1(0) ack 1001
            +.001 < .  1:1(0) ack 1001 <sack 2001:3001>
            +.001 > P. 1001:2001(1000) ack 1
            +.020 < .  1:1(0) ack 3001
            """);
    t.assertAnnotations(5, BAD_CHECKSUM).assertHas(9, RETRANSMISSION);
    t.assertNowhere(SPURIOUS_RETRANSMISSION).assertNowhere(OUT_OF_ORDER);
    assertTrue(t.text(5, BAD_CHECKSUM).contains("the server throws it away unread"));
    List<CaptureQuality> expected =
        List.of(new CaptureQuality(Problem.CHECKSUM_BAD, 1, List.of(5L)));
    assertEquals(expected, found(t));
    assertEquals(expected, t.capture().quality());
    assertEquals(10, t.capture().checksumsVerified());
  }

  /** Payload that was made unreadable in the capture fits its checksum no more. */
  @Test
  void payloadThatIsAcknowledgedWasNotLost() {
    Traced t =
        run(
            """
            +.010 > P. 1:1001(1000) ack 1
            +.001 > P. 1001:2001(1000) ack 1 checksum bad
            +.020 < .  1:1(0) ack 2001
            +.001 > P. 2001:3001(1000) ack 1
            +.020 < .  1:1(0) ack 3001
            """);
    t.assertAnnotations(5, BAD_CHECKSUM);
    t.assertNowhere(ACKED_UNSEEN_SEGMENT).assertNowhere(PREVIOUS_SEGMENT_MISSING);
    assertEquals(3000, t.report().fromClient().uniqueBytes());
  }

  /** What the capture beside the receiver shows has arrived, unless it was damaged. */
  @Test
  void beyondTheReceiversCaptureADamagedCopyIsNoCopy() {
    Traced t =
        Script.run(
            """
            +0      > S  0:0(0) <mss 1460,sackOK,wscale 7>
            +.00001 < S. 0:0(0) ack 1 <mss 1460,sackOK,wscale 7>
            +.010   > .  1:1(0) ack 1
            +.001   > P. 1:1001(1000) ack 1 checksum bad
            +.250   > P. 1:1001(1000) ack 1
            +.00001 < .  1:1(0) ack 1001
            """);
    t.assertHas(5, RETRANSMISSION).assertNowhere(SPURIOUS_RETRANSMISSION);
  }

  /** A card that fills in data segments only, or payload that was blotted out afterwards. */
  @Test
  void whereNoPayloadFitsNoSegmentIsDamaged() {
    Traced t =
        run(
            """
            +.010 > P. 1:11(10) ack 1 checksum bad
            +.010 < P. 1:11(10) ack 11 checksum bad
            +.010 > P. 11:21(10) ack 11 checksum bad
            +.010 > .  21:21(0) ack 11
            """);
    t.assertNowhere(BAD_CHECKSUM);
  }

  @Test
  void aDamagedResetEndsNothing() {
    Traced t =
        run(
            """
            +.010 > P. 1:11(10) ack 1
            +.010 > R  11:11(0) checksum bad
            +.010 < .  1:1(0) ack 11
            """);
    t.assertLacks(5, RESET).assertStates(5, TcpState.ESTABLISHED, TcpState.ESTABLISHED);
    assertEquals(Closed.OPEN, t.report().closed());
  }

  @Test
  void checksumsLeftToTheCardAreNeverBad() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 65495> checksum partial
            +.010 < S. 0:0(0) ack 1 <mss 65495> checksum partial
            +.010 > .  1:1(0) ack 1 checksum partial
            +.010 > P. 1:65001(65000) ack 1 checksum partial
            +.010 < .  1:1(0) ack 65001
            """);
    t.assertNowhere(BAD_CHECKSUM);
    assertEquals(List.of(new CaptureQuality(Problem.CHECKSUM_PARTIAL, 4)), found(t));
  }

  @Test
  void whereMostDoNotFitNothingIsConcluded() {
    Traced t =
        run(
            """
            +.010 > P. 1:11(10) ack 1 checksum bad
            +.010 > P. 11:21(10) ack 1 checksum bad
            +.010 > P. 21:31(10) ack 1 checksum bad
            +.010 < .  1:1(0) ack 31
            """);
    t.assertNowhere(BAD_CHECKSUM);
    assertEquals(List.of(new CaptureQuality(Problem.CHECKSUM_UNRELIABLE, 3)), found(t));
  }

  @Test
  void segmentsThatACardJoinedAreNotDamaged() {
    Traced t =
        run(
            """
            +.010 > P. 1:11(10) ack 1
            +.010 > P. 11:2931(2920) ack 1 checksum bad
            +.010 < .  1:1(0) ack 2931
            """);
    t.assertNowhere(BAD_CHECKSUM);
    assertEquals(
        List.of(
            new CaptureQuality(Problem.CHECKSUM_PARTIAL, 1),
            new CaptureQuality(Problem.OFFLOAD_SIZED, 1)),
        found(t));
  }

  @Test
  void whatWasNotCapturedWholeIsNotJudged() {
    Traced t =
        run(
            """
            +.010 > P. 1:11(10) ack 1
            +.010 > P. 11:1011(1000) ack 1 checksum bad snap 96
            +.010 < .  1:1(0) ack 1011
            """);
    t.assertNowhere(BAD_CHECKSUM);
    assertEquals(List.of(new CaptureQuality(Problem.SNAPPED, 1)), found(t));
    assertEquals(5, t.capture().checksumsVerified());
  }

  @Test
  void rightChecksumsAreNothingToTell() {
    Traced t = run("+.010 > P. 1:1001(1000) ack 1\n+.010 < . 1:1(0) ack 1001");
    assertEquals(List.of(), found(t));
    assertEquals(5, t.capture().checksumsVerified());
  }
}
