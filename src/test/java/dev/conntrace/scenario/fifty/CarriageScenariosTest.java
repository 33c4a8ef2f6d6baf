package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.LinkType;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.TcpState;
import dev.conntrace.wire.EtherType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the segments travel in changes nothing of what is said of them. */
class CarriageScenariosTest {
  private static final Path SAMPLES = Path.of("sample-captures");

  /** How to put a packet under each link type; those that only carry one version are apart. */
  private static Map<String, UnaryOperator<PacketBytes>> links(boolean ipv6) {
    int family = ipv6 ? 30 : 2;
    String ppp = ipv6 ? "FF030057" : "FF030021";
    String etherType = ipv6 ? "86DD" : "0800";
    Map<String, UnaryOperator<PacketBytes>> links = new TreeMap<>();
    links.put("Ethernet", bytes -> bytes);
    links.put("cooked", PacketBytes::sll);
    links.put("cooked 2", PacketBytes::sll2);
    links.put("null, little", bytes -> bytes.nullLink(ByteOrder.LITTLE_ENDIAN, family));
    links.put("null, big", bytes -> bytes.nullLink(ByteOrder.BIG_ENDIAN, family));
    links.put("loop", bytes -> bytes.loop(family));
    for (int raw : List.of(12, 14, 101, ipv6 ? 229 : 228)) {
      links.put("raw " + raw, bytes -> bytes.raw(raw));
    }
    links.put("PPP", bytes -> bytes.on(LinkType.PPP.number(), hex(ppp)));
    links.put("PPP 50", bytes -> bytes.on(50, hex(ppp)));
    links.put(
        "802.11",
        bytes -> bytes.on(105, hex("08010000" + "01".repeat(18) + "1000AAAA03000000" + etherType)));
    links.put("InfiniBand", bytes -> bytes.on(242, hex("00".repeat(40) + etherType + "0000")));
    links.put("MPLS", bytes -> bytes.on(219, hex("00010140")));
    return links;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static void talksOver(boolean ipv6, UnaryOperator<PacketBytes> carriage) {
    Script script = ipv6 ? new Script().ipv6() : new Script();
    Traced t = script.on(carriage).whole().play(Beginning.TALK);
    assertEquals(1000, t.report().fromClient().uniqueBytes());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Scenario(value = 41, variant = "every link type")
  void everyLinkType(boolean ipv6) {
    links(ipv6).values().forEach(link -> talksOver(ipv6, link));
  }

  static List<UnaryOperator<PacketBytes>> linksWithTags() {
    return List.of(bytes -> bytes, PacketBytes::sll, PacketBytes::sll2);
  }

  @ParameterizedTest
  @MethodSource("linksWithTags")
  @Scenario(value = 41, variant = "VLAN")
  void vlan(UnaryOperator<PacketBytes> link) {
    talksOver(false, bytes -> link.apply(bytes.vlan(5)));
    talksOver(true, bytes -> link.apply(bytes.vlan(5)));
  }

  @ParameterizedTest
  @MethodSource("linksWithTags")
  @Scenario(value = 41, variant = "QinQ")
  void qinq(UnaryOperator<PacketBytes> link) {
    talksOver(false, bytes -> link.apply(bytes.vlan(5).tag(EtherType.SERVICE_VLAN, 7)));
    talksOver(true, bytes -> link.apply(bytes.vlan(5).tag(EtherType.SERVICE_VLAN, 7)));
  }

  @Test
  @Scenario(value = 42, variant = "IPv4")
  void fragmentsOfIpv4() throws IOException {
    assertFourSegmentClose(Traced.of(SAMPLES.resolve("fragments/fragments.pcap")), 15, 18);
  }

  @Test
  @Scenario(value = 42, variant = "IPv6")
  void fragmentsOfIpv6() throws IOException {
    assertFourSegmentClose(Traced.of(SAMPLES.resolve("fragments/ipv6.pcap")), 25, 28);
  }

  /**
   * Only the fragments with the TCP header count as segments, and with them all bytes are there.
   */
  private static void assertFourSegmentClose(Traced t, long finFrame, long lastFrame) {
    assertEquals("three-way four-segment first client wait client", t.end(1));
    assertEquals(4000, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
    t.assertAnnotations(finFrame, AnnotationKind.FIN);
    t.assertStates(finFrame, TcpState.FIN_WAIT_1, TcpState.ESTABLISHED);
    t.assertStates(finFrame + 2, TcpState.FIN_WAIT_2, TcpState.LAST_ACK);
    t.assertStates(lastFrame, TcpState.TIME_WAIT, TcpState.CLOSED);
    assertEquals(
        EnumSet.of(
            AnnotationKind.SYN,
            AnnotationKind.SYN_ACK,
            AnnotationKind.HANDSHAKE_COMPLETE,
            AnnotationKind.FIN,
            AnnotationKind.FIN_ACKED,
            AnnotationKind.DELAYED_ACK,
            AnnotationKind.CLOSE_COMPLETE,
            AnnotationKind.TIME_WAIT),
        t.report().annotations().keySet());
  }

  @Test
  @Scenario(45)
  void truncatedFile() throws IOException {
    Traced t = Traced.of(SAMPLES.resolve("damaged-files/truncated.pcap"));
    assertTrue(t.capture().quality().stream().anyMatch(q -> q.problem() == Problem.DAMAGED));
    assertEquals("three-way four-segment first client", t.end(1));
    t.assertAnnotations(8, AnnotationKind.FIN);
    t.assertAnnotations(9, AnnotationKind.FIN_ACKED, AnnotationKind.DELAYED_ACK);
    t.assertAnnotations(10, AnnotationKind.FIN);
    t.assertStates(10, TcpState.FIN_WAIT_2, TcpState.LAST_ACK);
    assertEquals(10, t.capture().frames());
  }

  @Test
  @Scenario(value = 48, variant = "::1")
  void ipv6Loopback() {
    Traced t = new Script().ipv6().from("::1", 40000).to("::1", 6573).whole().play(Beginning.TALK);
    assertEquals("[::1]:6573", t.report().key().server().toString());
  }

  @Test
  @Scenario(value = 48, variant = "IPv4-mapped")
  void ipv4Mapped() {
    Traced t =
        new Script()
            .ipv6()
            .from("::ffff:10.0.0.1", 40000)
            .to("::ffff:10.0.0.2", 6573)
            .whole()
            .play(Beginning.TALK);
    assertEquals("[::ffff:10.0.0.2]:6573", t.report().key().server().toString());
  }
}
