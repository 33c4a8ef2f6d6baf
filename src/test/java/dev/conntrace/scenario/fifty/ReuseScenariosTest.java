package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import org.junit.jupiter.api.Test;

/** The same addresses and ports again, and segments that do not belong where they arrive. */
class ReuseScenariosTest {
  /** Frames 1 to 6; the client's numbers end at 4097, the server's at 8197. */
  private static final String CLIENT_WAITS =
      """
      isn > 4095 < 8195
      +0    > S  0:0(0) <mss 1460,TS val 100 ecr 0>           | SYN_SENT UNKNOWN         | syn
      +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 900 ecr 100>   | SYN_SENT SYN_RECEIVED    | syn-ack
      +.010 > .  1:1(0) ack 1 <TS val 110 ecr 900>            | ESTABLISHED ESTABLISHED  | handshake-complete
      +.1   > F. 1:1(0) ack 1 <TS val 120 ecr 900>            | FIN_WAIT_1 ESTABLISHED   | fin
      +.010 < F. 1:1(0) ack 2 <TS val 910 ecr 120>            | FIN_WAIT_2 LAST_ACK      | fin fin-acked
      +.010 > .  2:2(0) ack 2 <TS val 130 ecr 910>            | TIME_WAIT CLOSED         | fin-acked close-complete time-wait
      end [1] three-way three-segment first client wait client
      """;

  private static final String SERVER_WAITS =
      """
      isn > 4095 < 8195
      +0    > S  0:0(0) <mss 1460,TS val 100 ecr 0>           | SYN_SENT UNKNOWN         | syn
      +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 900 ecr 100>   | SYN_SENT SYN_RECEIVED    | syn-ack
      +.010 > .  1:1(0) ack 1 <TS val 110 ecr 900>            | ESTABLISHED ESTABLISHED  | handshake-complete
      +.1   < F. 1:1(0) ack 1 <TS val 910 ecr 110>            | ESTABLISHED FIN_WAIT_1   | fin
      +.010 > F. 1:1(0) ack 2 <TS val 120 ecr 910>            | LAST_ACK FIN_WAIT_2      | fin fin-acked
      +.010 < .  2:2(0) ack 2 <TS val 920 ecr 120>            | CLOSED TIME_WAIT         | fin-acked close-complete time-wait
      end [1] three-way three-segment first server wait server
      """;

  @Test
  @Scenario(value = 36, variant = "client waits")
  void theWaitingClientReusesItsPort() {
    Traced t =
        Script.tell(
            CLIENT_WAITS
                + """
            isn > 69634 < 700000
            +1.1  > S  0:0(0) <mss 1460,TS val 1300 ecr 910>        | SYN_SENT UNKNOWN         | syn port-reused time-wait-reused
            +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 2100 ecr 1300> | SYN_SENT SYN_RECEIVED    | syn-ack
            +.010 > .  1:1(0) ack 1 <TS val 1310 ecr 2100>          | ESTABLISHED ESTABLISHED  | handshake-complete
            end [2] three-way open
            """);
    assertEquals("linux-tw-reuse", t.rule(7, AnnotationKind.TIME_WAIT_REUSED));
  }

  @Test
  @Scenario(value = 36, variant = "server waits")
  void theWaitingServerTakesANewerTimestamp() {
    Traced t =
        Script.tell(
            SERVER_WAITS
                + """
            isn > 100 < 700000
            +1.1  > S  0:0(0) <mss 1460,TS val 1300 ecr 0>          | SYN_SENT UNKNOWN         | syn port-reused time-wait-reused
            +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 2100 ecr 1300> | SYN_SENT SYN_RECEIVED    | syn-ack
            +.010 > .  1:1(0) ack 1 <TS val 1310 ecr 2100>          | ESTABLISHED ESTABLISHED  | handshake-complete
            end [2] three-way open
            """);
    assertEquals("newer-timestamp", t.rule(7, AnnotationKind.TIME_WAIT_REUSED));
  }

  @Test
  @Scenario(value = 36, variant = "stray FIN")
  void aStrayFinOfTheOldConnectionGoesBackToIt() {
    Traced t =
        Script.tell(
            SERVER_WAITS
                + """
            isn > 1000000000 < 2000000000
            +1.1  > S  0:0(0) <mss 1460,TS val 1300 ecr 0>          | SYN_SENT UNKNOWN         | syn port-reused time-wait-reused
            +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 2100 ecr 1300> | SYN_SENT SYN_RECEIVED    | syn-ack
            +.010 > .  1:1(0) ack 1 <TS val 1310 ecr 2100>          | ESTABLISHED ESTABLISHED  | handshake-complete
            isn > 4095 < 8195
            +.010 > F. 1:1(0) ack 2 <TS val 125 ecr 910>            | CLOSED TIME_WAIT         | fin retransmission spurious-retransmission fin-retransmission
            isn > 1000000000 < 2000000000
            +.010 > P. 1:11(10) ack 1 <TS val 1330 ecr 2100>        | ESTABLISHED ESTABLISHED
            end [2] three-way open
            """);
    assertEquals(1, t.connection(10));
    assertEquals(10, t.report(2).fromClient().uniqueBytes());
  }

  @Test
  @Scenario(value = 37, variant = "SYN")
  void aSynInsideTheWindowIsChallenged() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +1    > S  5000:5000(0)        |  | syn
            +.001 < .  1:1(0) ack 11       |  | challenge-ack duplicate-ack
            +1    > P. 11:21(10) ack 1
            +.010 < .  1:1(0) ack 21
            end three-way open
            """);
    assertEquals(20, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(value = 37, variant = "RST")
  void aResetInsideTheWindowIsChallenged() {
    Script.tell(
        Beginning.HALFWAY
            + """
        +1    < R  101:101(0)          |  | reset-ignored
        +.001 > .  1:1(0) ack 1        |  | challenge-ack duplicate-ack
        +1    < P. 1:11(10) ack 1
        +.010 > .  1:1(0) ack 11
        end three-way open
        """);
  }
}
