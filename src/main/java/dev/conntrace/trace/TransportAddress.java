package dev.conntrace.trace;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An IP address and a TCP port.
 *
 * @param high the first 8 bytes of an IPv6 address; 0 for IPv4
 * @param low the last 8 bytes of an IPv6 address, or the 4 bytes of an IPv4 address
 * @param ipv6 which family it is
 * @param port 0 to 65535
 */
public record TransportAddress(long high, long low, boolean ipv6, int port)
    implements Comparable<TransportAddress> {

  /** Returns {@code 127.0.0.1:6573} or {@code [::1]:6573}. */
  @Override
  public String toString() {
    return ipv6 ? "[" + host() + "]:" + port : host() + ":" + port;
  }

  /** Returns the address alone: dotted for IPv4, RFC 5952 form for IPv6. */
  public String host() {
    return ipv6 ? Ipv6Text.of(high, low) : Ipv6Text.dotted((int) low);
  }

  /** Returns an address with port 0. */
  public static TransportAddress of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.remaining() == Integer.BYTES
        ? new TransportAddress(0, Integer.toUnsignedLong(bytes.getInt()), false, 0)
        : new TransportAddress(bytes.getLong(), bytes.getLong(), true, 0);
  }

  /** Returns the same host with port 0, for counting hosts. */
  public TransportAddress withoutPort() {
    return new TransportAddress(high, low, ipv6, 0);
  }

  /**
   * Orders by family, address and port; it also keeps hash tables quick when somebody makes hashes
   * collide on purpose.
   */
  @Override
  public int compareTo(TransportAddress that) {
    int order = Boolean.compare(ipv6, that.ipv6);
    order = order != 0 ? order : Long.compareUnsigned(high, that.high);
    order = order != 0 ? order : Long.compareUnsigned(low, that.low);
    return order != 0 ? order : Integer.compare(port, that.port);
  }

  /**
   * Written out because the generated one is linked at run time, which costs milliseconds at the
   * start.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TransportAddress that
        && high == that.high
        && low == that.low
        && ipv6 == that.ipv6
        && port == that.port;
  }

  @Override
  public int hashCode() {
    long mixed = (high * 31 + low) * 0x9E3779B97F4A7C15L + port;
    return (int) (mixed ^ mixed >>> 32);
  }
}
