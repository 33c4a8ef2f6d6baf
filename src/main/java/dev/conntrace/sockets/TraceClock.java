package dev.conntrace.sockets;

import java.time.Instant;

/**
 * Brings the times of a kernel trace to the clock of the packets, which is the time of day: a mark
 * that is written into the trace between two looks at the clock tells between which bounds the two
 * differ. A host that is busy makes these bounds wide, never wrong.
 *
 * <p>To be used by one thread, but for {@link #now}.
 */
final class TraceClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** The trace has microseconds, and bounds may miss each other by some of them. */
  private static final long ROUGHLY = 20_000;

  /** So many marks in a row, which agree, show that the time of day was set. */
  private static final int STEP_MARKS = 3;

  private final boolean wholeSeconds;
  private boolean compared;
  private boolean secondsKnown;
  private long offsetNanos;
  private long lowest;
  private long highest;
  private int contradictions;
  private long otherLowest;
  private long otherHighest;

  /**
   * Prepares to compare.
   *
   * @param wholeSeconds whether the two clocks can only differ by whole seconds, as TAI and UTC do
   */
  TraceClock(boolean wholeSeconds) {
    this.wholeSeconds = wholeSeconds;
  }

  /** Returns the time of day in nanoseconds since 1970. */
  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }

  /**
   * Takes note of a mark. The quickest of several tells best.
   *
   * @param begunNanos the time of day before it was written
   * @param tracedNanos the time that the trace gave it
   * @param endedNanos the time of day after it was written
   */
  void note(long begunNanos, long tracedNanos, long endedNanos) {
    if (endedNanos < begunNanos) {
      // The time of day was set back just then.
      return;
    }
    long low = begunNanos - tracedNanos;
    long high = endedNanos - tracedNanos;
    if (!compared) {
      accept(low, high);
    } else if (agree(low, high, lowest, highest)) {
      contradictions = 0;
      accept(Math.max(low, lowest), Math.min(high, highest));
    } else {
      doubt(low, high);
    }
  }

  /** A mark speaks against what is known: believed when others say the same. */
  private void doubt(long low, long high) {
    if (contradictions > 0 && agree(low, high, otherLowest, otherHighest)) {
      contradictions++;
      otherLowest = Math.max(low, otherLowest);
      otherHighest = Math.min(high, otherHighest);
    } else {
      contradictions = 1;
      otherLowest = low;
      otherHighest = high;
    }
    if (contradictions == STEP_MARKS) {
      contradictions = 0;
      accept(otherLowest, otherHighest);
    }
  }

  private static boolean agree(long low, long high, long otherLow, long otherHigh) {
    return Math.max(low, otherLow) <= Math.min(high, otherHigh) + ROUGHLY;
  }

  private void accept(long low, long high) {
    compared = true;
    lowest = low;
    highest = high;
    long seconds = -Math.floorDiv(ROUGHLY - low, NANOS_PER_SECOND) * NANOS_PER_SECOND;
    if (wholeSeconds && seconds <= high + ROUGHLY) {
      secondsKnown = true;
      offsetNanos = seconds;
    } else if (!secondsKnown) {
      offsetNanos = low;
    }
  }

  /** Returns whether anything was compared yet: before that, no time means anything. */
  boolean isCompared() {
    return compared;
  }

  /** Returns the time of day of a time in the trace. */
  long timeOf(long traced) {
    return traced + offsetNanos;
  }
}
