package dev.conntrace.decode;

/**
 * Notes the headers that the decoder stepped over, outermost first. Every segment has one, so it is
 * kept small, and names are looked up only where they are asked for.
 */
public final class LayerTrail {
  private static final Next[] KINDS = Next.values();

  private final byte[] kinds = new byte[SegmentDecoder.MAX_HEADERS];
  private final short[] lengths = new short[SegmentDecoder.MAX_HEADERS];
  private int count;

  void clear() {
    count = 0;
  }

  /** Notes a header; what takes no bytes is none. */
  void add(Next header, int length) {
    if (length > 0) {
      kinds[count] = (byte) header.ordinal();
      lengths[count] = (short) length;
      count++;
    }
  }

  /** Returns how many headers were stepped over. */
  public int count() {
    return count;
  }

  /** Returns the bytes of the header at index {@code i}. */
  public int length(int i) {
    return Short.toUnsignedInt(lengths[i]);
  }

  /** Returns what people call the header at index {@code i}. */
  public String name(int i) {
    return switch (KINDS[kinds[i]]) {
      case ETHERNET -> "Ethernet";
      case VLAN -> "VLAN";
      case BACKBONE_TAG -> "802.1ah";
      case LLC -> "LLC/SNAP";
      case SLL -> "Linux cooked";
      case SLL2 -> "Linux cooked v2";
      case LOOPBACK -> "loopback";
      case WIFI -> "802.11";
      case PPP -> "PPP";
      case PPPOE -> "PPPoE";
      case IPOIB -> "IPoIB";
      case MPLS -> "MPLS";
      case IPV4 -> "IPv4";
      case IPV6 -> "IPv6";
      case EXTENSION -> "IP extension";
      case GRE -> "GRE";
      case ERSPAN -> "ERSPAN";
      case UDP -> "UDP";
      case VXLAN -> "VXLAN";
      case GENEVE -> "Geneve";
      case GTP -> "GTP";
      default -> "header";
    };
  }
}
