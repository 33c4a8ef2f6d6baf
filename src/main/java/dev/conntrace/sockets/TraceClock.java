package dev.conntrace.sockets;

import java.time.Instant;

/**
 * Brings the times of a kernel trace to the clock of the packets, which is the time of day: a mark
 * that is written into the trace between two looks at the clock tells how far apart the two are.
 *
 * <p>To be used by one thread, but for {@link #now}.
 */
final class TraceClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Clocks that differ by whole seconds (TAI and UTC) do so exactly. */
  private static final long NEARLY = 20_000_000;

  /** No mark takes that long: the time of day was set back. */
  private static final long STEP = 50_000_000;

  private final boolean wholeSeconds;
  private boolean compared;
  private long offsetNanos;

  /**
   * Prepares to compare.
   *
   * @param wholeSeconds whether the two clocks can only differ by whole seconds
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
   * Takes note that the trace gave a time to something that was begun at a time of day. It was done
   * a little later; the quickest of several tells best.
   */
  void note(long begunNanos, long tracedNanos) {
    long offset = begunNanos - tracedNanos;
    long seconds = Math.round((double) offset / NANOS_PER_SECOND) * NANOS_PER_SECOND;
    if (wholeSeconds && Math.abs(offset - seconds) < NEARLY) {
      offsetNanos = seconds;
      compared = true;
    } else if (!compared || offset > offsetNanos || offsetNanos - offset > STEP) {
      offsetNanos = offset;
      compared = true;
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
