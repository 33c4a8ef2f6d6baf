package dev.conntrace.decode;

/** What a packet can travel in beside a plain link layer and one IP header. */
enum Carrier {
  VLAN("VLAN"),
  BACKBONE("802.1ah"),
  MPLS("MPLS"),
  PPPOE("PPPoE"),
  IP("IP in IP"),
  GRE("GRE"),
  ERSPAN("ERSPAN"),
  WIFI("802.11"),
  VXLAN("VXLAN"),
  GENEVE("Geneve"),
  GTP("GTP");

  final String label;

  Carrier(String label) {
    this.label = label;
  }
}
