package dev.conntrace.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Counters are read ahead of the packets: what they tell is told where it belongs. */
class DropIntervalTest {
  private static final long MILLI = 1_000_000;

  private final DropInterval drops = new DropInterval(1000 * MILLI);

  @Test
  void tellsDropsWhenThePacketsOfThatTimeCome() {
    drops.read(0, 1010 * MILLI);
    drops.read(7, 1020 * MILLI);
    drops.packet(1005 * MILLI);
    assertEquals(0, drops.told(), "this one came before anything was dropped");
    assertFalse(drops.isWithin());
    drops.packet(1010 * MILLI);
    assertEquals(7, drops.told());
    assertTrue(drops.isWithin());
  }

  @Test
  void doubtsUpToTheFirstPacketAfterwards() {
    drops.read(3, 1010 * MILLI);
    drops.packet(1009 * MILLI);
    assertTrue(drops.isWithin());
    drops.packet(1100 * MILLI);
    assertTrue(drops.isWithin(), "what is missing may be right before this one");
    drops.packet(1101 * MILLI);
    assertFalse(drops.isWithin());
  }

  @Test
  void aLongIntervalIsToldInSteps() {
    drops.read(1, 1010 * MILLI);
    drops.packet(1001 * MILLI);
    assertEquals(1, drops.told());
    drops.read(100, 1500 * MILLI);
    drops.packet(1050 * MILLI);
    assertEquals(1, drops.told(), "not with each packet");
    drops.packet(1101 * MILLI);
    assertEquals(100, drops.told());
  }

  @Test
  void whatIsLeftIsToldAtTheEnd() {
    drops.packet(1001 * MILLI);
    drops.read(5, 1010 * MILLI);
    assertEquals(0, drops.told());
    drops.end();
    assertEquals(5, drops.told());
  }
}
