package dev.conntrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.flow.UdpConversations;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import dev.conntrace.trace.UdpConversation;
import dev.conntrace.trace.UdpReport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a capture's totals say of UDP, ICMP and fragments. */
class BesideTcpTest {
  private static CaptureReport trace(PacketList packets) throws CaptureException {
    return new Tracer(TracerOptions.DEFAULT, (importance, number) -> false).trace(packets);
  }

  private static PacketBytes udp(String from, int fromPort, String to, int toPort, int length) {
    byte[] datagram =
        ByteBuffer.allocate(8 + length)
            .putShort((short) fromPort)
            .putShort((short) toPort)
            .putShort((short) (8 + length))
            .array();
    PacketBytes packet =
        from.contains(":") ? PacketBytes.ipv6(17, datagram) : PacketBytes.ipv4(17, datagram);
    return packet.src(from, 0).dst(to, 0);
  }

  private static long count(CaptureReport report, Problem problem) {
    long count = 0;
    for (CaptureQuality quality : report.quality()) {
      count += quality.problem() == problem ? quality.count() : 0;
    }
    return count;
  }

  @Test
  void udpIsSummedUpByWhoTalksToWhom() throws CaptureException {
    CaptureReport report =
        trace(
            new PacketList()
                .add(udp("10.0.0.1", 4000, "10.0.0.2", 53, 30))
                .add(udp("10.0.0.2", 53, "10.0.0.1", 4000, 500))
                .add(udp("10.0.0.1", 4000, "10.0.0.2", 53, 31))
                .add(udp("10.0.0.1", 4001, "10.0.0.2", 53, 1))
                .add(udp("fd00::1", 4000, "fd00::2", 53, 1000))
                .add(PacketBytes.ipv4Tcp().payload(2000)));
    assertEquals(Map.of("udp", 5L), report.skipped());
    assertEquals(3, report.udp().total());
    assertTrue(report.udp().exact());
    UdpConversation busiest = report.udp().busiest().get(0);
    assertEquals("[fd00::1]:4000", busiest.first().toString());
    UdpConversation dns = report.udp().busiest().get(1);
    assertEquals("10.0.0.1:4000", dns.first().toString());
    assertEquals("10.0.0.2:53", dns.second().toString());
    assertEquals(2, dns.datagramsFromFirst());
    assertEquals(61, dns.bytesFromFirst());
    assertEquals(1, dns.datagramsFromSecond());
    assertEquals(500, dns.bytesFromSecond());
    assertEquals(2_000_000, dns.endNanos() - dns.startNanos());
  }

  @Test
  void captureWithoutUdpHasNoConversations() throws CaptureException {
    CaptureReport report = trace(new PacketList().add(PacketBytes.ipv4Tcp()));
    assertEquals(UdpReport.NONE, report.udp());
  }

  @Test
  void conversationsBeyondTheBoundAreReported() throws CaptureException {
    PacketList packets = new PacketList();
    for (int i = 0; i < UdpConversations.MOST_COUNTED + 10; i++) {
      packets.add(
          udp("10.0." + (i >> 8 & 255) + "." + (i & 255), 1 + (i >> 16), "10.1.0.1", 53, 1));
    }
    CaptureReport report = trace(packets);
    assertEquals(UdpConversations.MOST_COUNTED, report.udp().total());
    assertFalse(report.udp().exact());
    assertEquals(UdpReport.MOST_NAMED, report.udp().busiest().size());
    assertEquals(1, count(report, Problem.BOUND_REACHED));
    assertEquals((long) UdpConversations.MOST_COUNTED + 10, report.skipped().get("udp"));
  }

  @Test
  void icmpErrorsOfBothVersionsAreCounted() throws CaptureException {
    CaptureReport report =
        trace(
            new PacketList()
                .add(PacketBytes.ipv4(1, new byte[36]))
                .add(PacketBytes.ipv6(58, new byte[60]).vlan(3))
                .add(PacketBytes.ipv4(1, new byte[36]).gre()));
    assertEquals(Map.of("icmp", 3L), report.skipped());
  }

  private static PacketBytes fragment(int id, int from, int to) {
    byte[] whole = PacketBytes.ipv4Tcp().payload(100).raw(101).build();
    byte[] piece = Arrays.copyOfRange(whole, 20 + from, Math.min(20 + to, whole.length));
    return PacketBytes.ipv4(6, piece).ipId(id).fragment(from, to < whole.length - 20);
  }

  @Test
  void fragmentsThatCameToNothingAreReported() throws CaptureException {
    CaptureReport report =
        trace(
            new PacketList()
                .add(fragment(1, 0, 40))
                .pause(31)
                .add(fragment(2, 0, 40))
                .add(fragment(3, 0, 80))
                .add(fragment(3, 40, 999))
                .add(fragment(4, 0, 40))
                .add(fragment(4, 40, 999)));
    assertEquals(2, report.tcpSegments());
    assertEquals(Map.of("fragment", 4L), report.skipped());
    assertEquals(6, report.frames());
    assertEquals(1, count(report, Problem.FRAGMENTS_TIMED_OUT));
    assertEquals(1, count(report, Problem.FRAGMENTS_INCOMPLETE));
    assertEquals(1, count(report, Problem.FRAGMENTS_OVERLAP));
  }

  @Test
  void fragmentsThatStraddleTheStepToASecondThreadArePutTogether() throws CaptureException {
    int plain = 9_999;
    PacketList packets = new PacketList();
    for (int i = 0; i < plain; i++) {
      packets.add(PacketBytes.ipv4Tcp().src("10.9.9.9", 1).seq(i));
    }
    packets.add(fragment(1, 0, 40));
    for (int i = 0; i < 3000; i++) {
      packets.add(fragment(2 + i, 0, 40)).add(fragment(2 + i, 40, 999));
    }
    packets.add(fragment(1, 40, 999));
    List<Long> first = new ArrayList<>();
    TraceSink sink =
        new TraceSink() {
          @Override
          public boolean wants(Importance importance, int number) {
            return importance == Importance.SEGMENT;
          }

          @Override
          public void on(SegmentSeen event) {
            if (!event.segment().fragments().isEmpty()) {
              first.add(event.segment().fragments().get(0));
              assertEquals("\0\1\2\3", event.segment().payloadStart().substring(0, 4));
            }
          }
        };
    CaptureReport report =
        new Tracer(TracerOptions.DEFAULT.readingAhead(true), sink).trace(packets);
    assertEquals(plain + 3001, report.tcpSegments());
    assertEquals(3001, first.size());
    assertEquals(plain + 1, first.get(3000));
  }
}
