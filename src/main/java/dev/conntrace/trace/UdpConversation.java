package dev.conntrace.trace;

/**
 * UDP datagrams between two addresses and ports: all that belongs together, since UDP knows no
 * connections.
 *
 * @param first who sent the first datagram
 * @param second to whom
 * @param datagramsFromFirst how many {@code first} sent
 * @param bytesFromFirst their payload in bytes
 * @param datagramsFromSecond how many came back
 * @param bytesFromSecond their payload in bytes
 * @param startNanos earliest time, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param endNanos latest time, or {@link SegmentFacts#NO_TIMESTAMP}
 */
public record UdpConversation(
    TransportAddress first,
    TransportAddress second,
    long datagramsFromFirst,
    long bytesFromFirst,
    long datagramsFromSecond,
    long bytesFromSecond,
    long startNanos,
    long endNanos) {

  /** Returns the payload of both directions in bytes. */
  public long bytes() {
    return bytesFromFirst + bytesFromSecond;
  }

  /** Returns the datagrams of both directions. */
  public long datagrams() {
    return datagramsFromFirst + datagramsFromSecond;
  }
}
