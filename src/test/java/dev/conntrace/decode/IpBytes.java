package dev.conntrace.decode;

import dev.conntrace.wire.EtherType;
import dev.conntrace.wire.InternetChecksum;
import dev.conntrace.wire.IpProtocol;
import dev.conntrace.wire.Ipv4View;
import dev.conntrace.wire.Ipv6View;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The IP part of {@link PacketBytes}. */
final class IpBytes {
  private static final class Extension {
    final int kind;
    final byte[] header;

    Extension(int kind, byte[] header) {
      this.kind = kind;
      this.header = header;
    }
  }

  private static final int FROM_CONTENT = -1;
  private static final int DONT_FRAGMENT = 0x4000;

  private final boolean v6;
  byte[] source = {};
  byte[] destination = {};
  byte[] checksumDestination = {};
  int protocol = IpProtocol.TCP;
  int timeToLive = 64;
  int identification = 1;
  int ecn;
  boolean dontFragment = true;
  int fragment;
  int length = FROM_CONTENT;
  byte[] options = {};
  private final List<Extension> extensions = new ArrayList<>();

  IpBytes(boolean v6) {
    this.v6 = v6;
  }

  /**
   * Literals only, so that nothing is looked up. Java makes four bytes of an IPv4-mapped address;
   * on the wire it has sixteen.
   */
  static byte[] address(String literal) {
    try {
      byte[] address = InetAddress.getByName(literal).getAddress();
      return literal.startsWith("::ffff:") && address.length == 4 ? mapped(address) : address;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  private static byte[] mapped(byte[] ipv4) {
    return ByteBuffer.allocate(16).putInt(8, 0xFFFF).position(12).put(ipv4).array();
  }

  static byte[] plainIpv4(int protocol, byte[] payload) {
    return plain(new IpBytes(false), protocol, "192.0.2.1", "192.0.2.2").build(payload);
  }

  static byte[] plainIpv6(int protocol, byte[] payload) {
    return plain(new IpBytes(true), protocol, "2001:db8::1", "2001:db8::2").build(payload);
  }

  private static IpBytes plain(IpBytes ip, int protocol, String source, String destination) {
    ip.source = address(source);
    ip.destination = address(destination);
    ip.protocol = protocol;
    return ip;
  }

  void extension(int kind, byte[] header) {
    extensions.add(new Extension(kind, header));
  }

  int etherType() {
    return v6 ? EtherType.IPV6 : EtherType.IPV4;
  }

  long pseudoHeaderSum() {
    byte[] end = checksumDestination.length == 0 ? destination : checksumDestination;
    return InternetChecksum.sum(source, 0, source.length)
        + InternetChecksum.sum(end, 0, end.length)
        + IpProtocol.TCP;
  }

  byte[] build(byte[] payload) {
    return v6 ? buildV6(payload) : buildV4(payload);
  }

  private byte[] buildV4(byte[] payload) {
    int headerLength = Ipv4View.MIN_LENGTH + options.length;
    int total = headerLength + payload.length;
    ByteBuffer packet = ByteBuffer.allocate(total);
    packet.put((byte) (0x40 | headerLength / 4)).put((byte) ecn);
    packet.putShort((short) (length == FROM_CONTENT ? total : length));
    packet.putShort((short) identification);
    packet.putShort((short) (fragment != 0 ? fragment : dontFragment ? DONT_FRAGMENT : 0));
    packet.put((byte) timeToLive).put((byte) protocol).putShort((short) 0);
    packet.put(source).put(destination).put(options).put(payload);
    int sum = InternetChecksum.fold(InternetChecksum.sum(packet.array(), 0, headerLength));
    return packet.putShort(10, (short) ~sum).array();
  }

  private byte[] buildV6(byte[] payload) {
    byte[] content = withExtensions(payload);
    ByteBuffer packet = ByteBuffer.allocate(Ipv6View.LENGTH + content.length);
    packet.putInt(6 << 28 | ecn << 20);
    packet.putShort((short) (length == FROM_CONTENT ? content.length : length));
    packet.put((byte) (extensions.isEmpty() ? protocol : extensions.get(0).kind));
    packet.put((byte) timeToLive);
    return packet.put(source).put(destination).put(content).array();
  }

  private byte[] withExtensions(byte[] payload) {
    byte[] content = payload;
    int next = protocol;
    for (int i = extensions.size() - 1; i >= 0; i--) {
      Extension extension = extensions.get(i);
      content = EnvelopeBytes.join(extension.header, content);
      content[0] = (byte) next;
      next = extension.kind;
    }
    return content;
  }
}
