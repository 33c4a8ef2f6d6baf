package dev.conntrace.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.trace.RttStatistics;
import org.junit.jupiter.api.Test;

class RttSamplesTest {
  @Test
  void hasNothingToTellOfNoSample() {
    assertEquals(RttStatistics.NONE, of());
  }

  @Test
  void fewSamplesAreTheirOwnPercentiles() {
    assertEquals(new RttStatistics(7, 7, 7, 7, 1), of(7));
    assertEquals(new RttStatistics(3, 3, 9, 9, 2), of(3, 9));
    assertEquals(new RttStatistics(3, 3, 9, 9, 2), of(9, 3));
    assertEquals(new RttStatistics(3, 5, 9, 9, 3), of(9, 3, 5));
  }

  @Test
  void keepsTheFirstTwoInTheirOrder() {
    // Of very many samples every second one is kept, from the first on. Of these 129 the seven
    // largest just reach the percentile.
    long[] nanos = new long[257];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = i % 2 == 0 && i <= 12 ? 200 : 1;
    }
    assertEquals(new RttStatistics(1, 1, 200, 200, 257), of(nanos));
    nanos[0] = 1;
    nanos[1] = 200;
    assertEquals(new RttStatistics(1, 1, 1, 200, 257), of(nanos));
  }

  private static RttStatistics of(long... nanos) {
    RttSamples samples = new RttSamples();
    for (long each : nanos) {
      samples.add(each);
    }
    return samples.statistics();
  }
}
