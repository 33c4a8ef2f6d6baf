package dev.conntrace.wire;

/**
 * EtherType numbers (IEEE 802 registry), also used by Linux cooked captures, GRE, Geneve and SNAP.
 */
public final class EtherType {
  /** The smallest type; what is below is an 802.3 length (IEEE 802.3 3.2.6). */
  public static final int SMALLEST = 0x0600;

  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;

  /** Type III of Cisco's mirrored frames in GRE. */
  public static final int ERSPAN_III = 0x22EB;

  /** Ethernet in GRE and Geneve (RFC 1701, RFC 7637). */
  public static final int BRIDGED_ETHERNET = 0x6558;

  public static final int REVERSE_ARP = 0x8035;

  /** 802.1Q tag. */
  public static final int VLAN = 0x8100;

  public static final int IPV6 = 0x86DD;

  /** PPP in GRE (RFC 2637). */
  public static final int PPP = 0x880B;

  public static final int MPLS = 0x8847;
  public static final int MPLS_UPSTREAM = 0x8848;
  public static final int PPPOE_DISCOVERY = 0x8863;
  public static final int PPPOE_SESSION = 0x8864;

  /** 802.1ad service tag, the outer one of QinQ. */
  public static final int SERVICE_VLAN = 0x88A8;

  /** Types I and II of Cisco's mirrored frames in GRE. */
  public static final int ERSPAN_II = 0x88BE;

  /** 802.1AE: the rest is encrypted or at least displaced. */
  public static final int MACSEC = 0x88E5;

  /** 802.1ah backbone service tag: a whole Ethernet frame follows. */
  public static final int BACKBONE_SERVICE = 0x88E7;

  /** Outer QinQ tag of the time before 802.1ad. */
  public static final int OLD_SERVICE_VLAN = 0x9100;

  private EtherType() {}
}
