package dev.conntrace.decode;

import dev.conntrace.wire.BigEndian;
import dev.conntrace.wire.Fit;
import dev.conntrace.wire.IpProtocol;
import dev.conntrace.wire.Ipv4View;
import dev.conntrace.wire.Ipv6ExtensionView;
import dev.conntrace.wire.Ipv6View;

/**
 * Steps over IP headers and writes what they say into the segment; of several, the innermost one
 * stays.
 */
final class IpHeaders {
  private final Ipv4View v4 = new Ipv4View();
  private final Ipv6View v6 = new Ipv6View();
  private final Ipv6ExtensionView extension = new Ipv6ExtensionView();
  private final Reassembly reassembly;

  IpHeaders(Reassembly reassembly) {
    this.reassembly = reassembly;
  }

  /** Tells the versions apart where nothing before the header does. */
  static Next either(Walk walk) {
    if (walk.at >= walk.limit) {
      return walk.stop(Fit.CUT);
    }
    return switch (walk.bytes[walk.at] >> 4) {
      case 4 -> Next.IPV4;
      case 6 -> Next.IPV6;
      default -> Next.NOT_IP;
    };
  }

  Next ipv4(Walk walk, Segment segment) {
    Fit fit = v4.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    segment.ipv6 = false;
    segment.srcHigh = 0;
    segment.srcLow = v4.source();
    segment.dstHigh = 0;
    segment.dstLow = v4.destination();
    segment.hopLimit = v4.timeToLive();
    segment.ipId = v4.identification();
    segment.dontFragment = v4.dontFragment();
    segment.ecn = v4.ecn();
    segment.ipOffset = walk.at;

    int totalLength = v4.totalLength();
    segment.lengthFromFrame = totalLength == 0;
    if (totalLength != 0) {
      walk.endAt(walk.at + (long) totalLength);
    }
    walk.advance(v4.headerLength());
    if (v4.isFragment()) {
      Next end =
          reassembly.take(
              walk,
              segment,
              v4.fragmentOffset(),
              v4.moreFragments(),
              v4.identification(),
              v4.protocol());
      return end != null ? end : payload(walk.protocol, walk, segment);
    }
    return payload(v4.protocol(), walk, segment);
  }

  Next ipv6(Walk walk, Segment segment) {
    Fit fit = v6.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    segment.ipv6 = true;
    segment.srcHigh = v6.sourceHigh();
    segment.srcLow = v6.sourceLow();
    segment.dstHigh = v6.destinationHigh();
    segment.dstLow = v6.destinationLow();
    segment.hopLimit = v6.hopLimit();
    segment.ipId = 0;
    segment.dontFragment = false;
    segment.ecn = v6.ecn();
    segment.ipOffset = walk.at;

    walk.advance(Ipv6View.LENGTH);
    int payloadLength = v6.payloadLength();
    segment.lengthFromFrame = payloadLength == 0;
    if (payloadLength != 0) {
      walk.endAt(walk.at + (long) payloadLength);
    }
    return payload(v6.nextHeader(), walk, segment);
  }

  /**
   * Steps over one extension header of IPv6, or over an authentication header of either version.
   */
  Next extension(Walk walk, Segment segment) {
    Fit fit = extension.wrap(walk.bytes, walk.at, walk.limit, walk.protocol);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    if (extension.isFragment()) {
      walk.advance(extension.length());
      Next end =
          reassembly.take(
              walk,
              segment,
              extension.fragmentOffset(),
              extension.moreFragments(),
              extension.identification(),
              extension.nextHeader());
      return end != null ? end : payload(walk.protocol, walk, segment);
    }
    readJumboLength(walk, segment);
    readFinalDestination(walk, segment);
    walk.advance(extension.length());
    return payload(extension.nextHeader(), walk, segment);
  }

  /** A jumbogram's length counts only where the header's own is 0 (RFC 2675 2). */
  private void readJumboLength(Walk walk, Segment segment) {
    long jumbo = segment.lengthFromFrame ? extension.jumboPayloadLength() : 0;
    if (jumbo != 0) {
      segment.lengthFromFrame = false;
      walk.endAt(segment.ipOffset + Ipv6View.LENGTH + jumbo);
    }
  }

  /** The connection is with the last stop of a source route: its answers come from there. */
  private void readFinalDestination(Walk walk, Segment segment) {
    int offset = extension.finalDestinationOffset();
    if (offset >= 0) {
      segment.dstHigh = BigEndian.i64(walk.bytes, offset);
      segment.dstLow = BigEndian.i64(walk.bytes, offset + 8);
    }
  }

  private static Next payload(int protocol, Walk walk, Segment segment) {
    return switch (protocol) {
      case IpProtocol.TCP -> Next.TCP;
      case IpProtocol.UDP -> Next.UDP;
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> Next.ICMP;
      case IpProtocol.IPV4 -> in(Carrier.IP, Next.IPV4, segment);
      case IpProtocol.IPV6 -> in(Carrier.IP, Next.IPV6, segment);
      case IpProtocol.ETHERNET -> in(Carrier.ETHERNET_IN_IP, Next.ETHERNET, segment);
      case IpProtocol.MPLS -> in(Carrier.MPLS_IN_IP, Next.MPLS, segment);
      case IpProtocol.GRE -> Next.GRE;
      case IpProtocol.ESP -> Next.ENCRYPTED;
      case IpProtocol.AUTHENTICATION -> extension(protocol, walk);
      case IpProtocol.HOP_BY_HOP,
          IpProtocol.ROUTING,
          IpProtocol.FRAGMENT,
          IpProtocol.DESTINATION_OPTIONS ->
          segment.ipv6 ? extension(protocol, walk) : Next.OTHER_TRANSPORT;
      default -> Next.OTHER_TRANSPORT;
    };
  }

  private static Next in(Carrier carrier, Next inner, Segment segment) {
    segment.encapsulation.addTunnel(carrier, segment);
    return inner;
  }

  private static Next extension(int kind, Walk walk) {
    walk.protocol = kind;
    return Next.EXTENSION;
  }
}
