package dev.conntrace.decode;

import dev.conntrace.wire.BigEndian;
import dev.conntrace.wire.EtherType;
import dev.conntrace.wire.EthernetView;
import dev.conntrace.wire.Fit;
import dev.conntrace.wire.InternetChecksum;
import dev.conntrace.wire.Ipv4View;
import dev.conntrace.wire.Ipv6View;

/**
 * Guesses what MPLS labels carry, since they do not say (RFC 4928): IP by its first four bits, or
 * Ethernet, with a control word before it or without.
 */
final class BelowLabels {
  /** Four zero bits and the frame's number (RFC 4448 4.6). */
  private static final int CONTROL_WORD = 4;

  private static final int TYPE = EthernetView.LENGTH - 2;

  private final Ipv4View v4 = new Ipv4View();
  private final Ipv6View v6 = new Ipv6View();

  Next labels(Walk walk) {
    if (walk.at >= walk.limit) {
      return walk.stop(Fit.CUT);
    }
    int firstBits = BigEndian.u8(walk.bytes, walk.at) >> 4;
    // A MAC address may begin with these bits too.
    boolean ip = firstBits == 4 || firstBits == 6;
    if (ip && (isIp(walk, firstBits) || !isEthernet(walk, 0))) {
      return firstBits == 4 ? Next.IPV4 : Next.IPV6;
    }
    boolean controlled = firstBits == 0 && isEthernet(walk, CONTROL_WORD);
    if (controlled && (BigEndian.i32(walk.bytes, walk.at) == 0 || !isEthernet(walk, 0))) {
      walk.advance(CONTROL_WORD);
      return Next.ETHERNET;
    }
    return isEthernet(walk, 0) ? Next.ETHERNET : Next.NOT_IP;
  }

  /** Returns whether the header that must be here if this is IP holds together. */
  private boolean isIp(Walk walk, int version) {
    if (version == 4) {
      Fit fit = v4.wrap(walk.bytes, walk.at, walk.limit);
      return fit == Fit.CUT || (fit == Fit.WHOLE && isChecksumRight(walk, v4.headerLength()));
    }
    Fit fit = v6.wrap(walk.bytes, walk.at, walk.limit);
    return fit != Fit.WHOLE || walk.at + Ipv6View.LENGTH + (long) v6.payloadLength() == walk.end;
  }

  private static boolean isChecksumRight(Walk walk, int headerLength) {
    long sum = InternetChecksum.sum(walk.bytes, walk.at, headerLength);
    return InternetChecksum.fold(sum) == InternetChecksum.CORRECT;
  }

  /** Returns whether a type that is known stands where Ethernet has it. */
  private static boolean isEthernet(Walk walk, int behind) {
    int at = walk.at + behind + TYPE;
    if (at + 2 > walk.limit) {
      return false;
    }
    int type = BigEndian.u16(walk.bytes, at);
    return type >= EtherType.SMALLEST && EtherTypes.next(type) != Next.NOT_IP;
  }
}
