package dev.conntrace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeqNumTest {
  private static final int BEFORE_WRAP = 0xFFFFFFF0;

  @Test
  void ordersAcrossTheWrap() {
    assertTrue(SeqNum.lessThan(BEFORE_WRAP, 5));
    assertFalse(SeqNum.lessThan(5, BEFORE_WRAP));
    assertFalse(SeqNum.lessThan(5, 5));
    assertTrue(SeqNum.lessOrEqual(5, 5));
    assertEquals(0x15, SeqNum.distance(BEFORE_WRAP, 5));
    assertEquals(-0x15, SeqNum.distance(5, BEFORE_WRAP));
  }

  @Test
  void leavesTheEndOutOfAWindow() {
    assertTrue(SeqNum.inWindow(BEFORE_WRAP, BEFORE_WRAP, 0x20));
    assertTrue(SeqNum.inWindow(0xF, BEFORE_WRAP, 0x20));
    assertFalse(SeqNum.inWindow(0x10, BEFORE_WRAP, 0x20));
    assertFalse(SeqNum.inWindow(BEFORE_WRAP - 1, BEFORE_WRAP, 0x20));
    assertFalse(SeqNum.inWindow(5, 5, 0));
  }

  @Test
  void unwrapsToTheNearestPosition() {
    assertEquals(0x1_0000_0005L, SeqNum.unwrap(5, 0xFFFF_FFF0L));
    assertEquals(0xFFFF_FFF0L, SeqNum.unwrap(BEFORE_WRAP, 0x1_0000_0005L));
    assertEquals(0x7_0000_0000L, SeqNum.unwrap(0, 0x7_0000_0010L));
    assertEquals(-16, SeqNum.unwrap(BEFORE_WRAP, 0));
  }
}
