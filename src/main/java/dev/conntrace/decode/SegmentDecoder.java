package dev.conntrace.decode;

import dev.conntrace.capture.Packet;

/**
 * Finds the TCP segment in a packet: steps over link, tunnel and IP headers, whatever their order,
 * until TCP or a reason to stop.
 *
 * <p>Allocates nothing, except for what came in IP fragments, and never throws, whatever the bytes.
 * One decoder belongs to one thread.
 */
public final class SegmentDecoder {
  /**
   * How many headers are followed into a packet, tags, labels and IPv6 extension headers counted.
   */
  public static final int MAX_HEADERS = 32;

  private final Walk walk = new Walk();
  private final LinkHeaders link = new LinkHeaders();
  private final IpHeaders ip;
  private final TunnelHeaders tunnels = new TunnelHeaders();
  private final BelowLabels below = new BelowLabels();
  private final TcpHeader tcp = new TcpHeader();
  private final boolean notesLayers;
  private IcmpError icmpError = new IcmpError();

  /** Prepares to decode one capture. */
  public SegmentDecoder() {
    this(new Reassembly());
  }

  /** Prepares to decode packets whose fragments are put together in {@code reassembly}. */
  public SegmentDecoder(Reassembly reassembly) {
    this(reassembly, true);
  }

  /**
   * Prepares to decode packets whose fragments are put together in {@code reassembly}.
   *
   * @param notesLayers whether segments are to tell which {@linkplain Segment#layers headers} they
   *     lay in
   */
  public SegmentDecoder(Reassembly reassembly, boolean notesLayers) {
    ip = new IpHeaders(reassembly);
    this.notesLayers = notesLayers;
  }

  /**
   * Refills {@code segment} from {@code packet}; where segments lie in one another, from the
   * innermost.
   *
   * @return {@link DecodeOutcome#TCP}, or why there is no segment; {@code segment} then means
   *     nothing, but for the ends and the length of a {@link DecodeOutcome#UDP} datagram
   */
  public DecodeOutcome decode(Packet packet, Segment segment) {
    walk.begin(packet);
    segment.begin(packet);
    icmpError.clear();
    Next next = LinkHeaders.first(packet.linkType());
    for (int headers = 0; headers < MAX_HEADERS; headers++) {
      DecodeOutcome outcome = next.outcome;
      if (outcome != null) {
        return end(outcome, segment);
      }
      Next header = next;
      next = stepOver(header, segment);
      if (notesLayers) {
        segment.layers.add(header, walk.at - segment.packetOffset);
      }
    }
    return next.outcome != null ? end(next.outcome, segment) : DecodeOutcome.TOO_DEEP;
  }

  private DecodeOutcome end(DecodeOutcome outcome, Segment segment) {
    if (outcome == DecodeOutcome.ICMP) {
      icmpError.read(walk, segment);
    } else if (outcome == DecodeOutcome.UDP) {
      segment.flowHash = FlowHash.of(segment);
    }
    return outcome;
  }

  /**
   * Returns the ICMP error that the last packet was, or an empty one: {@link IcmpError#isPresent}.
   */
  public IcmpError icmpError() {
    return icmpError;
  }

  /**
   * Returns the same, to be kept for as long as the caller likes: for the next packets {@code
   * other} is used in its place.
   */
  public IcmpError exchangeIcmpError(IcmpError other) {
    IcmpError found = icmpError;
    icmpError = other;
    return found;
  }

  private Next stepOver(Next header, Segment segment) {
    return switch (header) {
      case ETHERNET -> link.ethernet(walk);
      case VLAN -> link.vlan(walk, segment.encapsulation);
      case BACKBONE_TAG -> link.backboneTag(walk, segment.encapsulation);
      case LLC -> link.llc(walk);
      case SLL -> link.sll(walk);
      case SLL2 -> link.sll2(walk, segment);
      case LOOPBACK -> link.loopback(walk);
      case IPOIB -> link.ipoib(walk);
      case WIFI -> link.wifi(walk, segment.encapsulation);
      case EITHER_IP -> IpHeaders.either(walk);
      case IPV4 -> ip.ipv4(walk, segment);
      case IPV6 -> ip.ipv6(walk, segment);
      case EXTENSION -> ip.extension(walk, segment);
      case BELOW_LABELS -> below.labels(walk);
      case MPLS -> tunnels.mpls(walk, segment.encapsulation);
      case PPP -> tunnels.ppp(walk);
      case PPPOE -> tunnels.pppoe(walk, segment.encapsulation);
      case GRE -> tunnels.gre(walk, segment);
      case ERSPAN -> tunnels.erspan(walk, segment.encapsulation);
      case UDP -> tunnels.udp(walk, segment);
      case VXLAN -> tunnels.vxlan(walk, segment);
      case GENEVE -> tunnels.geneve(walk, segment);
      case GTP -> tunnels.gtp(walk, segment);
      case TCP -> tcp.tcp(walk, segment);
      // The others carry an outcome, at which the loop has ended.
      default -> header;
    };
  }
}
