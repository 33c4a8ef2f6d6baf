package dev.conntrace.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.PacketSkipped;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A segment is passed on when nothing can change its verdict any more. */
class HoldBackTest {
  private final List<Long> delivered = new ArrayList<>();
  private final List<SegmentSeen> segments = new ArrayList<>();
  private final Stage stage = new Stage();
  private final Transitions transitions = new Transitions();
  private final Findings findings = new Findings();
  private final HoldBack holdBack =
      new HoldBack(
          new TraceSink() {
            @Override
            public boolean wants(Importance importance, int connection) {
              return true;
            }

            @Override
            public void on(SegmentSeen event) {
              delivered.add(event.segment().frame());
              segments.add(event);
            }

            @Override
            public void on(PacketSkipped event) {
              delivered.add(event.frame());
            }
          });

  private void send(long seq) {
    FlowSegment segment = stage.data(seq, 10);
    transitions.begin(segment);
    findings.begin(segment.frame());
    segment.sender().send(segment, false);
    holdBack.add(
        SegmentRecorder.record(segment, transitions, findings, null, BytesMoved.NONE), segment);
  }

  private void acknowledge(long ack) {
    FlowSegment segment = stage.ack(ack);
    segment.receiver().acknowledge(segment);
  }

  private void release() {
    holdBack.release(stage.nowNanos());
  }

  private static Annotation note() {
    return new Annotation(
        AnnotationKind.SPURIOUS_RETRANSMISSION,
        new Rule("test", "test"),
        List.of(),
        List.of(),
        Confidence.CERTAIN,
        null);
  }

  @Test
  void waitsForTheAckAndTwoTimesAFifthOfASecond() {
    send(1);
    release();
    stage.after(10);
    acknowledge(11);
    stage.after(389);
    release();
    assertEquals(List.of(), delivered);
    stage.after(1);
    release();
    assertEquals(List.of(1L), delivered);
  }

  @Test
  void waitsLongerWhileTheBytesAreNotAcknowledged() {
    send(1);
    stage.after(5000);
    release();
    assertEquals(List.of(), delivered);
    acknowledge(11);
    release();
    assertEquals(List.of(1L), delivered);
  }

  @Test
  void twoSlowRoundTripsAreLonger() {
    stage.connection().client().rtt().sample(1_000_000_000);
    send(1);
    acknowledge(11);
    stage.after(1999);
    release();
    assertEquals(List.of(), delivered);
    stage.after(1);
    release();
    assertEquals(List.of(1L), delivered);
  }

  @Test
  void whatComesBehindWaitsInOrder() {
    send(1);
    send(11);
    holdBack.add(new PacketSkipped(3, 0, "udp"));
    acknowledge(11);
    stage.after(1000);
    release();
    assertEquals(List.of(1L), delivered);
    acknowledge(21);
    release();
    assertEquals(List.of(1L, 2L, 3L), delivered);
  }

  @Test
  void whatMustGoBeforeItIsDecidedIsLikelyAtBest() {
    send(1);
    holdBack.annotate(1, note());
    for (int i = 0; i < HoldBack.MAX_WAITING - 1; i++) {
      holdBack.add(new PacketSkipped(2 + i, 0, "udp"));
    }
    assertEquals(0, holdBack.release(stage.nowNanos()));
    assertEquals(List.of(), delivered);
    holdBack.add(new PacketSkipped(70_000, 0, "udp"));
    assertEquals(1, holdBack.release(stage.nowNanos()));
    assertEquals(1L, delivered.get(0));
    assertEquals(Confidence.LIKELY, segments.get(0).annotations().get(0).confidence());
  }

  @Test
  void whatSomebodyWaitsForIsPassedOnOnceItIsOldEnough() {
    send(1);
    acknowledge(11);
    holdBack.annotate(1, note());
    stage.after(100);
    send(11);
    holdBack.annotate(3, note());
    holdBack.settle(stage.nowNanos() - 1);
    assertEquals(1, segments.size());
    holdBack.settle(stage.nowNanos());
    assertEquals(2, segments.size());
    assertEquals(Confidence.CERTAIN, segments.get(0).annotations().get(0).confidence());
    assertEquals(Confidence.LIKELY, segments.get(1).annotations().get(0).confidence());
  }

  @Test
  void nothingWaitsBehindNothing() {
    holdBack.add(new PacketSkipped(1, 0, "udp"));
    assertEquals(List.of(1L), delivered);
  }

  @Test
  void newsReachesASegmentThatStillWaits() {
    for (int i = 0; i < 200; i++) {
      send(1 + 10L * i);
    }
    holdBack.annotate(150, note());
    holdBack.annotate(150, note());
    holdBack.annotate(999, note());
    holdBack.flush();
    assertEquals(200, segments.size());
    for (SegmentSeen segment : segments) {
      int notes = segment.segment().frame() == 150 ? 1 : 0;
      assertEquals(notes, segment.annotations().size());
    }
  }

  @Test
  void newsForASegmentThatIsGoneIsTooLate() {
    send(1);
    holdBack.flush();
    holdBack.annotate(1, note());
    assertEquals(0, segments.get(0).annotations().size());
  }

  @Test
  void noMoreThanTheBoundMayWait() {
    for (int i = 0; i <= HoldBack.MAX_WAITING; i++) {
      send(1 + 10L * i);
      release();
    }
    assertEquals(List.of(1L), delivered);
  }
}
