package dev.conntrace.render;

/** Says in a few words what the header of a layer is for. */
final class LayerPurpose {
  private LayerPurpose() {}

  static String of(String layer) {
    return switch (layer) {
      case "TCP" -> "ports, numbers, window: which program, which bytes";
      case "IPv4", "IPv6" -> "addresses: from which host to which";
      case "IP extension" -> "more that the IP header has no room for";
      case "Ethernet", "802.11", "IPoIB" -> "the next machine on this cable";
      case "VLAN", "802.1ah" -> "which of several networks on one cable";
      case "UDP" -> "ports of the tunnel's two ends";
      case "VXLAN", "Geneve", "GRE", "GTP", "ERSPAN" -> "a tunnel: which network is inside";
      case "MPLS" -> "a label that routers follow";
      case "PPP", "PPPoE" -> "a line to a provider";
      case "loopback" -> "IPv4 or IPv6; this never left the host";
      case "LLC/SNAP" -> "which protocol follows";
      case "Linux cooked", "Linux cooked v2" ->
          "what the capture put in place of the link's own header";
      default -> "";
    };
  }
}
