package dev.conntrace.capture.live;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Wanted traffic as a program that the kernel runs for each packet. Where it cannot tell (a later
 * fragment shows no port, an ICMP error quotes one somewhere) the packet passes. What a loopback
 * interface sends comes back at once as something received, so the first of the two is left out.
 */
final class KernelFilter {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86DD;
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SOURCE_V4 = 12;
  private static final int DESTINATION_V4 = 16;
  private static final int SOURCE_V6 = 8;
  private static final int DESTINATION_V6 = 24;
  private static final int HEADER_V6 = 40;
  private static final int FRAGMENT_OFFSET = 0x1FFF;
  private static final int OUTGOING = 4;
  private static final int LOOPBACK = 772;

  private final ClassicBpf program;
  private final WantedTraffic wanted;
  private final int accept;
  private final int reject;
  private final int versionSix;
  private final int portsOfSix;
  private final int portsOfFour;

  private KernelFilter(WantedTraffic wanted, ClassicBpf program) {
    this.wanted = wanted;
    this.program = program;
    accept = program.label();
    reject = program.label();
    versionSix = program.label();
    portsOfSix = program.label();
    portsOfFour = program.label();
  }

  /**
   * Returns the program, an instruction an element ({@link ClassicBpf#assemble}); null if it would
   * be too long for the kernel, as with more than some four hundred ports.
   *
   * @param snapBytes how many bytes of a packet are kept
   */
  static long @Nullable [] of(WantedTraffic wanted, int snapBytes) {
    long[] near = new KernelFilter(wanted, new ClassicBpf(false)).build(snapBytes);
    return near != null ? near : new KernelFilter(wanted, new ClassicBpf(true)).build(snapBytes);
  }

  private long @Nullable [] build(int snapBytes) {
    int once = program.label();
    program.loadWord(ClassicBpf.PACKET_TYPE);
    program.unlessEqual(OUTGOING, once);
    program.loadWord(ClassicBpf.HARDWARE_TYPE);
    program.ifEqual(LOOPBACK, reject);
    program.place(once);
    if (!wanted.isAll()) {
      program.loadWord(ClassicBpf.PROTOCOL);
      program.ifEqual(IPV6, versionSix);
      program.unlessEqual(IPV4, reject);
      hosts(true, portsOfFour);
      program.place(portsOfFour);
      portsOfFour();
      program.place(versionSix);
      hosts(false, portsOfSix);
      program.place(portsOfSix);
      portsOfSix();
    }
    program.place(accept);
    program.keep(snapBytes);
    program.place(reject);
    program.keep(0);
    return program.assemble();
  }

  private void hosts(boolean four, int found) {
    for (InetAddress host : wanted.hosts()) {
      if (host instanceof Inet4Address == four) {
        address(host, four ? SOURCE_V4 : SOURCE_V6, found);
        address(host, four ? DESTINATION_V4 : DESTINATION_V6, found);
      }
    }
    if (!wanted.hosts().isEmpty()) {
      program.goTo(reject);
    }
  }

  private void address(InetAddress host, int offset, int found) {
    ByteBuffer bytes = ByteBuffer.wrap(host.getAddress());
    int other = program.label();
    int at = offset;
    while (bytes.remaining() > Integer.BYTES) {
      program.loadWord(ClassicBpf.NETWORK + at);
      program.unlessEqual(bytes.getInt(), other);
      at += Integer.BYTES;
    }
    program.loadWord(ClassicBpf.NETWORK + at);
    program.ifEqual(bytes.getInt(), found);
    program.place(other);
  }

  private void portsOfFour() {
    if (wanted.ports().isEmpty()) {
      program.goTo(accept);
      return;
    }
    program.loadByte(ClassicBpf.NETWORK + 9);
    program.ifEqual(ICMP, accept);
    int hasPorts = program.label();
    program.ifEqual(TCP, hasPorts);
    program.unlessEqual(UDP, reject);
    program.place(hasPorts);
    program.loadHalf(ClassicBpf.NETWORK + 6);
    program.ifAnyBit(FRAGMENT_OFFSET, accept);
    program.indexByHeaderLength(ClassicBpf.NETWORK);
    for (int at = 0; at <= 2; at += 2) {
      program.loadHalfIndexed(ClassicBpf.NETWORK + at);
      ports();
    }
    program.goTo(reject);
  }

  private void portsOfSix() {
    if (wanted.ports().isEmpty()) {
      program.goTo(accept);
      return;
    }
    program.loadByte(ClassicBpf.NETWORK + 6);
    int hasPorts = program.label();
    program.ifEqual(TCP, hasPorts);
    // Anything else than UDP is ICMPv6, a fragment, or a header with more behind it.
    program.unlessEqual(UDP, accept);
    program.place(hasPorts);
    for (int at = HEADER_V6; at <= HEADER_V6 + 2; at += 2) {
      program.loadHalf(ClassicBpf.NETWORK + at);
      ports();
    }
    program.goTo(reject);
  }

  private void ports() {
    for (int port : wanted.ports()) {
      program.ifEqual(port, accept);
    }
  }
}
