package dev.conntrace.decode;

import dev.conntrace.capture.LinkType;
import dev.conntrace.capture.Packet;
import dev.conntrace.wire.EtherType;
import dev.conntrace.wire.IpProtocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Builds the bytes of packets for tests: a TCP segment, the IP packet around it, what that travels
 * in, and the link layer.
 *
 * <pre>{@code
 * Packet packet =
 *     PacketBytes.ipv4Tcp().src("10.0.0.1", 40000).dst("10.0.0.2", 80)
 *         .seq(1).ack(1).flags("PA").options(TcpOptionBytes.timestamps(7, 3)).payload(100)
 *         .vlan(5)
 *         .packet(1, 0);
 * }</pre>
 *
 * <p>What is not said has a sensible value: Ethernet, 10.0.0.1:40000 to 10.0.0.2:80, flags {@code
 * A}, TTL 64, DF, window 65535, correct lengths and checksums. Envelopes ({@link #vlan}, {@link
 * #gre}, {@link #inIpv4}...) are put around in the order in which they are called, innermost first;
 * the link layer always comes last.
 */
public final class PacketBytes {
  private final IpBytes ip;
  private final TcpBytes tcp = new TcpBytes();
  private final List<UnaryOperator<Inner>> envelopes = new ArrayList<>();
  private byte[] body = {};
  private boolean isTcp = true;
  private Function<Inner, byte[]> link = EnvelopeBytes::ethernet;
  private int linkType = LinkType.EN10MB.number();
  private byte[] trailer = {};

  private PacketBytes(IpBytes ip) {
    this.ip = ip;
  }

  /** Starts a TCP segment in IPv4 from 10.0.0.1:40000 to 10.0.0.2:80. */
  public static PacketBytes ipv4Tcp() {
    return new PacketBytes(new IpBytes(false)).src("10.0.0.1", 40000).dst("10.0.0.2", 80);
  }

  /** Starts a TCP segment in IPv6 from [fd00::1]:40000 to [fd00::2]:80. */
  public static PacketBytes ipv6Tcp() {
    return new PacketBytes(new IpBytes(true)).src("fd00::1", 40000).dst("fd00::2", 80);
  }

  /** Starts an IPv4 packet that carries something else than TCP. */
  public static PacketBytes ipv4(int protocol, byte... body) {
    return ipv4Tcp().carrying(protocol, body);
  }

  /** Starts an IPv6 packet that carries something else than TCP. */
  public static PacketBytes ipv6(int protocol, byte... body) {
    return ipv6Tcp().carrying(protocol, body);
  }

  private PacketBytes carrying(int protocol, byte[] body) {
    this.isTcp = false;
    this.body = body.clone();
    ip.protocol = protocol;
    return this;
  }

  public PacketBytes src(String address, int port) {
    ip.source = IpBytes.address(address);
    tcp.sourcePort = port;
    return this;
  }

  public PacketBytes dst(String address, int port) {
    ip.destination = IpBytes.address(address);
    tcp.destinationPort = port;
    return this;
  }

  /** The raw sequence number; the low 32 bits count. */
  public PacketBytes seq(long seq) {
    tcp.sequence = (int) seq;
    return this;
  }

  /** The raw acknowledgment number; the low 32 bits count. Set the flag beside it. */
  public PacketBytes ack(long ack) {
    tcp.acknowledgment = (int) ack;
    return this;
  }

  /** The control bits by letters, in any order: {@code FSRPAUECN}. */
  public PacketBytes flags(String letters) {
    tcp.flags = TcpBytes.flagsOf(letters);
    return this;
  }

  /** The window field, not scaled. */
  public PacketBytes window(int field) {
    tcp.windowField = field;
    return this;
  }

  public PacketBytes urgentPointer(int pointer) {
    tcp.urgentPointer = pointer;
    return this;
  }

  /**
   * Appends TCP options, as {@link TcpOptionBytes} makes them; the header is padded to whole words.
   */
  public PacketBytes options(byte[]... options) {
    for (byte[] option : options) {
      tcp.options = EnvelopeBytes.join(tcp.options, option);
    }
    return this;
  }

  /** Overrides the data offset, in words of 4 bytes. */
  public PacketBytes dataOffset(int words) {
    tcp.dataOffset = words;
    return this;
  }

  /**
   * The payload: {@code length} bytes that count up by their position in the stream, so that a
   * resent byte is the same byte.
   */
  public PacketBytes payload(int length) {
    tcp.payload = new byte[length];
    for (int i = 0; i < length; i++) {
      tcp.payload[i] = (byte) (tcp.sequence + i);
    }
    return this;
  }

  public PacketBytes payload(byte[] payload) {
    tcp.payload = payload.clone();
    return this;
  }

  /** Leaves the checksum to a network card: it holds the pseudo-header's sum, as on loopback. */
  public PacketBytes partialChecksum() {
    tcp.checksum = TcpBytes.Checksum.PARTIAL;
    return this;
  }

  public PacketBytes badChecksum() {
    tcp.checksum = TcpBytes.Checksum.BAD;
    return this;
  }

  /** The TTL or hop limit. */
  public PacketBytes ttl(int ttl) {
    ip.timeToLive = ttl;
    return this;
  }

  public PacketBytes ipId(int id) {
    ip.identification = id;
    return this;
  }

  public PacketBytes mayFragment() {
    ip.dontFragment = false;
    return this;
  }

  /** The two ECN bits. */
  public PacketBytes ecn(int ecn) {
    ip.ecn = ecn;
    return this;
  }

  /** IPv4 options, a multiple of 4 bytes. */
  public PacketBytes ipOptions(byte... options) {
    ip.options = options.clone();
    return this;
  }

  /** Makes an IPv4 packet a fragment that begins {@code offset} bytes into the datagram. */
  public PacketBytes fragment(int offset, boolean more) {
    ip.fragment = offset / 8 | (more ? 0x2000 : 0);
    return this;
  }

  /**
   * Overrides the length in the IP header: IPv4's total length, IPv6's payload length. 0 is what
   * offload leaves there.
   */
  public PacketBytes ipLength(int length) {
    ip.length = length;
    return this;
  }

  /** Appends an IPv6 extension header; the first byte, which names the next one, is filled in. */
  public PacketBytes extension(int kind, byte... header) {
    ip.extension(kind, header.clone());
    return this;
  }

  /**
   * The address with which the checksum is made, where a routing header leads elsewhere than the IP
   * header says.
   */
  public PacketBytes finalDestination(String address) {
    ip.checksumDestination = IpBytes.address(address);
    return this;
  }

  /** Puts an 802.1Q tag in front. */
  public PacketBytes vlan(int id) {
    return tag(EtherType.VLAN, id);
  }

  /** Puts a tag of any type in front ({@link EtherType#SERVICE_VLAN}...). */
  public PacketBytes tag(int etherType, int id) {
    return in(inner -> new Inner(etherType, EnvelopeBytes.typed(id, inner.etherType, inner.bytes)));
  }

  /** Puts a plain GRE header and an IPv4 header around. */
  public PacketBytes gre() {
    return in(
        inner -> {
          byte[] gre = EnvelopeBytes.typed(0, inner.etherType, inner.bytes);
          return new Inner(EtherType.IPV4, IpBytes.plainIpv4(IpProtocol.GRE, gre));
        });
  }

  /** Puts an IPv4 header around, with the protocol number that IP in IP has. */
  public PacketBytes inIpv4() {
    return in(inner -> new Inner(EtherType.IPV4, IpBytes.plainIpv4(ipInIp(inner), inner.bytes)));
  }

  /** Puts an IPv6 header around, with the protocol number that IP in IP has. */
  public PacketBytes inIpv6() {
    return in(inner -> new Inner(EtherType.IPV6, IpBytes.plainIpv6(ipInIp(inner), inner.bytes)));
  }

  private static int ipInIp(Inner inner) {
    return inner.etherType == EtherType.IPV6 ? IpProtocol.IPV6 : IpProtocol.IPV4;
  }

  /** Puts an IPv4 header with any protocol, and then any header, around. */
  public PacketBytes inIpv4(int protocol, byte... header) {
    return in(
        inner ->
            new Inner(
                EtherType.IPV4,
                IpBytes.plainIpv4(protocol, EnvelopeBytes.join(header, inner.bytes))));
  }

  /** Puts a UDP header, then any header, around: {@code inUdp(4789, vxlanHeader)}. */
  public PacketBytes inUdp(int port, byte... header) {
    return in(
        inner -> {
          byte[] udp = EnvelopeBytes.udp(port, EnvelopeBytes.join(header, inner.bytes));
          return new Inner(EtherType.IPV4, IpBytes.plainIpv4(IpProtocol.UDP, udp));
        });
  }

  /**
   * Puts an Ethernet header in front, inside whatever follows; the link layer is put on without
   * asking.
   */
  public PacketBytes inEthernet() {
    return in(inner -> new Inner(EtherType.BRIDGED_ETHERNET, EnvelopeBytes.ethernet(inner)));
  }

  /** Puts any header in front, which makes a packet of type {@code etherType}. */
  public PacketBytes behind(int etherType, byte... header) {
    return in(inner -> new Inner(etherType, EnvelopeBytes.join(header, inner.bytes)));
  }

  private PacketBytes in(UnaryOperator<Inner> envelope) {
    envelopes.add(envelope);
    return this;
  }

  /** Linux cooked capture instead of Ethernet. */
  public PacketBytes sll() {
    return on(LinkType.LINUX_SLL.number(), EnvelopeBytes::sll);
  }

  /** Linux cooked capture, version 2, instead of Ethernet. */
  public PacketBytes sll2() {
    return on(LinkType.LINUX_SLL2.number(), EnvelopeBytes::sll2);
  }

  /**
   * BSD loopback instead of Ethernet, as a machine of that byte order with that family number
   * writes it.
   */
  public PacketBytes nullLink(ByteOrder order, int family) {
    return on(
        LinkType.NULL.number(),
        inner ->
            ByteBuffer.allocate(4 + inner.bytes.length)
                .order(order)
                .putInt(family)
                .put(inner.bytes)
                .array());
  }

  /** OpenBSD loopback instead of Ethernet. */
  public PacketBytes loop(int family) {
    nullLink(ByteOrder.BIG_ENDIAN, family);
    linkType = LinkType.LOOP.number();
    return this;
  }

  /** No link layer; {@code linkType} is one of 12, 14, 101, 228, 229. */
  public PacketBytes raw(int linkType) {
    return on(linkType, inner -> inner.bytes);
  }

  /** Any link layer that is a header of fixed bytes. */
  public PacketBytes on(int linkType, byte[] header) {
    return on(linkType, inner -> EnvelopeBytes.join(header, inner.bytes));
  }

  private PacketBytes on(int linkType, Function<Inner, byte[]> link) {
    this.linkType = linkType;
    this.link = link;
    return this;
  }

  /** Appends bytes that belong to no IP packet: Ethernet padding, a frame check sequence. */
  public PacketBytes trailer(int length) {
    trailer = new byte[length];
    Arrays.fill(trailer, (byte) 0xEE);
    return this;
  }

  /** Returns the packet's bytes. */
  public byte[] build() {
    byte[] payload = isTcp ? tcp.build(ip) : body;
    Inner inner = new Inner(ip.etherType(), ip.build(payload));
    for (UnaryOperator<Inner> envelope : envelopes) {
      inner = envelope.apply(inner);
    }
    return EnvelopeBytes.join(link.apply(inner), trailer);
  }

  /** Returns the number of the link layer. */
  public int linkType() {
    return linkType;
  }

  /** Returns the bytes as a captured packet, whole. */
  public Packet packet(long frame, long timestampNanos) {
    byte[] bytes = build();
    return snapped(bytes.length, frame, timestampNanos);
  }

  /** Returns the packet as frame 1 at time 0. */
  public Packet packet() {
    return packet(1, 0);
  }

  /**
   * Returns the packet as a capture with a snapshot length of {@code length} bytes keeps it, frame
   * 1 at time 0.
   */
  public Packet snapped(int length) {
    return snapped(length, 1, 0);
  }

  private Packet snapped(int length, long frame, long timestampNanos) {
    byte[] bytes = build();
    Packet packet = new Packet();
    packet.set(bytes, 0, Math.min(length, bytes.length), bytes.length);
    packet.describe(frame, timestampNanos, linkType, 0);
    return packet;
  }
}
