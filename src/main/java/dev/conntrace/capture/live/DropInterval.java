package dev.conntrace.capture.live;

/**
 * Places drops in time. Counters tell how many there were between two readings, and readings run
 * ahead of the packets that wait in the buffer: so drops are told when the packets of that time
 * come.
 */
final class DropInterval {
  /** In a long interval it is said this often how many there are by now. */
  private static final long REPEAT_NANOS = 100_000_000;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NEVER = Long.MIN_VALUE;

  private long counted;
  private long told;
  private long readNanos;
  private long fromNanos;
  private long untilNanos = NEVER;
  private long nextNanos;
  private boolean within;

  /** Begins now, when nothing has been dropped. */
  DropInterval() {
    this(nowNanos());
  }

  DropInterval(long beginNanos) {
    readNanos = beginNanos;
  }

  /** Takes the present reading: so many were dropped since the beginning. */
  void read(long dropped) {
    read(dropped, nowNanos());
  }

  void read(long dropped, long now) {
    if (dropped > counted) {
      if (untilNanos == NEVER) {
        fromNanos = readNanos;
        nextNanos = fromNanos;
      }
      // A packet of the millisecond that has begun may be among them.
      untilNanos = now + NANOS_PER_MILLI;
      counted = dropped;
    }
    readNanos = now;
  }

  private static long nowNanos() {
    return System.currentTimeMillis() * NANOS_PER_MILLI;
  }

  /** Takes the time of the packet that comes next. */
  void packet(long timeNanos) {
    if (untilNanos == NEVER) {
      within = false;
      return;
    }
    within = timeNanos >= fromNanos;
    if (timeNanos > untilNanos) {
      untilNanos = NEVER;
      told = counted;
    } else if (timeNanos >= nextNanos) {
      nextNanos = timeNanos + REPEAT_NANOS;
      told = counted;
    }
  }

  /** No more packets will come: whatever was counted is told. */
  void end() {
    told = counted;
  }

  /** Returns whether packets may be missing right before the last one. */
  boolean isWithin() {
    return within;
  }

  /** Returns how many packets were dropped up to the last packet. */
  long told() {
    return told;
  }
}
