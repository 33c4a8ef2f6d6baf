package dev.conntrace.decode;

import dev.conntrace.wire.BigEndian;
import dev.conntrace.wire.ChecksumState;
import dev.conntrace.wire.InternetChecksum;
import dev.conntrace.wire.IpProtocol;
import dev.conntrace.wire.TcpView;

/**
 * Verifies TCP checksums (RFC 9293 3.1; pseudo-header of IPv6: RFC 8200 8.1).
 *
 * <p>A checksum that only holds the pseudo-header's sum is work that the kernel left to a network
 * card. Linux adds the length there, others leave it out for segments that the card is to cut up,
 * and some leave 0: all three count as partial.
 */
final class TcpChecksum {
  private TcpChecksum() {}

  static ChecksumState verify(Segment segment) {
    int length = segment.tcpHeaderLength + segment.payloadLength;
    if (segment.capturedEnd - segment.tcpOffset < length) {
      return ChecksumState.NOT_CAPTURED;
    }
    long addresses = sumOfAddresses(segment) + IpProtocol.TCP;
    long content = InternetChecksum.sum(segment.bytes, segment.tcpOffset, length);
    if (InternetChecksum.fold(addresses + length + content) == InternetChecksum.CORRECT) {
      return ChecksumState.VALID;
    }
    int field = BigEndian.u16(segment.bytes, segment.tcpOffset + TcpView.CHECKSUM);
    boolean partial =
        field == 0
            || field == InternetChecksum.fold(addresses + length)
            || field == InternetChecksum.fold(addresses);
    return partial ? ChecksumState.PARTIAL : ChecksumState.BAD;
  }

  /**
   * The segment's addresses are those of the connection's ends, which is what the pseudo-header
   * wants even with a source route.
   */
  private static long sumOfAddresses(Segment segment) {
    return words(segment.srcHigh)
        + words(segment.srcLow)
        + words(segment.dstHigh)
        + words(segment.dstLow);
  }

  private static long words(long eightBytes) {
    return (eightBytes >>> 32) + (eightBytes & 0xFFFFFFFFL);
  }
}
