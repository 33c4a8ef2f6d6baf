package dev.conntrace.decode;

import dev.conntrace.wire.BigEndian;
import dev.conntrace.wire.Fit;
import dev.conntrace.wire.IcmpView;
import dev.conntrace.wire.IpProtocol;
import dev.conntrace.wire.Ipv4View;
import dev.conntrace.wire.Ipv6View;

/**
 * A borrowed view of an ICMP error that quotes a TCP segment, refilled for each and valid only
 * until the next packet. The quoted header is evidence about a segment, never a segment.
 */
public final class IcmpError {
  /** What an ICMP error says of the packet that it quotes. */
  public enum Reason {
    NETWORK_UNREACHABLE,
    HOST_UNREACHABLE,
    PORT_UNREACHABLE,
    PROHIBITED,
    TOO_LARGE,
    EXPIRED,
    OTHER
  }

  /**
   * A router must quote at least this much of what follows the IP header: the ports and the
   * sequence number (RFC 792).
   */
  private static final int QUOTED_TCP_BYTES = 8;

  private static final int V4_UNREACHABLE = 3;
  private static final int V4_TIME_EXCEEDED = 11;
  private static final int V6_UNREACHABLE = 1;
  private static final int V6_PACKET_TOO_BIG = 2;
  private static final int V6_TIME_EXCEEDED = 3;

  private final IcmpView icmp = new IcmpView();
  private final Ipv4View v4 = new Ipv4View();
  private final Ipv6View v6 = new Ipv6View();
  private final Segment quoted = new Segment();
  private boolean present;
  private Reason reason = Reason.OTHER;
  private long mtuBytes;

  void clear() {
    present = false;
  }

  /**
   * Reads the message that {@code walk} has come to; what is no error, or quotes no TCP, leaves
   * this empty.
   */
  void read(Walk walk, Segment carrier) {
    if (icmp.wrap(walk.bytes, walk.at, walk.limit) != Fit.WHOLE) {
      return;
    }
    mtuBytes = 0;
    boolean error = carrier.isIpv6() ? classifyV6() : classifyV4();
    int quote = walk.at + IcmpView.LENGTH;
    present = error && (carrier.isIpv6() ? quoteV6(walk, quote) : quoteV4(walk, quote));
    quoted.frame = carrier.frame();
    quoted.timestampNanos = carrier.timestampNanos();
  }

  private boolean classifyV4() {
    if (icmp.type() == V4_TIME_EXCEEDED) {
      reason = Reason.EXPIRED;
      return true;
    }
    reason =
        switch (icmp.code()) {
          case 0, 6, 11 -> Reason.NETWORK_UNREACHABLE;
          case 1, 7, 12 -> Reason.HOST_UNREACHABLE;
          case 3 -> Reason.PORT_UNREACHABLE;
          case 4 -> Reason.TOO_LARGE;
          case 9, 10, 13 -> Reason.PROHIBITED;
          default -> Reason.OTHER;
        };
    mtuBytes = icmp.nextHopMtuBytes();
    return icmp.type() == V4_UNREACHABLE;
  }

  private boolean classifyV6() {
    if (icmp.type() == V6_TIME_EXCEEDED) {
      reason = Reason.EXPIRED;
      return true;
    }
    if (icmp.type() == V6_PACKET_TOO_BIG) {
      reason = Reason.TOO_LARGE;
      mtuBytes = icmp.packetTooBigMtuBytes();
      return true;
    }
    reason =
        switch (icmp.code()) {
          case 0 -> Reason.NETWORK_UNREACHABLE;
          case 3 -> Reason.HOST_UNREACHABLE;
          case 4 -> Reason.PORT_UNREACHABLE;
          case 1, 5, 6 -> Reason.PROHIBITED;
          default -> Reason.OTHER;
        };
    return icmp.type() == V6_UNREACHABLE;
  }

  private boolean quoteV4(Walk walk, int at) {
    if (v4.wrap(walk.bytes, at, walk.limit) != Fit.WHOLE || v4.protocol() != IpProtocol.TCP) {
      return false;
    }
    quoted.ipv6 = false;
    quoted.srcHigh = 0;
    quoted.srcLow = v4.source();
    quoted.dstHigh = 0;
    quoted.dstLow = v4.destination();
    return quoteTcp(walk, at + v4.headerLength());
  }

  private boolean quoteV6(Walk walk, int at) {
    if (v6.wrap(walk.bytes, at, walk.limit) != Fit.WHOLE || v6.nextHeader() != IpProtocol.TCP) {
      return false;
    }
    quoted.ipv6 = true;
    quoted.srcHigh = v6.sourceHigh();
    quoted.srcLow = v6.sourceLow();
    quoted.dstHigh = v6.destinationHigh();
    quoted.dstLow = v6.destinationLow();
    return quoteTcp(walk, at + Ipv6View.LENGTH);
  }

  private boolean quoteTcp(Walk walk, int at) {
    if (walk.limit - at < QUOTED_TCP_BYTES) {
      return false;
    }
    quoted.srcPort = BigEndian.u16(walk.bytes, at);
    quoted.dstPort = BigEndian.u16(walk.bytes, at + 2);
    quoted.flowHash = FlowHash.of(quoted);
    quoted.seq = BigEndian.i32(walk.bytes, at + 4);
    return true;
  }

  /** Returns whether the last packet was an ICMP error that quotes a TCP segment. */
  public boolean isPresent() {
    return present;
  }

  /** Returns what became of the quoted packet. */
  public Reason reason() {
    return reason;
  }

  /**
   * Returns how large a packet may be, in bytes, where the reason is its size; 0 where the router
   * does not say.
   */
  public long mtuBytes() {
    return mtuBytes;
  }

  /**
   * Returns the quoted segment: its addresses, ports and sequence number mean something, and its
   * frame and time are the error's own.
   */
  public Segment quoted() {
    return quoted;
  }
}
