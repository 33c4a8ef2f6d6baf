package dev.conntrace.decode;

import java.util.SplittableRandom;

/**
 * Hashes the addresses and ports of a segment, symmetric in source and target, so that both
 * directions of a connection meet in one bucket.
 *
 * <p>It is computed where segments are decoded, which may be on a thread of its own. It is keyed
 * with a random number, so that nobody can choose addresses that collide; results do not depend on
 * it. Its seed is the process's start to the nanosecond, which whoever wrote the capture before
 * cannot know; a SecureRandom would take a tenth of a small capture's time.
 */
final class FlowHash {
  private static final long SECRET = new SplittableRandom().nextLong() | 1;
  private static final long SECOND = SECRET ^ 0x94D049BB133111EBL;
  private static final long THIRD = SECRET ^ 0xBF58476D1CE4E5B9L;

  private FlowHash() {}

  static int of(Segment segment) {
    long source = mix(segment.srcHigh, segment.srcLow, segment.srcPort);
    long target = mix(segment.dstHigh, segment.dstLow, segment.dstPort);
    long both = (source + target) * SECRET;
    return (int) (both ^ both >>> 32);
  }

  /**
   * The secret enters before anything is folded: whoever chooses addresses cannot choose what they
   * meet.
   */
  private static long mix(long high, long low, int port) {
    long mixed = (high ^ SECRET) * 0x9E3779B97F4A7C15L;
    mixed = ((mixed ^ mixed >>> 29) + low) * SECOND;
    mixed = ((mixed ^ mixed >>> 31) + port) * THIRD;
    return mixed ^ mixed >>> 32;
  }
}
