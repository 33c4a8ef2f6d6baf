package dev.conntrace.decode;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What fragments of one IP datagram have in common: addresses, identification, for IPv4 the
 * protocol (RFC 791 3.2, RFC 8200 4.5), and the networks that they travelled in, since addresses
 * are only unique within one.
 *
 * <p>The hash is keyed with a random number, so that nobody can choose datagrams that collide.
 */
final class DatagramId {
  private static final long SECRET = new SplittableRandom().nextLong() | 1;

  private final long srcHigh;
  private final long srcLow;
  private final long dstHigh;
  private final long dstLow;

  /** Identification in the low 32 bits, IPv4's protocol above them; -1 above them for IPv6. */
  private final long number;

  private final long networks;
  private final int hash;

  DatagramId(Segment segment, int identification, int protocol) {
    srcHigh = segment.srcHigh;
    srcLow = segment.srcLow;
    dstHigh = segment.dstHigh;
    dstLow = segment.dstLow;
    number = (long) (segment.ipv6 ? -1 : protocol) << 32 | Integer.toUnsignedLong(identification);
    networks = segment.encapsulation.networks();
    long mixed = mix(mix(mix(SECRET, srcHigh), srcLow), dstHigh);
    mixed = mix(mix(mix(mixed, dstLow), number), networks);
    hash = (int) (mixed ^ mixed >>> 32);
  }

  private static long mix(long mixed, long value) {
    long product = (mixed ^ value) * (SECRET ^ 0x9E3779B97F4A7C15L);
    return product ^ product >>> 29;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatagramId that
        && number == that.number
        && srcLow == that.srcLow
        && dstLow == that.dstLow
        && srcHigh == that.srcHigh
        && dstHigh == that.dstHigh
        && networks == that.networks;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
