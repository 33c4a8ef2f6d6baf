package dev.conntrace.trace;

/**
 * What may belong to a connection's identity beside its addresses and ports, so that the same
 * addresses in different networks are told apart.
 */
public enum KeyPart {
  /** VLAN numbers and backbone service numbers, except those that only carry a priority. */
  VLAN("vlan"),
  /** The interface at which the capture was taken. */
  INTERFACE("interface"),
  /**
   * Kinds of tunnels, their outer addresses in either order, and the numbers that are the same in
   * both directions (VXLAN, Geneve, GRE key, PPPoE and ERSPAN sessions); not MPLS labels and GTP
   * tunnels, which differ by direction.
   */
  TUNNEL("tunnel");

  private final String id;

  KeyPart(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
