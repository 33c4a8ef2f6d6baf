package dev.conntrace.scenario.fifty;

import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.ECN_ECHO;
import static dev.conntrace.trace.AnnotationKind.HANDSHAKE_COMPLETE;
import static dev.conntrace.trace.AnnotationKind.SYN;
import static dev.conntrace.trace.AnnotationKind.SYN_ACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Multipath;
import dev.conntrace.trace.TcpState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Extensions of TCP that both sides have to want. */
class ExtensionScenariosTest {
  @Test
  @Scenario(value = 49, variant = "ECN")
  void congestionIsMarkedEchoedAndAnswered() {
    Script.tell(
        """
        +0    > SEC 0:0(0) <mss 1000>              | SYN_SENT UNKNOWN         | syn
        +.010 < SE. 0:0(0) ack 1 <mss 1000>        | SYN_SENT SYN_RECEIVED    | syn-ack
        +.010 > .   1:1(0) ack 1                   | ESTABLISHED ESTABLISHED  | handshake-complete
        +.1   > P.  1:1001(1000) ack 1 ecn 2
        +0    > P.  1001:2001(1000) ack 1 ce       |  | ecn-ce
        +.010 < E.  1:1(0) ack 2001                |  | ecn-echo
        +.010 > CP. 2001:3001(1000) ack 1 ecn 2    |  | cwr
        +.010 < .   1:1(0) ack 3001
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 49, variant = "AccECN")
  void withAccurateEcnTheFlagsAreACounter() {
    Traced t =
        Script.tell(
            """
            +0    > SECN 0:0(0) <mss 1000>             | SYN_SENT UNKNOWN         | syn
            +.010 < SC.  0:0(0) ack 1 <mss 1000> ecn 2 | SYN_SENT SYN_RECEIVED    | syn-ack
            +.010 > N.   1:1(0) ack 1                  | ESTABLISHED ESTABLISHED  | handshake-complete
            +.1   > PEN. 1:1001(1000) ack 1 ecn 2
            +0    > PEN. 1001:2001(1000) ack 1 ce      |  | ecn-ce
            +.010 < CN.  1:1(0) ack 2001               |  | ecn-echo
            +.010 > PEN. 2001:3001(1000) ack 1 ce      |  | ecn-ce
            +0    > PEN. 3001:4001(1000) ack 1 ce      |  | ecn-ce
            +.010 < .    1:1(0) ack 4001               |  | ecn-echo
            +.010 > PEN. 4001:5001(1000) ack 1 ecn 2
            +.010 < .    1:1(0) ack 5001
            end three-way open
            """);
    assertEquals(List.of(1L), t.note(6, ECN_ECHO).values());
    assertEquals(List.of(2L), t.note(9, ECN_ECHO).values());
    assertEquals("accecn", t.handshake().inForce().ecn());
  }

  @Test
  @Scenario(50)
  void multipathWithTwoSubflows() throws IOException {
    Traced t = Traced.of(Path.of("sample-captures/mptcp/mptcp.pcap"));
    assertEquals(2, t.connections());
    assertEquals("three-way three-segment first client wait client", t.end(1));
    assertEquals("three-way four-segment first client wait client", t.end(2));
    Multipath first = multipath(t, 1);
    Multipath second = multipath(t, 2);
    assertFalse(first.joins());
    assertTrue(second.joins());
    assertTrue(first.accepted() && second.accepted());
    assertEquals(first.token(), second.token());
    assertEquals(1, first.firstConnection());
    assertEquals(1, second.firstConnection());
    t.assertAnnotations(8, SYN).assertStates(8, TcpState.SYN_SENT, TcpState.UNKNOWN);
    t.assertAnnotations(11, SYN_ACK).assertStates(11, TcpState.SYN_SENT, TcpState.SYN_RECEIVED);
    t.assertAnnotations(12, HANDSHAKE_COMPLETE);
    t.assertStates(12, TcpState.ESTABLISHED, TcpState.ESTABLISHED);
    // What only places or acknowledges bytes of all paths together asks for nothing.
    for (long frame : List.of(29L, 30L, 32L, 33L)) {
      t.assertAnnotations(frame, DUPLICATE_ACK);
      assertTrue(t.text(frame, DUPLICATE_ACK).contains("it asks for nothing"));
    }
  }

  private static Multipath multipath(Traced t, int connection) {
    Handshake handshake = Objects.requireNonNull(t.report(connection).handshake());
    return Objects.requireNonNull(handshake.multipath());
  }
}
