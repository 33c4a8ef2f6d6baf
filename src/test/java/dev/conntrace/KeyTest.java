package dev.conntrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.KeyPart;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.TraceSink;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The same addresses in different networks: one connection unless asked to tell them apart. */
class KeyTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static PacketBytes syn() {
    return PacketBytes.ipv4Tcp().seq(100).flags("S");
  }

  private static PacketBytes synAck() {
    return PacketBytes.ipv4Tcp()
        .src("10.0.0.2", 80)
        .dst("10.0.0.1", 40000)
        .seq(900)
        .ack(101)
        .flags("SA");
  }

  private static PacketBytes ack() {
    return PacketBytes.ipv4Tcp().seq(101).ack(901).flags("A");
  }

  /** A handshake in one network, and one in another at the same time. */
  private static PacketList twice(
      Function<PacketBytes, PacketBytes> one, Function<PacketBytes, PacketBytes> other) {
    return new PacketList()
        .add(one.apply(syn()))
        .add(other.apply(syn()))
        .add(one.apply(synAck()))
        .add(other.apply(synAck()))
        .add(one.apply(ack()))
        .add(other.apply(ack()));
  }

  private static List<ConnectionReport> trace(PacketList packets, KeyPart... key)
      throws CaptureException {
    List<ConnectionReport> reports = new ArrayList<>();
    TraceSink sink =
        new TraceSink() {
          @Override
          public boolean wants(Importance importance, int number) {
            return importance == Importance.CONNECTION;
          }

          @Override
          public void on(ConnectionClosed event) {
            reports.add(event.report());
          }
        };
    new Tracer(TracerOptions.DEFAULT.keyedBy(Set.of(key)), sink).trace(packets);
    return reports;
  }

  private static void areTwo(PacketList packets, KeyPart part, String first, String second)
      throws CaptureException {
    List<ConnectionReport> reports = trace(packets, part);
    assertEquals(2, reports.size());
    assertEquals(first, reports.get(0).scope());
    assertEquals(second, reports.get(1).scope());
    for (ConnectionReport report : reports) {
      assertEquals(Opened.THREE_WAY, report.opened());
      assertEquals(2, report.fromClient().segments());
      assertEquals(1, report.fromServer().segments());
    }
  }

  private static void areOne(PacketList packets, KeyPart... key) throws CaptureException {
    assertEquals(1, trace(packets, key).size());
  }

  private static PacketList vlans() {
    return twice(packet -> packet.vlan(10), packet -> packet.vlan(20));
  }

  @Test
  void vlansAreNoPartOfItUnlessAskedFor() throws CaptureException {
    areOne(vlans());
    areOne(vlans(), KeyPart.INTERFACE, KeyPart.TUNNEL);
    assertNull(trace(vlans()).get(0).scope());
    areTwo(vlans(), KeyPart.VLAN, "VLAN 10", "VLAN 20");
  }

  @Test
  void aTagThatOnlyCarriesAPriorityIsNoVlan() throws CaptureException {
    areOne(twice(packet -> packet.vlan(0), packet -> packet), KeyPart.VLAN);
  }

  @Test
  void stackedVlansCountTogether() throws CaptureException {
    areTwo(
        twice(packet -> packet.vlan(5).vlan(10), packet -> packet.vlan(5).vlan(20)),
        KeyPart.VLAN,
        "VLAN 10, VLAN 5",
        "VLAN 20, VLAN 5");
  }

  @Test
  void interfaces() throws CaptureException {
    PacketList packets = new PacketList();
    for (int i = 0; i < 2; i++) {
      packets.add(syn(), i).add(synAck(), i).add(ack(), i);
    }
    areTwo(packets, KeyPart.INTERFACE, "interface 0", "interface 1");
  }

  @Test
  void networksOfVxlan() throws CaptureException {
    byte[] seven = hex("08000000 000007 00");
    byte[] eight = hex("08000000 000008 00");
    areTwo(
        twice(
            packet -> packet.inEthernet().inUdp(4789, seven),
            packet -> packet.inEthernet().inUdp(4789, eight)),
        KeyPart.TUNNEL,
        "VXLAN 7 between 192.0.2.1 and 192.0.2.2",
        "VXLAN 8 between 192.0.2.1 and 192.0.2.2");
  }

  @Test
  void keysOfGreAndAPlainNetworkBeside() throws CaptureException {
    byte[] key = hex("2000 0800 00000007");
    List<ConnectionReport> reports =
        trace(twice(packet -> packet.inIpv4(47, key), packet -> packet), KeyPart.TUNNEL);
    assertEquals(2, reports.size());
    assertEquals("GRE 7 between 192.0.2.1 and 192.0.2.2", reports.get(0).scope());
    assertNull(reports.get(1).scope());
  }

  @Test
  void numbersThatDifferByDirectionDoNotSplitAConnection() throws CaptureException {
    PacketList gtp =
        new PacketList()
            .add(syn().inUdp(2152, hex("30FF 0000 00000001")))
            .add(synAck().inUdp(2152, hex("30FF 0000 00000002")));
    areOne(gtp, KeyPart.TUNNEL);
    PacketList mpls =
        new PacketList()
            .add(syn().behind(0x8847, hex("00010140")))
            .add(synAck().behind(0x8847, hex("00020140")));
    areOne(mpls, KeyPart.TUNNEL);
  }

  @Test
  void theTunnelsEndsCountInEitherOrder() throws CaptureException {
    PacketBytes back = synAck().raw(101);
    byte[] outer =
        PacketBytes.ipv4(4, back.build()).src("192.0.2.2", 0).dst("192.0.2.1", 0).build();
    PacketList packets = new PacketList().add(syn().inIpv4()).add(PacketBytes.ipv4(0).on(1, outer));
    List<ConnectionReport> reports = trace(packets, KeyPart.TUNNEL);
    assertEquals(1, reports.size());
    assertEquals("IP in IP between 192.0.2.1 and 192.0.2.2", reports.get(0).scope());
  }

  @Test
  void anIcmpErrorFindsTheConnectionOfItsOwnNetwork() throws CaptureException {
    byte[] quoted = syn().raw(101).build();
    byte[] body = new byte[8 + 28];
    body[0] = 3;
    body[1] = 13;
    System.arraycopy(quoted, 0, body, 8, 28);
    PacketList packets =
        new PacketList()
            .add(syn().vlan(10))
            .add(syn().vlan(20))
            .add(PacketBytes.ipv4(1, body).src("10.0.0.9", 0).dst("10.0.0.1", 0).vlan(20));
    List<ConnectionReport> reports = trace(packets, KeyPart.VLAN);
    assertEquals(Opened.UNANSWERED, reports.get(0).opened());
    assertEquals(Opened.FILTERED, reports.get(1).opened());
  }
}
