package dev.conntrace.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.conntrace.capture.Packet;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Decoding allocates nothing: the least of several rounds, since the JVM may allocate on this
 * thread for itself.
 */
class DecodeAllocationTest {
  private static final int ROUNDS = 20;
  private static final int PACKETS = 20_000;

  @Test
  void allocatesNothingWhateverThePacketIs() {
    byte[] vxlan = HexFormat.of().parseHex("0800000000000700");
    List<Packet> packets =
        List.of(
            PacketBytes.ipv4Tcp().options(TcpOptionBytes.timestamps(1, 2)).payload(100).packet(),
            PacketBytes.ipv6Tcp().options(TcpOptionBytes.sack(1, 2, 3, 4)).packet(),
            PacketBytes.ipv4Tcp().vlan(5).inEthernet().inUdp(4789, vxlan).packet(),
            PacketBytes.ipv4(17, new byte[8]).packet(),
            PacketBytes.ipv4Tcp().snapped(40),
            PacketBytes.ipv4Tcp().dataOffset(1).packet());
    for (Packet packet : packets) {
      assertEquals(0, leastAllocated(packet));
    }
  }

  private static long leastAllocated(Packet packet) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    SegmentDecoder decoder = new SegmentDecoder();
    Segment segment = new Segment();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < PACKETS; i++) {
        if (decoder.decode(packet, segment) == DecodeOutcome.TCP) {
          segment.checksumState();
        }
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }
}
