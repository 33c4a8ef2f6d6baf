package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import org.junit.jupiter.api.Test;

/** How connections open, or do not. */
class OpeningScenariosTest {
  @Test
  @Scenario(1)
  void plainExchange() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +.1   > P. 1:11(10) ack 1 "Data here!"
            +.010 < .  1:1(0) ack 11
            +.005 < P. 1:21(20) ack 11
            +.010 > .  11:11(0) ack 21
            +.1   > F. 11:11(0) ack 21     | FIN_WAIT_1 ESTABLISHED  | fin
            +.010 < F. 21:21(0) ack 12     | FIN_WAIT_2 LAST_ACK     | fin fin-acked
            +.010 > .  12:12(0) ack 22     | TIME_WAIT CLOSED        | fin-acked close-complete time-wait
            end three-way three-segment first client wait client
            """);
    assertEquals(10, t.report().fromClient().uniqueBytes());
    assertEquals(20, t.report().fromServer().uniqueBytes());
  }

  @Test
  @Scenario(6)
  void simultaneousOpen() {
    Script.tell(
        """
        +0    > S  0:0(0) <mss 1460>         | SYN_SENT UNKNOWN         | syn
        +.001 < S  0:0(0) <mss 1460>         | SYN_SENT SYN_SENT        | syn simultaneous-open
        +.010 > S. 0:0(0) ack 1 <mss 1460>   | SYN_RECEIVED SYN_SENT    | syn-ack
        +.001 < S. 0:0(0) ack 1 <mss 1460>   | ESTABLISHED ESTABLISHED  | syn-ack
        +.010 > P. 1:11(10) ack 1
        +.010 < .  1:1(0) ack 11
        end simultaneous open
        """);
  }

  @Test
  @Scenario(value = 7, variant = "four segments")
  void splitHandshakeOfFourSegments() {
    Script.tell(
        """
        +0    > S  0:0(0)                    | SYN_SENT UNKNOWN         | syn
        +.010 < S  0:0(0)                    | SYN_SENT SYN_SENT        | syn
        +.010 > S. 0:0(0) ack 1              | SYN_RECEIVED SYN_SENT    | syn-ack
        +.010 < .  1:1(0) ack 1              | ESTABLISHED ESTABLISHED  | handshake-complete
        end split open
        """);
  }

  @Test
  @Scenario(value = 7, variant = "five segments")
  void splitHandshakeOfFiveSegments() {
    Script.tell(
        """
        +0    > S  0:0(0)                    | SYN_SENT UNKNOWN         | syn
        +.010 < .  0:0(0) ack 1
        +.001 < S  0:0(0)                    | SYN_SENT SYN_SENT        | syn
        +.010 > S. 0:0(0) ack 1              | SYN_RECEIVED SYN_SENT    | syn-ack
        +.010 < .  1:1(0) ack 1              | ESTABLISHED ESTABLISHED  | handshake-complete
        end split open
        """);
  }

  @Test
  @Scenario(8)
  void selfConnection() {
    Traced t =
        new Script()
            .self()
            .whole()
            .play(
                """
                +0       > S  0:0(0) <mss 65495,sackOK,wscale 7>        | SYN_SENT SYN_SENT        | syn
                +.000010 > S. 0:0(0) ack 1 <mss 65495,sackOK,wscale 7>  | ESTABLISHED ESTABLISHED  | syn-ack
                +.001    > P. 1:11(10) ack 1
                +.000010 > .  11:11(0) ack 11
                +.001    > F. 11:11(0) ack 11     | FIN_WAIT_1 FIN_WAIT_1  | fin
                +.000010 > .  12:12(0) ack 12     | TIME_WAIT TIME_WAIT    | fin-acked close-complete time-wait
                end self simultaneous first both wait client
                """);
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(9)
  void refused() {
    Script.tell(
        """
        +0    > S  0:0(0)                    | SYN_SENT UNKNOWN  | syn
        +.001 < R. 0:0(0) ack 1 win 0        | CLOSED CLOSED     | refused reset
        end refused never-opened
        """);
  }

  @Test
  @Scenario(10)
  void noAnswer() {
    Traced t =
        Script.tell(
            """
            +0    > S  0:0(0)                | SYN_SENT UNKNOWN  | syn
            +1.01 > S  0:0(0)                |  | syn retransmission syn-retransmission
            +2.04 > S  0:0(0)                |  | syn retransmission syn-retransmission
            +4.09 > S  0:0(0)                |  | syn retransmission syn-retransmission
            end unanswered never-opened
            """);
    assertTrue(t.text(4, AnnotationKind.SYN_RETRANSMISSION).contains("attempt no. 4"));
  }

  @Test
  @Scenario(11)
  void fullQueue() {
    Script.tell(
        """
            +0    [1] > S  0:0(0)            | SYN_SENT UNKNOWN         | syn
            +.001 [1] < S. 0:0(0) ack 1      | SYN_SENT SYN_RECEIVED    | syn-ack
            +.001 [1] > .  1:1(0) ack 1      | ESTABLISHED ESTABLISHED  | handshake-complete
            +.010 [2] > S  0:0(0)            | SYN_SENT UNKNOWN         | syn
            +1.01 [2] > S  0:0(0)            |  | syn retransmission syn-retransmission
            +1.03 [2] > S  0:0(0)            |  | syn retransmission syn-retransmission
            +1.02 [2] > S  0:0(0)            |  | syn retransmission syn-retransmission
            +.001 [2] < S. 0:0(0) ack 1      | SYN_SENT SYN_RECEIVED    | syn-ack
            +.001 [2] > .  1:1(0) ack 1      | ESTABLISHED ESTABLISHED  | handshake-complete
            end [1] three-way open
            end [2] three-way open
            """);
  }

  @Test
  @Scenario(12)
  void synAckLost() {
    Script.tell(
        """
        +0    > S  0:0(0)                    | SYN_SENT UNKNOWN         | syn
        +.010 < S. 0:0(0) ack 1              | SYN_SENT SYN_RECEIVED    | syn-ack
        +1    > S  0:0(0)                    |  | syn retransmission syn-retransmission
        +.010 < S. 0:0(0) ack 1              |  | syn-ack retransmission syn-retransmission
        +.010 > .  1:1(0) ack 1              | ESTABLISHED ESTABLISHED  | handshake-complete
        end three-way open
        """);
  }

  @Test
  @Scenario(13)
  void lastAckOfTheHandshakeLost() {
    Script.tell(
        Beginning.HALFWAY
            + """
        +1    < S. 0:0(0) ack 1 <mss 1460,sackOK,wscale 7>  | ESTABLISHED SYN_RECEIVED  | syn-ack retransmission syn-retransmission
        +.010 > .  1:1(0) ack 1                             | ESTABLISHED ESTABLISHED   | duplicate-ack
        +.1   > P. 1:11(10) ack 1
        +.010 < .  1:1(0) ack 11
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 14, variant = "accepted")
  void fastOpenAccepted() {
    Traced t =
        Script.tell(
            """
            +0    > S  0:10(10) <mss 1460,tfo 8>       | SYN_SENT UNKNOWN         | syn fast-open
            +.010 < S. 0:0(0) ack 11 <mss 1460>        | SYN_SENT SYN_RECEIVED    | syn-ack
            +.001 < P. 1:101(100) ack 11
            +.010 > .  11:11(0) ack 101                | ESTABLISHED ESTABLISHED  | handshake-complete
            end fast-open open
            """);
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(value = 14, variant = "ignored")
  void fastOpenIgnored() {
    Traced t =
        Script.tell(
            """
            +0    > S  0:10(10) <mss 1460,tfo 8>       | SYN_SENT UNKNOWN         | syn fast-open
            +.010 < S. 0:0(0) ack 1 <mss 1460>         | SYN_SENT SYN_RECEIVED    | syn-ack
            +.010 > P. 1:11(10) ack 1                  | ESTABLISHED ESTABLISHED  | handshake-complete retransmission
            +.010 < .  1:1(0) ack 11
            end three-way open
            """);
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(value = 14, variant = "cookie request")
  void fastOpenCookieRequest() {
    Script.tell(
        """
        +0    > S  0:0(0) <mss 1460,tfo>               | SYN_SENT UNKNOWN         | syn fast-open
        +.010 < S. 0:0(0) ack 1 <mss 1460,tfo 8>       | SYN_SENT SYN_RECEIVED    | syn-ack
        +.010 > .  1:1(0) ack 1                        | ESTABLISHED ESTABLISHED  | handshake-complete
        end three-way open
        """);
  }
}
