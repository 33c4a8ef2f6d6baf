package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.SegmentSeen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentAgainTest {
  private static final int COPIES = 60_000;

  private final SentAgain sentAgain = new SentAgain(List.of());

  @Test
  void eachCopyNamesTheNextOne() {
    Scene scene = scene(4);
    send(scene, 4);

    assertEquals(2, frameAfter(scene, 0));
    assertEquals(3, frameAfter(scene, 1));
    assertEquals(4, frameAfter(scene, 2));
    assertTrue(sentAgain.isWhole(scene.segments().get(0).segment()));
    assertEquals(null, sentAgain.of(scene.segments().get(3).segment()));
  }

  /** A program that never gives up sends the same bytes for days. */
  @Test
  void manyCopiesTakeTimeAsManyAsTheyAre() {
    Scene scene = scene(COPIES);

    assertTimeout(Duration.ofSeconds(8), () -> send(scene, COPIES));

    assertEquals(COPIES, frameAfter(scene, COPIES - 2));
  }

  private static Scene scene(int copies) {
    Scene scene = new Scene();
    for (int i = 0; i < copies; i++) {
      scene.fromClient(".", 1, 10, 1);
    }
    return scene;
  }

  /** The verdicts of all copies name the first. */
  private void send(Scene scene, int copies) {
    Annotation again =
        new Annotation(
            AnnotationKind.RETRANSMISSION,
            new Rule("seen-before", "as told"),
            List.of(scene.segments().get(0).segment().frame()),
            List.of(),
            Confidence.CERTAIN,
            null);
    List<SegmentSeen> segments = scene.segments();
    for (int i = 1; i < copies; i++) {
      SegmentSeen copy = segments.get(i);
      sentAgain.on(
          new SegmentSeen(
              copy.connection(),
              copy.key(),
              copy.segment(),
              List.of(again),
              copy.clientState(),
              copy.serverState(),
              copy.acks(),
              copy.bytes()));
    }
  }

  private long frameAfter(Scene scene, int index) {
    SentAgain.Resent next = sentAgain.of(scene.segments().get(index).segment());
    return next == null ? 0 : next.frame();
  }
}
