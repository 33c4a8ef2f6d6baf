package dev.conntrace.decode;

import dev.conntrace.wire.EtherType;

/** Which header an EtherType announces. */
final class EtherTypes {
  private EtherTypes() {}

  static Next next(int etherType) {
    return switch (etherType) {
      case EtherType.IPV4 -> Next.IPV4;
      case EtherType.IPV6 -> Next.IPV6;
      case EtherType.VLAN, EtherType.SERVICE_VLAN, EtherType.OLD_SERVICE_VLAN -> Next.VLAN;
      case EtherType.ARP, EtherType.REVERSE_ARP -> Next.ARP;
      case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> Next.MPLS;
      case EtherType.PPPOE_SESSION -> Next.PPPOE;
      case EtherType.BACKBONE_SERVICE -> Next.BACKBONE_TAG;
      case EtherType.BRIDGED_ETHERNET -> Next.ETHERNET;
      case EtherType.MACSEC -> Next.ENCRYPTED;
      default -> Next.NOT_IP;
    };
  }
}
