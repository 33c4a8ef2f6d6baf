package dev.conntrace.trace;

import org.jspecify.annotations.Nullable;

/**
 * The round trips of one side's segments, at the capture point: from the segment to what
 * acknowledged it.
 *
 * @param handshakeNanos of its SYN or SYN-ACK; {@link #UNKNOWN} where it was not seen, or came more
 *     than once and no timestamp tells which copy was answered
 * @param data of data sent once and acknowledged at once (Karn's rule, RFC 6298 3)
 * @param timestamps by the echo of a timestamp (RFC 7323 4), which tells copies apart: an upper
 *     bound, by up to one tick of the sender's clock, which is a millisecond as a rule
 * @param delayedAcks of data whose acknowledgement was held back: that is the other side's timer,
 *     not the path
 * @param unmeasured acknowledgements that measure nothing: of data sent more than once, or of data
 *     that had waited behind a hole
 * @param timer its retransmission timer; null where nothing was measured and no timer fired
 */
public record RoundTrips(
    long handshakeNanos,
    RttStatistics data,
    RttStatistics timestamps,
    RttStatistics delayedAcks,
    long unmeasured,
    @Nullable RetransmissionTimer timer) {
  /** Stands for a time that is not known. */
  public static final long UNKNOWN = -1;

  static final RoundTrips NONE =
      new RoundTrips(UNKNOWN, RttStatistics.NONE, RttStatistics.NONE, RttStatistics.NONE, 0, null);

  /** Returns whether nothing was measured. */
  public boolean isEmpty() {
    return handshakeNanos == UNKNOWN && !hasData();
  }

  /** Returns whether there is more than the handshake. */
  public boolean hasData() {
    long samples = data.samples() + timestamps.samples() + delayedAcks.samples();
    return samples > 0 || unmeasured > 0 || timer != null;
  }
}
