package dev.conntrace.decode;

/** What a packet can travel in beside a plain link layer and one IP header. */
public enum Carrier {
  VLAN("VLAN", true),
  BACKBONE("802.1ah", true),
  /** A label means something to one router only, and the answer comes under another. */
  MPLS("MPLS", false),
  PPPOE("PPPoE", true),
  IP("IP in IP", false),
  ETHERNET_IN_IP("Ethernet in IP", false),
  MPLS_IN_IP("MPLS in IP", false),
  GRE("GRE", true),
  NVGRE("NVGRE", true),
  ERSPAN("ERSPAN", true),
  WIFI("802.11", false),
  VXLAN("VXLAN", true),
  GENEVE("Geneve", true),
  /** Each end has its own number for the tunnel. */
  GTP("GTP", false);

  private final String label;
  private final boolean symmetric;

  Carrier(String label, boolean symmetric) {
    this.label = label;
    this.symmetric = symmetric;
  }

  /** Returns its name in words. */
  public String label() {
    return label;
  }

  /** Returns whether its number is the same in both directions of a conversation. */
  public boolean isSymmetric() {
    return symmetric;
  }

  /** Returns whether it is a tag of the local network, and no tunnel. */
  public boolean isVlan() {
    return this == VLAN || this == BACKBONE;
  }
}
