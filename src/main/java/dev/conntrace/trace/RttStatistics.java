package dev.conntrace.trace;

/**
 * Round-trip times in nanoseconds, measured from a segment to the acknowledgement of its last byte,
 * never over a retransmission (Karn's rule, RFC 6298 3).
 *
 * @param minNanos the least; 0 where there are no samples
 * @param medianNanos the median; over an even thinning of the samples where there are very many
 * @param p95Nanos 95 of 100 samples took no longer; over the same thinning
 * @param maxNanos the largest
 * @param samples how many
 */
public record RttStatistics(
    long minNanos, long medianNanos, long p95Nanos, long maxNanos, long samples) {
  /** Of what was never measured. */
  public static final RttStatistics NONE = new RttStatistics(0, 0, 0, 0, 0);
}
