package dev.conntrace.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeenRangesTest {
  private final SeenRanges seen = new SeenRanges();

  @Test
  void growsWithoutHoles() {
    assertFalse(seen.isStarted());
    assertEquals(10, seen.add(0, 10));
    assertEquals(10, seen.add(10, 20));
    assertEquals(20, seen.contiguousEnd());
    assertFalse(seen.hasHoles());
  }

  @Test
  void countsOnlyWhatIsNew() {
    seen.add(0, 10);
    assertEquals(0, seen.add(0, 10));
    assertEquals(5, seen.add(5, 15));
    assertEquals(0, seen.add(3, 3));
  }

  @Test
  void anIslandJoinsTheRunWhenItsHoleIsFilled() {
    seen.add(0, 10);
    seen.add(20, 30);
    assertTrue(seen.hasHoles());
    assertEquals(10, seen.contiguousEnd());
    assertEquals(10, seen.add(10, 20));
    assertEquals(30, seen.contiguousEnd());
    assertFalse(seen.hasHoles());
  }

  @Test
  void aPieceMayOverlapSeveralIslands() {
    seen.add(0, 10);
    seen.add(20, 30);
    seen.add(40, 50);
    assertEquals(20, seen.add(5, 45));
    assertEquals(50, seen.contiguousEnd());
    assertEquals(50, seen.overlap(0, 100));
  }

  @Test
  void whatLiesBeforeTheStartWasNotSeen() {
    seen.startAt(100);
    assertEquals(0, seen.overlap(0, 100));
    assertEquals(10, seen.add(90, 100));
    assertEquals(10, seen.overlap(0, 100));
  }

  @Test
  void countsAcrossPositionsBeyondThirtyTwoBits() {
    long far = 5_000_000_000L;
    seen.startAt(far);
    seen.add(far, far + 10);
    assertEquals(10, seen.overlap(far - 5, far + 20));
    assertEquals(far + 10, seen.contiguousEnd());
  }

  @Test
  void givesTheFirstHoleUpWhenThereAreTooMany() {
    seen.add(0, 1);
    for (int i = 1; i <= SeenRanges.MAX_ISLANDS; i++) {
      seen.add(10L * i, 10L * i + 1);
    }
    assertEquals(0, seen.givenUpBytes());
    long last = 10L * (SeenRanges.MAX_ISLANDS + 1);
    seen.add(last, last + 1);
    assertEquals(9, seen.givenUpBytes());
    assertEquals(11, seen.contiguousEnd());
  }
}
