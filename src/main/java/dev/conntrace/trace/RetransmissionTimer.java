package dev.conntrace.trace;

import java.util.List;

/**
 * What a side's retransmission timer should have been at the end, and when it really fired.
 *
 * @param smoothedNanos SRTT of RFC 6298 2 over what the capture point saw, delayed ACKs included as
 *     they are for the sender; 0 where nothing was measured
 * @param variationNanos RTTVAR
 * @param timeoutNanos estimate of the timeout at the end (RFC 6298 2.3 with Linux's floor): SRTT
 *     over the whole way, and four RTTVAR but 200 ms at least
 * @param fired how often it fired
 * @param timeouts the first few times
 */
public record RetransmissionTimer(
    long smoothedNanos,
    long variationNanos,
    long timeoutNanos,
    long fired,
    List<Timeout> timeouts) {

  /**
   * The timer fired.
   *
   * @param frame the retransmission
   * @param waitedNanos time since it was started: by the last copy, by the last acknowledgement of
   *     anything, or by a tail loss probe (RFC 6298 5, RFC 8985 7)
   * @param expectedNanos what the estimate was then, doubled for each time before it in a row
   */
  public record Timeout(long frame, long waitedNanos, long expectedNanos) {}
}
