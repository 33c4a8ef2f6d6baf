package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.Side;
import org.junit.jupiter.api.Test;

/** Who is called the client, and why. */
class RolesTest {
  private static void assertClient(Traced t, String client, RoleEvidence evidence) {
    assertEquals(client, t.report().key().client().toString());
    assertEquals(evidence, t.report().roleEvidence());
  }

  private static Traced between(int from, int to, String script) {
    return new Script().from("10.0.0.1", from).to("10.0.0.2", to).play(script);
  }

  @Test
  void theFirstSynMakesTheClientWhateverThePorts() {
    Traced t = between(80, 40000, "+0 > S 0:0(0)");
    assertClient(t, "10.0.0.1:80", RoleEvidence.SYN);
    assertEquals(Side.CLIENT, t.segment(1).from());
  }

  @Test
  void aSynAckMakesItsReceiverTheClient() {
    assertClient(
        between(40000, 50000, "+0 > S. 0:0(0) ack 1"), "10.0.0.2:50000", RoleEvidence.SYN_ACK);
  }

  @Test
  void withoutSynTheServicePortIsTheServer() {
    String data = "+0 > P. 1:11(10) ack 1";
    assertClient(between(80, 40000, data), "10.0.0.2:40000", RoleEvidence.PORT);
    assertClient(between(40000, 80, data), "10.0.0.1:40000", RoleEvidence.PORT);
    assertClient(between(8080, 40000, data), "10.0.0.2:40000", RoleEvidence.PORT);
    assertClient(between(443, 8080, data), "10.0.0.2:8080", RoleEvidence.PORT);
  }

  @Test
  void withoutSynAndServicePortTheFirstSenderIsTheClient() {
    assertClient(
        between(50000, 40000, "+0 > P. 1:11(10) ack 1"),
        "10.0.0.1:50000",
        RoleEvidence.FIRST_PACKET);
  }

  @Test
  void worksOverIpv6() {
    Traced t = new Script().ipv6().play(Script.HANDSHAKE);
    assertClient(t, "[fd00::1]:40000", RoleEvidence.SYN);
    assertEquals("[fd00::2]:80", t.report().key().server().toString());
  }

  @Test
  void oneAddressWithTwoPortsHasTwoSides() {
    Traced t = new Script().from("127.0.0.1", 40000).to("127.0.0.1", 6573).play(Script.HANDSHAKE);
    assertEquals(Side.SERVER, t.segment(2).from());
    assertClient(t, "127.0.0.1:40000", RoleEvidence.SYN);
  }
}
