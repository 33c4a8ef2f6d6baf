package dev.conntrace.decode;

/**
 * What a packet turned out to be: a TCP segment, or the reason why it is none. Every packet has
 * exactly one.
 */
public enum DecodeOutcome {
  TCP("tcp", "a TCP segment"),
  UDP("udp", "a UDP datagram, and no tunnel that is known here"),
  ICMP("icmp", "an ICMP or ICMPv6 message; a TCP header that it quotes is no segment"),
  ARP("arp", "address resolution"),
  OTHER_TRANSPORT(
      "other-transport",
      "another protocol over IP, such as SCTP, IGMP or a GRE payload that is not known here"),
  NOT_IP("not-ip", "neither IPv4 nor IPv6"),
  ENCRYPTED("encrypted", "encrypted below TCP: IPsec ESP, MACsec or protected Wi-Fi"),
  FRAGMENT(
      "fragment",
      "a piece of an IP packet that other frames complete, or that lacks pieces; or a fragment of a Wi-Fi frame"),
  TRUNCATED(
      "truncated",
      "the capture kept too few bytes to read the TCP header (20 are needed) or a header before it"),
  MALFORMED("malformed", "a header contradicts itself or the length of what carries it"),
  TOO_DEEP("too-deep", "more headers inside one another than are followed"),
  UNKNOWN_LINK_TYPE("unknown-link-type", "a link layer that is not known here");

  private final String id;
  private final String explanation;

  DecodeOutcome(String id, String explanation) {
    this.id = id;
    this.explanation = explanation;
  }

  /** Returns the name in records: the key under {@code skipped} for all but {@link #TCP}. */
  public String id() {
    return id;
  }

  /** Returns what it means in plain words, without a full stop. */
  public String explanation() {
    return explanation;
  }
}
