package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.ACKED_UNSEEN_SEGMENT;
import static dev.conntrace.trace.AnnotationKind.OUT_OF_ORDER;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Confidence;
import org.junit.jupiter.api.Test;

/** What rests on something not being in the capture is as sure as the capture is whole. */
class CaptureTrustTest {
  private static final String HOLE =
      """
      +.010 > P. 1:101(100) ack 1
      +.001 > P. 201:301(100) ack 1
      +.030 > P. 101:201(100) ack 1
      +.020 < .  1:1(0) ack 301
      """;

  private static void assertDoubted(Problem problem, Annotation annotation) {
    assertEquals(problem, annotation.doubt());
    assertEquals(Confidence.LIKELY, annotation.confidence());
  }

  private static void assertCertain(Annotation annotation) {
    assertNull(annotation.doubt());
    assertEquals(Confidence.CERTAIN, annotation.confidence());
  }

  @Test
  void aHoleAfterDroppedPacketsMayBeTheCaptures() {
    Traced t = new Script().droppedBefore(5).play(Script.HANDSHAKE + HOLE);
    assertDoubted(Problem.DROPS, t.note(5, PREVIOUS_SEGMENT_MISSING));
    assertDoubted(Problem.DROPS, t.note(6, RETRANSMISSION));
  }

  @Test
  void withoutDropsItIsTheNetworks() {
    Traced t = Script.run(Script.HANDSHAKE + HOLE);
    assertCertain(t.note(5, PREVIOUS_SEGMENT_MISSING));
    assertCertain(t.note(6, RETRANSMISSION));
  }

  @Test
  void dropsBeforeTheConnectionDoNotMatter() {
    Traced t = new Script().droppedBefore(1).play(Script.HANDSHAKE + HOLE);
    assertCertain(t.note(5, PREVIOUS_SEGMENT_MISSING));
    assertCertain(t.note(6, RETRANSMISSION));
  }

  @Test
  void whatIsBehindInTimeMayBeOutOfOrderOnlyInTheCapture() {
    Traced t =
        Script.run(
            Script.HANDSHAKE
                + """
                +.010 > P. 1:101(100) ack 1
                +.002 > P. 201:301(100) ack 1 id 1004
                -.001 > P. 101:201(100) ack 1 id 1003
                +.030 < .  1:1(0) ack 401
                """);
    assertDoubted(Problem.TIME_BACKWARDS, t.note(6, OUT_OF_ORDER));
    assertCertain(t.note(7, ACKED_UNSEEN_SEGMENT));
  }
}
