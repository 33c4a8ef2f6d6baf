package dev.conntrace.expect;

import dev.conntrace.trace.SegmentFacts;

/**
 * How often something happened on a connection, and when first.
 *
 * @param count how many segments
 * @param firstFrame the first of them; 0 if none
 * @param firstNanos its time, or {@link SegmentFacts#NO_TIMESTAMP}
 */
public record Occurrences(long count, long firstFrame, long firstNanos) {
  /** Of what never happened. */
  public static final Occurrences NONE = new Occurrences(0, 0, SegmentFacts.NO_TIMESTAMP);

  /** Returns both together. */
  Occurrences and(Occurrences other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    Occurrences earlier = firstFrame <= other.firstFrame ? this : other;
    return new Occurrences(count + other.count, earlier.firstFrame, earlier.firstNanos);
  }
}
