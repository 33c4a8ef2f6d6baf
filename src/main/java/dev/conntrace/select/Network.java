package dev.conntrace.select;

import dev.conntrace.trace.TransportAddress;

/**
 * Addresses that begin with the same bits (RFC 4632 3.1, RFC 4291 2.3): {@code 10.0.0.0/8}, {@code
 * fe80::/10}. Ports do not matter, and neither do bits behind the prefix.
 */
final class Network {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  private final TransportAddress address;
  private final int bits;

  private Network(TransportAddress address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads a network.
   *
   * @throws SelectionException if it is not an address, a slash, and a number of bits
   */
  static Network parse(String text) throws SelectionException {
    int slash = text.indexOf('/');
    TransportAddress address = AddressPattern.host(text.substring(0, slash));
    int most = address.ipv6() ? IPV6_BITS : IPV4_BITS;
    int bits = Digits.parse(text.substring(slash + 1), most);
    if (bits < 0) {
      throw new SelectionException(
          "'" + text + "' is no network: give 10.0.0.0/8, at most /" + most);
    }
    return new Network(address, bits);
  }

  boolean contains(TransportAddress other) {
    if (other.ipv6() != address.ipv6()) {
      return false;
    }
    if (!address.ipv6()) {
      return bits == 0 || (address.low() ^ other.low()) >>> (IPV4_BITS - bits) == 0;
    }
    return sameBits(address.high(), other.high(), Math.min(bits, Long.SIZE))
        && sameBits(address.low(), other.low(), bits - Long.SIZE);
  }

  private static boolean sameBits(long one, long other, int count) {
    return count <= 0 || (one ^ other) >>> (Long.SIZE - count) == 0;
  }
}
