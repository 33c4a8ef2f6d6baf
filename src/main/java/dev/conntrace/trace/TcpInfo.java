package dev.conntrace.trace;

/**
 * What the kernel says of a connection's sending: the highlights of Linux's {@code TCP_INFO}
 * (tcp(7), struct tcp_info).
 *
 * @param congestionWindow how many segments of {@code mssBytes} may be under way
 * @param slowStartThreshold in segments; {@link #NO_THRESHOLD} before the first loss
 * @param mssBytes the largest payload that it sends in a segment
 * @param smoothedRttMicros the smoothed round-trip time; 0 before the first sample
 * @param rttVariationMicros how much round trips vary
 * @param retransmissionTimeoutMicros the RTO
 * @param retransmissions how many segments were sent again so far
 * @param unacknowledged how many segments are under way
 */
public record TcpInfo(
    long congestionWindow,
    long slowStartThreshold,
    long mssBytes,
    long smoothedRttMicros,
    long rttVariationMicros,
    long retransmissionTimeoutMicros,
    long retransmissions,
    long unacknowledged) {

  /** The slow start threshold of a connection that has not lost anything yet. */
  public static final long NO_THRESHOLD = 0x7FFF_FFFF;
}
