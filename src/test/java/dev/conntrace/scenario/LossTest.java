package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.ACKED_UNSEEN_SEGMENT;
import static dev.conntrace.trace.AnnotationKind.KEEP_ALIVE;
import static dev.conntrace.trace.AnnotationKind.OUT_OF_ORDER;
import static dev.conntrace.trace.AnnotationKind.OVERLAP_CONFLICT;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SPURIOUS_RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Confidence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holes, and bytes that come a second time (RFC 9293 3.8.1). */
class LossTest {
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  @Test
  void dataInOrderNeedsNoWords() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 2001
            +.1   < P. 1:501(500) ack 2001
            +.010 > .  2001:2001(0) ack 501
            """);
    for (int frame = 4; frame <= 8; frame++) {
      t.assertAnnotations(frame);
    }
    assertEquals(2000, t.report().fromClient().uniqueBytes());
    assertEquals(500, t.report().fromServer().uniqueBytes());
  }

  @Test
  void marksSecondCopyAsRetransmission() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.3   > P. 1:11(10) ack 1
            """);
    t.assertHas(5, RETRANSMISSION).assertLacks(4, RETRANSMISSION);
    assertEquals("seen-before", t.rule(5, RETRANSMISSION));
    assertEquals(List.of(4L), t.note(5, RETRANSMISSION).evidence());
    assertEquals(Confidence.CERTAIN, t.note(5, RETRANSMISSION).confidence());
    assertTrue(t.text(5, RETRANSMISSION).contains("300 ms"), t.toString());
    assertEquals(20, t.report().fromClient().bytes());
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }

  @Test
  void marksAHoleAtTheSegmentBeyondIt() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 2001:3001(1000) ack 1
            +0    > P. 3001:4001(1000) ack 1
            """);
    t.assertAnnotations(4).assertAnnotations(5, PREVIOUS_SEGMENT_MISSING).assertAnnotations(6);
    assertEquals(List.of(1001L, 2000L), t.note(5, PREVIOUS_SEGMENT_MISSING).values());
    assertEquals(0, t.report().fromClient().missingBytes());
    assertEquals(3000, t.report().fromClient().uniqueBytes());
  }

  @Test
  void anEmptySegmentBeyondAHoleShowsItToo() {
    Traced t = run("+.1 > . 11:11(0) ack 1");
    t.assertHas(4, PREVIOUS_SEGMENT_MISSING);
  }

  @Test
  void anExtendedRetransmissionIsPartlyNew() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.3   > P. 1:21(20) ack 1
            +.010 < .  1:1(0) ack 21
            """);
    t.assertHas(5, RETRANSMISSION);
    assertEquals("partly-seen-before", t.rule(5, RETRANSMISSION));
    assertTrue(t.text(5, RETRANSMISSION).contains("10 bytes of new data"), t.toString());
    t.assertNowhere(ACKED_UNSEEN_SEGMENT);
    assertEquals(20, t.report().fromClient().uniqueBytes());
  }

  @Test
  void aCoalescedRetransmissionIsOne() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +0    > P. 11:21(10) ack 1
            +.3   > P. 1:21(20) ack 1
            """);
    assertEquals("seen-before", t.rule(6, RETRANSMISSION));
    assertEquals(20, t.report().fromClient().uniqueBytes());
  }

  @Test
  void repacketisedBytesAreRetransmissions() {
    Traced t =
        run(
            """
            +.1   > P. 1:21(20) ack 1
            +.3   > .  1:8(7) ack 1
            +0    > P. 8:21(13) ack 1
            """);
    t.assertHas(5, RETRANSMISSION).assertHas(6, RETRANSMISSION);
    assertEquals(List.of(4L), t.note(6, RETRANSMISSION).evidence());
  }

  @Test
  void oneByteThatIsNotAcknowledgedIsSentAgainAndIsNoKeepAlive() {
    Traced t =
        run(
            """
            +.1   > P. 1:2(1) ack 1
            +3    > P. 1:2(1) ack 1
            """);
    t.assertHas(5, RETRANSMISSION).assertLacks(5, KEEP_ALIVE);
  }

  @Test
  void bytesAcknowledgedButNeverCapturedAreMissing() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 2001
            +.1   > P. 2001:3001(1000) ack 1
            +.010 < .  1:1(0) ack 3001
            """);
    t.assertHas(5, ACKED_UNSEEN_SEGMENT);
    assertEquals(1000, t.note(5, ACKED_UNSEEN_SEGMENT).values().get(0));
    t.assertLacks(7, ACKED_UNSEEN_SEGMENT);
    assertEquals(1000, t.report().fromClient().missingBytes());
    assertEquals(2000, t.report().fromClient().uniqueBytes());
  }

  @Test
  void missingBytesInTheMiddleAreCountedOnce() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 2001:3001(1000) ack 1
            +.010 < .  1:1(0) ack 3001
            +.010 < .  1:1(0) ack 3001
            +.1   > P. 3001:4001(1000) ack 1
            +.010 < .  1:1(0) ack 4001
            """);
    t.assertHas(6, ACKED_UNSEEN_SEGMENT).assertLacks(7, ACKED_UNSEEN_SEGMENT);
    t.assertLacks(9, ACKED_UNSEEN_SEGMENT);
    assertEquals(1000, t.report().fromClient().missingBytes());
  }

  @Test
  void dataCapturedBehindItsAckIsLateAndNotSentAgain() {
    Traced t =
        run(
            """
            +.1     < .  1:1(0) ack 11
            +.00002 > P. 1:11(10) ack 1
            +.010   > P. 11:21(10) ack 1
            +.010   < .  1:1(0) ack 21
            """);
    t.assertLacks(5, RETRANSMISSION).assertLacks(5, SPURIOUS_RETRANSMISSION);
    t.assertLacks(6, PREVIOUS_SEGMENT_MISSING).assertLacks(7, ACKED_UNSEEN_SEGMENT);
    assertEquals(20, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  void otherContentsAtTheSamePositionConflict() {
    Traced t = runTwice("", "GET /first", "GET /other");
    t.assertHas(5, RETRANSMISSION).assertHas(5, OVERLAP_CONFLICT);
    assertEquals(List.of(4L), t.note(5, OVERLAP_CONFLICT).evidence());
  }

  @Test
  void theSameContentsDoNotConflict() {
    runTwice("", "GET /first", "GET /first").assertNowhere(OVERLAP_CONFLICT);
  }

  @Test
  void whatTheCaptureCutOffIsNotCompared() {
    Traced t = runTwice("snap 60", "GET /first", "GET /other");
    t.assertHas(5, RETRANSMISSION).assertNowhere(OVERLAP_CONFLICT);
    assertEquals(80, t.segment(4).length());
    assertEquals("GET /f", t.segment(4).payloadStart());
  }

  private static Traced runTwice(String field, String first, String second) {
    String line = "+.3 > P. 1:81(80) ack 1 " + field;
    String rest = "x".repeat(70) + "\"\n";
    return run(line + "\"" + first + rest + line + "\"" + second + rest);
  }

  @Test
  void aRetransmissionIsNotOutOfOrder() {
    run("+.1 > P. 1:11(10) ack 1\n+0 > P. 11:21(10) ack 1\n+.3 > P. 1:11(10) ack 1")
        .assertNowhere(OUT_OF_ORDER);
  }
}
