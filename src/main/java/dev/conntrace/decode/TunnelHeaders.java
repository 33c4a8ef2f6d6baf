package dev.conntrace.decode;

import dev.conntrace.wire.ErspanView;
import dev.conntrace.wire.EtherType;
import dev.conntrace.wire.Fit;
import dev.conntrace.wire.GeneveView;
import dev.conntrace.wire.GreView;
import dev.conntrace.wire.GtpView;
import dev.conntrace.wire.MplsView;
import dev.conntrace.wire.PppView;
import dev.conntrace.wire.PppoeView;
import dev.conntrace.wire.UdpView;
import dev.conntrace.wire.VxlanView;

/** Steps over what carries whole packets inside others. */
final class TunnelHeaders {
  private static final int GTP_PORT = 2152;
  private static final int VXLAN_PORT = 4789;

  /** VXLAN-GPE, which may carry other things than Ethernet. */
  private static final int VXLAN_EXTENSION_PORT = 4790;

  /** What Linux uses for VXLAN unless told otherwise, and others for other things. */
  private static final int LINUX_VXLAN_PORT = 8472;

  private static final int GENEVE_PORT = 6081;

  /**
   * GRE protocol types of Aruba access points: wireless frames, one type for each of their queues.
   */
  private static final int ARUBA_FIRST = 0x8200;

  private static final int ARUBA_LAST = 0x8210;
  private static final int ARUBA_SINGLE = 0x9000;

  private final GreView gre = new GreView();
  private final ErspanView erspan = new ErspanView();
  private final MplsView mpls = new MplsView();
  private final PppView ppp = new PppView();
  private final PppoeView pppoe = new PppoeView();
  private final UdpView udp = new UdpView();
  private final VxlanView vxlan = new VxlanView();
  private final GeneveView geneve = new GeneveView();
  private final GtpView gtp = new GtpView();

  Next gre(Walk walk, Segment segment) {
    Fit fit = gre.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    if (gre.version() > 1) {
      return Next.OTHER_TRANSPORT;
    }
    noteGre(segment);
    walk.advance(gre.length());
    if (walk.at == walk.end) {
      // PPTP acknowledges with headers that carry nothing.
      return Next.OTHER_TRANSPORT;
    }
    int protocol = gre.protocol();
    return switch (protocol) {
      case EtherType.PPP -> Next.PPP;
      // Type I says what type II says, but has neither sequence number nor a header of its own.
      case EtherType.ERSPAN_II -> gre.hasSequence() ? Next.ERSPAN : Next.ETHERNET;
      case EtherType.ERSPAN_III -> Next.ERSPAN;
      case ARUBA_SINGLE -> Next.WIFI;
      default -> isAruba(protocol) ? Next.WIFI : inGre(EtherTypes.next(protocol));
    };
  }

  private void noteGre(Segment segment) {
    if (gre.isVirtualNetwork()) {
      segment.encapsulation.addTunnel(Carrier.NVGRE, gre.virtualNetworkId(), segment);
    } else if (gre.hasKey() && gre.version() == 0) {
      segment.encapsulation.addTunnel(Carrier.GRE, gre.key(), segment);
    } else {
      // What PPTP has in a key's place is a length, and a number that differs by direction.
      segment.encapsulation.addTunnel(Carrier.GRE, segment);
    }
  }

  private static boolean isAruba(int protocol) {
    return protocol >= ARUBA_FIRST && protocol <= ARUBA_LAST;
  }

  /** Here the packet itself is IP; only its payload is something else. */
  private static Next inGre(Next next) {
    return next == Next.NOT_IP ? Next.OTHER_TRANSPORT : next;
  }

  Next erspan(Walk walk, Encapsulation encapsulation) {
    Fit fit = erspan.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    encapsulation.add(Carrier.ERSPAN, erspan.session());
    walk.advance(erspan.length());
    return Next.ETHERNET;
  }

  Next mpls(Walk walk, Encapsulation encapsulation) {
    Fit fit = mpls.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    encapsulation.add(Carrier.MPLS, mpls.label());
    walk.advance(MplsView.LENGTH);
    return mpls.isBottom() ? Next.BELOW_LABELS : Next.MPLS;
  }

  Next pppoe(Walk walk, Encapsulation encapsulation) {
    Fit fit = pppoe.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    encapsulation.add(Carrier.PPPOE, pppoe.sessionId());
    walk.advance(PppoeView.LENGTH);
    return Next.PPP;
  }

  Next ppp(Walk walk) {
    Fit fit = ppp.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    walk.advance(ppp.length());
    if (ppp.isIpv4()) {
      return Next.IPV4;
    }
    if (ppp.isIpv6()) {
      return Next.IPV6;
    }
    return ppp.isMpls() ? Next.MPLS : Next.NOT_IP;
  }

  /**
   * Tunnels over UDP show only by their port; what does not look like one there is taken for plain
   * UDP.
   */
  Next udp(Walk walk, Segment segment) {
    Fit fit = udp.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    segment.srcPort = udp.sourcePort();
    segment.dstPort = udp.destinationPort();
    segment.payloadLength = udp.payloadLength(walk.end - walk.at);
    walk.advance(UdpView.LENGTH);
    return switch (udp.destinationPort()) {
      case VXLAN_PORT, VXLAN_EXTENSION_PORT -> Next.VXLAN;
      case LINUX_VXLAN_PORT ->
          VxlanView.isStrict(walk.bytes, walk.at, walk.limit) ? Next.VXLAN : Next.DATAGRAM;
      case GENEVE_PORT -> Next.GENEVE;
      case GTP_PORT -> Next.GTP;
      default -> Next.DATAGRAM;
    };
  }

  Next vxlan(Walk walk, Segment segment) {
    if (vxlan.wrap(walk.bytes, walk.at, walk.limit) != Fit.WHOLE) {
      return Next.DATAGRAM;
    }
    segment.encapsulation.addTunnel(Carrier.VXLAN, vxlan.networkId(), segment);
    walk.advance(VxlanView.LENGTH);
    if (!vxlan.hasNextProtocol()) {
      return Next.ETHERNET;
    }
    return switch (vxlan.nextProtocol()) {
      case VxlanView.IPV4 -> Next.IPV4;
      case VxlanView.IPV6 -> Next.IPV6;
      case VxlanView.ETHERNET -> Next.ETHERNET;
      case VxlanView.MPLS -> Next.MPLS;
      default -> Next.DATAGRAM;
    };
  }

  Next geneve(Walk walk, Segment segment) {
    if (geneve.wrap(walk.bytes, walk.at, walk.limit) != Fit.WHOLE) {
      return Next.DATAGRAM;
    }
    segment.encapsulation.addTunnel(Carrier.GENEVE, geneve.networkId(), segment);
    walk.advance(geneve.length());
    return EtherTypes.next(geneve.protocol());
  }

  Next gtp(Walk walk, Segment segment) {
    if (gtp.wrap(walk.bytes, walk.at, walk.limit) != Fit.WHOLE || !gtp.isUserPacket()) {
      return Next.DATAGRAM;
    }
    segment.encapsulation.addTunnel(Carrier.GTP, gtp.tunnelId(), segment);
    walk.advance(gtp.length());
    return Next.EITHER_IP;
  }
}
