package dev.conntrace.decode;

import org.jspecify.annotations.Nullable;

/** What the decoder meets next: one more header to step over, or the outcome that ends the walk. */
enum Next {
  ETHERNET,
  VLAN,
  BACKBONE_TAG,
  LLC,
  SLL,
  SLL2,
  LOOPBACK,
  WIFI,
  PPP,
  PPPOE,
  IPOIB,
  MPLS,
  /** What the last MPLS label carries, of which nothing says what it is. */
  BELOW_LABELS,
  /** IPv4 or IPv6, as the first four bits say. */
  EITHER_IP,
  IPV4,
  IPV6,
  /** An extension header, whose kind {@link Walk#protocol} holds. */
  EXTENSION,
  GRE,
  ERSPAN,
  UDP,
  VXLAN,
  GENEVE,
  GTP,
  TCP,

  SEGMENT(DecodeOutcome.TCP),
  DATAGRAM(DecodeOutcome.UDP),
  ICMP(DecodeOutcome.ICMP),
  ARP(DecodeOutcome.ARP),
  OTHER_TRANSPORT(DecodeOutcome.OTHER_TRANSPORT),
  NOT_IP(DecodeOutcome.NOT_IP),
  ENCRYPTED(DecodeOutcome.ENCRYPTED),
  FRAGMENT(DecodeOutcome.FRAGMENT),
  TRUNCATED(DecodeOutcome.TRUNCATED),
  MALFORMED(DecodeOutcome.MALFORMED),
  UNKNOWN_LINK_TYPE(DecodeOutcome.UNKNOWN_LINK_TYPE);

  /** The packet's outcome; null if there is a header to step over. */
  final @Nullable DecodeOutcome outcome;

  Next() {
    this.outcome = null;
  }

  Next(DecodeOutcome outcome) {
    this.outcome = outcome;
  }
}
