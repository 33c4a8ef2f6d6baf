package dev.conntrace.trace;

/**
 * An IP address and a TCP port.
 *
 * @param high the first 8 bytes of an IPv6 address; 0 for IPv4
 * @param low the last 8 bytes of an IPv6 address, or the 4 bytes of an IPv4 address
 * @param ipv6 which family it is
 * @param port 0 to 65535
 */
public record TransportAddress(long high, long low, boolean ipv6, int port) {

  /** Returns {@code 127.0.0.1:6573} or {@code [::1]:6573}. */
  @Override
  public String toString() {
    return ipv6 ? "[" + host() + "]:" + port : host() + ":" + port;
  }

  /** Returns the address alone: dotted for IPv4, RFC 5952 form for IPv6. */
  public String host() {
    return ipv6 ? Ipv6Text.of(high, low) : Ipv6Text.dotted((int) low);
  }
}
