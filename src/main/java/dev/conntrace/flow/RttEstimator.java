package dev.conntrace.flow;

/**
 * Smoothed round-trip time and its variation, and the timeout that follows from them (RFC 6298 2),
 * from what the capture shows.
 */
public final class RttEstimator {
  /**
   * The least retransmission timeout that Linux uses; RFC 6298 2.4 asks for a second, and nobody
   * waits that long.
   */
  public static final long MIN_TIMEOUT_NANOS = 200_000_000;

  /** What a sender uses before it has measured anything (RFC 6298 2.1). */
  public static final long INITIAL_TIMEOUT_NANOS = 1_000_000_000;

  private long smoothedNanos;
  private long variationNanos;
  private long minNanos;
  private boolean known;

  /** Takes one unambiguous sample in. */
  void sample(long rttNanos) {
    if (!known) {
      known = true;
      smoothedNanos = rttNanos;
      variationNanos = rttNanos / 2;
      minNanos = rttNanos;
      return;
    }
    variationNanos += (Math.abs(smoothedNanos - rttNanos) - variationNanos) / 4;
    smoothedNanos += (rttNanos - smoothedNanos) / 8;
    minNanos = Math.min(minNanos, rttNanos);
  }

  /** Returns whether there has been a sample. */
  public boolean isKnown() {
    return known;
  }

  /** Returns the smoothed round-trip time; 0 before the first sample. */
  public long smoothedNanos() {
    return smoothedNanos;
  }

  /** Returns the least sample; 0 before the first. */
  public long minNanos() {
    return minNanos;
  }

  /** Returns how much round trips vary around the smoothed one; 0 before the first sample. */
  public long variationNanos() {
    return variationNanos;
  }

  /** Returns an estimate of the sender's retransmission timeout. */
  public long timeoutNanos() {
    return known
        ? Math.max(MIN_TIMEOUT_NANOS, smoothedNanos + 4 * variationNanos)
        : INITIAL_TIMEOUT_NANOS;
  }
}
