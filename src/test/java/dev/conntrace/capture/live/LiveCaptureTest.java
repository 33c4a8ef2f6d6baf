package dev.conntrace.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conntrace.capture.Packet;
import dev.conntrace.capture.live.LiveCapture.Way;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.wire.TcpFlags;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real packets of the loopback interface, both ways in. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveCaptureTest {
  @ParameterizedTest
  @CsvSource({
    "LIBPCAP, lo, 127.0.0.1",
    "LIBPCAP, lo, ::1",
    "LIBPCAP, any, 127.0.0.1",
    "PACKET_SOCKET, lo, 127.0.0.1",
    "PACKET_SOCKET, lo, ::1",
    "PACKET_SOCKET, any, 127.0.0.1"
  })
  void seesEachPacketOfAnExchangeOnce(Way way, String device, String host) throws Exception {
    List<String> seen = new ArrayList<>();
    InetAddress address = InetAddress.getByName(host);
    try (ServerSocket server = new ServerSocket(0, 1, address);
        LiveSource source = open(way, device, List.of(server.getLocalPort()), List.of(address))) {
      talk(server, address);
      Thread.sleep(100);
      source.stop();
      SegmentDecoder decoder = new SegmentDecoder();
      Packet packet = new Packet();
      Segment segment = new Segment();
      while (source.next(packet)) {
        assertEquals(DecodeOutcome.TCP, decoder.decode(packet, segment));
        boolean fromServer = segment.srcPort() == server.getLocalPort();
        seen.add(
            (fromServer ? "<" : ">") + TcpFlags.letters(segment.flags()) + segment.payloadLength());
      }
      assertEquals(0, source.droppedPackets());
    }
    assertEquals(List.of(">S0", "<SA0", ">A0"), seen.subList(0, 3), seen.toString());
    assertEquals(1, seen.stream().filter(">PA10"::equals).count(), seen.toString());
    assertEquals(2, seen.stream().filter(line -> line.contains("F")).count(), seen.toString());
  }

  @ParameterizedTest
  @CsvSource({"LIBPCAP, 0", "PACKET_SOCKET, 0", "LIBPCAP, 300", "PACKET_SOCKET, 300"})
  void keepsToTheWantedPort(Way way, int morePorts) throws Exception {
    InetAddress address = InetAddress.getLoopbackAddress();
    List<Integer> ports = new ArrayList<>();
    for (int port = 1; port <= morePorts; port++) {
      ports.add(port);
    }
    try (ServerSocket wanted = new ServerSocket(0, 1, address);
        ServerSocket other = new ServerSocket(0, 1, address);
        LiveSource source = open(way, "lo", with(ports, wanted.getLocalPort()), List.of())) {
      talk(other, address);
      talk(wanted, address);
      Thread.sleep(100);
      source.stop();
      int packets = 0;
      SegmentDecoder decoder = new SegmentDecoder();
      Packet packet = new Packet();
      Segment segment = new Segment();
      while (source.next(packet)) {
        if (decoder.decode(packet, segment) == DecodeOutcome.TCP) {
          packets++;
          int port = wanted.getLocalPort();
          assertTrue(segment.srcPort() == port || segment.dstPort() == port);
        }
      }
      assertTrue(packets >= 7, packets + " packets");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void closingAgainDoesNothingMore(Way way) throws Exception {
    LiveSource source = open(way, "lo", List.of(), List.of());
    source.close();
    source.close();
  }

  @Test
  void morePortsThanTheKernelTakesAreRefused() {
    List<Integer> ports = IntStream.rangeClosed(1, 2000).boxed().toList();
    LiveException refused =
        assertThrows(
            LiveException.class, () -> open(Way.PACKET_SOCKET, "lo", ports, List.of()).close());
    assertTrue(String.valueOf(refused.getMessage()).contains("too many ports"), refused::toString);
  }

  private static List<Integer> with(List<Integer> ports, int last) {
    ports.add(last);
    return ports;
  }

  private static LiveSource open(
      Way way, String device, List<Integer> ports, List<InetAddress> hosts) throws Exception {
    LiveException obstacle = LiveCapture.obstacle(device);
    assumeTrue(obstacle == null, () -> "not permitted here: " + obstacle);
    assumeTrue(
        way != Way.LIBPCAP || Libpcap.missing() == null, "SKIPPED, libpcap is not installed here");
    WantedTraffic wanted = new WantedTraffic(ports, hosts);
    return LiveCapture.open(
        new LiveOptions(device, LiveOptions.WHOLE_PACKETS, LiveOptions.USUAL_BUFFER, wanted, null),
        way);
  }

  private static void talk(ServerSocket server, InetAddress address) throws Exception {
    try (Socket client = new Socket(address, server.getLocalPort());
        Socket accepted = server.accept()) {
      client
          .getOutputStream()
          .write("Data here!".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertEquals(10, accepted.getInputStream().readNBytes(10).length);
      client.shutdownOutput();
      assertEquals(-1, accepted.getInputStream().read());
    }
  }
}
