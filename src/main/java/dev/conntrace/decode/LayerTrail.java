package dev.conntrace.decode;

import java.util.Arrays;

/**
 * Notes the headers that the decoder stepped over, outermost first. Every segment has one, so it is
 * kept small, and names are looked up only where they are asked for.
 */
public final class LayerTrail {
  private static final Next[] KINDS = Next.values();
  private static final int USUAL_HEADERS = 4;
  private static final int LENGTH_BITS = 16;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
  private static final int[] NONE = {};

  /** Kind and length of each; made for the first one. */
  private int[] headers = NONE;

  private int count;
  private int end;

  /** Writes only what is not so already: what two processors only read, both have at hand. */
  void clear() {
    if (count > 0) {
      count = 0;
      end = 0;
    }
  }

  /**
   * Notes a header that ends {@code newEnd} bytes behind the start of the packet; what takes no
   * bytes is none. Where a packet was put together from fragments, its start is the first one's.
   */
  void add(Next header, int newEnd) {
    if (newEnd > end) {
      if (count == headers.length) {
        headers = Arrays.copyOf(headers, Math.max(USUAL_HEADERS, 2 * count));
      }
      headers[count++] = header.ordinal() << LENGTH_BITS | ((newEnd - end) & LENGTH_MASK);
      end = newEnd;
    }
  }

  /** Returns how many headers were stepped over. */
  public int count() {
    return count;
  }

  /** Returns the bytes of the header at index {@code i}. */
  public int length(int i) {
    return headers[i] & LENGTH_MASK;
  }

  /** Returns what people call the header at index {@code i}. */
  public String name(int i) {
    return switch (KINDS[headers[i] >>> LENGTH_BITS]) {
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
