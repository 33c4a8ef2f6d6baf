package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.TcpState;
import java.io.IOException;
import java.nio.file.Path;
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
    Script.tell(
        """
        +0    > SECN 0:0(0) <mss 1000>             | SYN_SENT UNKNOWN         | syn
        +.010 < SC.  0:0(0) ack 1 <mss 1000> ecn 2 | SYN_SENT SYN_RECEIVED    | syn-ack
        +.010 > C.   1:1(0) ack 1                  | ESTABLISHED ESTABLISHED  | handshake-complete
        +.1   > PEN. 1:1001(1000) ack 1 ecn 2
        +0    > PEN. 1001:2001(1000) ack 1 ce      |  | ecn-ce
        +.010 < CN.  1:1(0) ack 2001
        +.010 > PEN. 2001:3001(1000) ack 1 ecn 2
        +.010 < CN.  1:1(0) ack 3001
        end three-way open
        """);
  }

  @Test
  @Scenario(50)
  void multipathWithTwoSubflows() throws IOException {
    Traced t = Traced.of(Path.of("sample-captures/mptcp/mptcp.pcap"));
    assertEquals(2, t.connections());
    assertEquals("three-way three-segment first client wait client", t.end(1));
    assertEquals("three-way four-segment first client wait client", t.end(2));
    t.assertStates(3, TcpState.SYN_SENT, TcpState.UNKNOWN);
  }
}
