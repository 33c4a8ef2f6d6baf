package dev.conntrace.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.trace.AnnotationKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnnotationCountsTest {
  private static final AnnotationKind[] KINDS = AnnotationKind.values();

  private final AnnotationCounts counts = new AnnotationCounts();

  @Test
  void countsEveryKindApart() {
    for (int i = 0; i < KINDS.length; i++) {
      for (int times = 0; times < i % 5; times++) {
        counts.count(KINDS[i]);
      }
    }
    long[] sums = new long[KINDS.length];
    counts.addTo(sums);
    for (int i = 0; i < KINDS.length; i++) {
      assertEquals(i % 5, counts.of(KINDS[i]));
      assertEquals(i % 5, sums[i]);
    }
  }

  @Test
  void countsOnWhereAByteIsFull() {
    counts.count(AnnotationKind.SYN);
    for (int i = 0; i < 1000; i++) {
      counts.count(AnnotationKind.DUPLICATE_ACK);
    }
    counts.count(AnnotationKind.FIN);
    assertEquals(1, counts.of(AnnotationKind.SYN));
    assertEquals(1000, counts.of(AnnotationKind.DUPLICATE_ACK));
    assertEquals(1, counts.of(AnnotationKind.FIN));
    assertEquals(0, counts.of(AnnotationKind.RESET));
    counts.uncount(AnnotationKind.DUPLICATE_ACK);
    counts.uncount(AnnotationKind.RESET);
    assertEquals(999, counts.of(AnnotationKind.DUPLICATE_ACK));
    assertEquals(0, counts.of(AnnotationKind.RESET));
    long[] sums = new long[KINDS.length];
    counts.addTo(sums);
    assertEquals(1001, Arrays.stream(sums).sum());
  }

  @Test
  void takesBackNoMoreThanWasCounted() {
    counts.uncount(AnnotationKind.RETRANSMISSION);
    counts.count(AnnotationKind.RETRANSMISSION);
    counts.uncount(AnnotationKind.RETRANSMISSION);
    counts.uncount(AnnotationKind.RETRANSMISSION);
    assertEquals(0, counts.of(AnnotationKind.RETRANSMISSION));
    counts.count(AnnotationKind.RETRANSMISSION);
    assertEquals(1, counts.of(AnnotationKind.RETRANSMISSION));
  }
}
