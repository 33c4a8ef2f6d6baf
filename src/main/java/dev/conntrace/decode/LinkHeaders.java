package dev.conntrace.decode;

import dev.conntrace.capture.LinkType;
import dev.conntrace.wire.BackboneTagView;
import dev.conntrace.wire.EtherType;
import dev.conntrace.wire.EthernetView;
import dev.conntrace.wire.Fit;
import dev.conntrace.wire.IpoibView;
import dev.conntrace.wire.LlcView;
import dev.conntrace.wire.LoopbackView;
import dev.conntrace.wire.Sll2View;
import dev.conntrace.wire.SllView;
import dev.conntrace.wire.VlanView;
import dev.conntrace.wire.WifiView;

/** Steps over the headers with which captures begin, and over Ethernet's tags. */
final class LinkHeaders {
  // Too rare for a name of their own in LinkType.
  private static final int PPP_HDLC = 50;
  private static final int BARE_MPLS = 219;
  private static final int IPOIB = 242;

  private final EthernetView ethernet = new EthernetView();
  private final VlanView vlan = new VlanView();
  private final BackboneTagView backboneTag = new BackboneTagView();
  private final LlcView llc = new LlcView();
  private final SllView sll = new SllView();
  private final Sll2View sll2 = new Sll2View();
  private final LoopbackView loopback = new LoopbackView();
  private final WifiView wifi = new WifiView();
  private final IpoibView ipoib = new IpoibView();

  /**
   * Returns the header with which packets of a link-layer type begin: the decoder's table of link
   * types.
   */
  static Next first(int linkType) {
    return switch (LinkType.of(linkType)) {
      case EN10MB -> Next.ETHERNET;
      case LINUX_SLL -> Next.SLL;
      case LINUX_SLL2 -> Next.SLL2;
      case NULL, LOOP -> Next.LOOPBACK;
      case RAW -> Next.EITHER_IP;
      case IPV4 -> Next.IPV4;
      case IPV6 -> Next.IPV6;
      case PPP -> Next.PPP;
      case IEEE802_11 -> Next.WIFI;
      case UNKNOWN -> firstOfRare(linkType);
    };
  }

  private static Next firstOfRare(int linkType) {
    return switch (linkType) {
      case PPP_HDLC -> Next.PPP;
      case BARE_MPLS -> Next.MPLS;
      case IPOIB -> Next.IPOIB;
      default -> Next.UNKNOWN_LINK_TYPE;
    };
  }

  Next ethernet(Walk walk) {
    Fit fit = ethernet.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    walk.advance(EthernetView.LENGTH);
    return typeOrLength(ethernet.typeOrLength(), walk);
  }

  Next vlan(Walk walk, Encapsulation encapsulation) {
    Fit fit = vlan.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    encapsulation.add(Carrier.VLAN, vlan.id());
    walk.advance(VlanView.LENGTH);
    return typeOrLength(vlan.typeOrLength(), walk);
  }

  Next backboneTag(Walk walk, Encapsulation encapsulation) {
    Fit fit = backboneTag.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    encapsulation.add(Carrier.BACKBONE, backboneTag.serviceId());
    walk.advance(BackboneTagView.LENGTH);
    return Next.ETHERNET;
  }

  /**
   * A number too small for a type is the length of an LLC frame, after which padding may follow.
   */
  private static Next typeOrLength(int typeOrLength, Walk walk) {
    if (typeOrLength >= EtherType.SMALLEST) {
      return EtherTypes.next(typeOrLength);
    }
    walk.endAt(Math.min(walk.end, walk.at + (long) typeOrLength));
    return Next.LLC;
  }

  Next llc(Walk walk) {
    Fit fit = llc.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    if (!llc.isSnap()) {
      return Next.NOT_IP;
    }
    walk.advance(LlcView.SNAP_LENGTH);
    return EtherTypes.next(llc.etherType());
  }

  Next sll(Walk walk) {
    Fit fit = sll.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    walk.advance(SllView.LENGTH);
    return cooked(sll.protocol());
  }

  Next sll2(Walk walk, Segment segment) {
    Fit fit = sll2.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    segment.interfaceIndex = sll2.interfaceIndex();
    walk.advance(Sll2View.LENGTH);
    return cooked(sll2.protocol());
  }

  private static Next cooked(int protocol) {
    return protocol == LlcView.LINUX_PROTOCOL ? Next.LLC : EtherTypes.next(protocol);
  }

  Next loopback(Walk walk) {
    Fit fit = loopback.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    walk.advance(LoopbackView.LENGTH);
    if (loopback.isIpv4()) {
      return Next.IPV4;
    }
    return loopback.isIpv6() ? Next.IPV6 : Next.NOT_IP;
  }

  Next ipoib(Walk walk) {
    Fit fit = ipoib.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    walk.advance(IpoibView.LENGTH);
    return EtherTypes.next(ipoib.etherType());
  }

  Next wifi(Walk walk, Encapsulation encapsulation) {
    Fit fit = wifi.wrap(walk.bytes, walk.at, walk.limit);
    if (fit != Fit.WHOLE) {
      return walk.stop(fit);
    }
    // Several frames in one hold several segments, and a packet has room for one.
    if (!wifi.isData() || wifi.isAggregate()) {
      return Next.NOT_IP;
    }
    if (wifi.isProtected()) {
      return Next.ENCRYPTED;
    }
    if (wifi.isFragment()) {
      return Next.FRAGMENT;
    }
    encapsulation.add(Carrier.WIFI);
    walk.advance(wifi.length());
    return Next.LLC;
  }
}
