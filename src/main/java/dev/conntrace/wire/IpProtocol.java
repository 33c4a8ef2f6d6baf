package dev.conntrace.wire;

/** Protocol numbers of IPv4's Protocol and IPv6's Next Header fields (IANA protocol numbers). */
public final class IpProtocol {
  public static final int HOP_BY_HOP = 0;
  public static final int ICMP = 1;
  public static final int IPV4 = 4;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int IPV6 = 41;
  public static final int ROUTING = 43;
  public static final int FRAGMENT = 44;
  public static final int GRE = 47;
  public static final int ESP = 50;
  public static final int AUTHENTICATION = 51;
  public static final int ICMPV6 = 58;
  public static final int DESTINATION_OPTIONS = 60;

  /** MPLS directly in IP (RFC 4023). */
  public static final int MPLS = 137;

  /** Ethernet directly in IPv6, as segment routing does (RFC 8986 4.9). */
  public static final int ETHERNET = 143;

  private IpProtocol() {}
}
