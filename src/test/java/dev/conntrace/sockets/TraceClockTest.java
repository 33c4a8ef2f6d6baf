package dev.conntrace.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How the clock of the trace is compared with the time of day, on hosts that are busy and not. */
class TraceClockTest {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  /** By how much the time of day is ahead. */
  private static final long AHEAD = 1_700_000_000 * SECOND;

  private final TraceClock clock = new TraceClock(false);

  /** Notes a mark of a time of day that is ahead by so much. */
  private static void mark(
      TraceClock clock, long ahead, long tracedNanos, long writtenAfter, long endedAfter) {
    long begun = tracedNanos + ahead - writtenAfter;
    clock.note(begun, tracedNanos, begun + endedAfter);
  }

  private void mark(long ahead, long tracedNanos, long writtenAfter) {
    mark(clock, ahead, tracedNanos, writtenAfter, writtenAfter + 10 * MICRO);
  }

  private void assertAhead(long nanos) {
    assertEquals(nanos, clock.timeOf(0));
  }

  @Test
  void theQuickestMarkTellsBest() {
    assertFalse(clock.isCompared());
    mark(AHEAD, SECOND, 100 * MICRO);
    mark(AHEAD, 2 * SECOND, 50 * MICRO);
    mark(AHEAD, 3 * SECOND, 400 * MICRO);
    assertTrue(clock.isCompared());
    assertAhead(AHEAD - 50 * MICRO);
  }

  @Test
  void marksThatAreDelayedChangeNothingHoweverMany() {
    mark(AHEAD, 0, 10 * MICRO);
    for (int i = 1; i <= 10; i++) {
      mark(AHEAD, i * SECOND, 65 * MILLI);
    }
    assertAhead(AHEAD - 10 * MICRO);
  }

  @Test
  void aDelayAfterTheMarkChangesNothing() {
    mark(AHEAD, 0, 10 * MICRO);
    mark(clock, AHEAD, SECOND, 20 * MICRO, 80 * MILLI);
    assertAhead(AHEAD - 10 * MICRO);
  }

  @Test
  void aQuickMarkMendsWhatDelayedOnesBeganWith() {
    mark(AHEAD, 0, 65 * MILLI);
    mark(AHEAD, SECOND, 70 * MILLI);
    mark(AHEAD, 2 * SECOND, 10 * MICRO);
    assertAhead(AHEAD - 10 * MICRO);
  }

  @Test
  void aTimeOfDayThatWasSetIsBelievedWhenSeveralMarksAgree() {
    for (long step : new long[] {-2 * SECOND, 3 * SECOND, -MILLI, MILLI}) {
      TraceClock stepped = new TraceClock(false);
      mark(stepped, AHEAD, 0, 10 * MICRO, 20 * MICRO);
      for (int i = 1; i <= 2; i++) {
        mark(stepped, AHEAD + step, i * SECOND, 10 * MICRO, 20 * MICRO);
        assertEquals(AHEAD - 10 * MICRO, stepped.timeOf(0));
      }
      mark(stepped, AHEAD + step, 3 * SECOND, 10 * MICRO, 20 * MICRO);
      assertEquals(AHEAD + step - 10 * MICRO, stepped.timeOf(0));
    }
  }

  @Test
  void marksThatContradictEachOtherAreNoStep() {
    mark(AHEAD, 0, 10 * MICRO);
    for (int i = 1; i <= 9; i++) {
      mark(AHEAD - i * SECOND, i * SECOND, 10 * MICRO);
    }
    assertAhead(AHEAD - 10 * MICRO);
  }

  @Test
  void aStepWithinAMarkIsNone() {
    mark(AHEAD, 0, 10 * MICRO);
    for (int i = 1; i <= 5; i++) {
      mark(clock, AHEAD, i * SECOND, 10 * MICRO, -2 * SECOND);
      mark(clock, AHEAD, i * SECOND, 10 * MICRO, 2 * SECOND);
    }
    assertAhead(AHEAD - 10 * MICRO);
  }

  @Test
  void clocksOfWholeSecondsAreBroughtTogetherExactly() {
    TraceClock tai = new TraceClock(true);
    mark(tai, -37 * SECOND, 38 * SECOND, 150 * MICRO, 160 * MICRO);
    assertEquals(-37 * SECOND, tai.timeOf(0));
    mark(tai, -37 * SECOND, 39 * SECOND, 900 * MILLI, 2 * SECOND);
    assertEquals(-37 * SECOND, tai.timeOf(0));
  }

  @Test
  void wholeSecondsAreToldThroughDelaysAndRounding() {
    for (long after : new long[] {-MICRO, 0, 25 * MILLI, 800 * MILLI}) {
      TraceClock tai = new TraceClock(true);
      mark(tai, -37 * SECOND, 38 * SECOND, after, after + 10 * MICRO);
      assertEquals(-37 * SECOND, tai.timeOf(0), "written after " + after + " ns");
    }
  }

  @Test
  void wholeSecondsAreNeverLeft() {
    TraceClock tai = new TraceClock(true);
    mark(tai, -37 * SECOND, 38 * SECOND, 150 * MICRO, 160 * MICRO);
    for (int i = 0; i < 9; i++) {
      mark(tai, -37 * SECOND - 65 * MILLI, (39 + i) * SECOND, 10 * MICRO, 20 * MICRO);
    }
    assertEquals(-37 * SECOND, tai.timeOf(0));
    for (int i = 0; i < 9; i++) {
      mark(tai, -36 * SECOND, (60 + i) * SECOND, 10 * MICRO, 20 * MICRO);
    }
    assertEquals(-36 * SECOND, tai.timeOf(0), "a leap second");
  }
}
