package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.wire.TcpFlags;
import org.junit.jupiter.api.Test;

/** Lost, late, and sent again. */
class LossScenariosTest {
  /** Frames 4 to 8 of a sender. */
  private static final String FIVE =
      """
      +.1   > P. 1:1001(1000) ack 1
      +0    > P. 1001:2001(1000) ack 1
      +0    > P. 2001:3001(1000) ack 1
      +0    > P. 3001:4001(1000) ack 1
      +0    > P. 4001:5001(1000) ack 1
      """;

  @Test
  @Scenario(value = 21, variant = "microseconds")
  void reorderingWithinMicroseconds() {
    Traced t =
        Script.tell(
            """
            +0       > S  0:0(0) <mss 1000,sackOK>         | SYN_SENT UNKNOWN         | syn
            +.000010 < S. 0:0(0) ack 1 <mss 1000,sackOK>   | SYN_SENT SYN_RECEIVED    | syn-ack
            +.000010 > .  1:1(0) ack 1                     | ESTABLISHED ESTABLISHED  | handshake-complete
            +.1      > P. 1:1001(1000) ack 1 id 1002
            +.000004 > P. 2001:3001(1000) ack 1 id 1004    |  | previous-segment-missing
            +.000004 > P. 1001:2001(1000) ack 1 id 1003    |  | out-of-order
            +.000010 < .  1:1(0) ack 3001                  |  | stretch-ack
            end three-way open
            """);
    assertEquals(3000, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(value = 21, variant = "milliseconds")
  void reorderingOverMilliseconds() {
    Script.tell(
        Beginning.AT_RECEIVER
            + """
        +.1      > P. 1:1001(1000) ack 1 id 1002
        +.001    > P. 2001:3001(1000) ack 1 id 1004       |  | previous-segment-missing
        +.000050 < .  1:1(0) ack 1001 <sack 2001:3001>    |  | sack
        +.003    > P. 1001:2001(1000) ack 1 id 1003       |  | out-of-order
        +.000050 < .  1:1(0) ack 3001
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 22, variant = "at the sender")
  void fastRetransmissionAtTheSender() {
    Script.tell(
        """
        +0       > S  0:0(0) <mss 1000>                | SYN_SENT UNKNOWN         | syn
        +.040    < S. 0:0(0) ack 1 <mss 1000>          | SYN_SENT SYN_RECEIVED    | syn-ack
        +.000050 > .  1:1(0) ack 1                     | ESTABLISHED ESTABLISHED  | handshake-complete
        """
            + FIVE
            + """
        +.040    < .  1:1(0) ack 1                     |  | duplicate-ack
        +.000050 < .  1:1(0) ack 1                     |  | duplicate-ack
        +.000050 < .  1:1(0) ack 1                     |  | duplicate-ack
        +.000020 > P. 1:1001(1000) ack 1               |  | retransmission fast-retransmission
        +.040    < .  1:1(0) ack 5001                  |  | stretch-ack
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 22, variant = "at the receiver")
  void fastRetransmissionAtTheReceiver() {
    Script.tell(
        """
        +0       > S  0:0(0) <mss 1000>                | SYN_SENT UNKNOWN         | syn
        +.000050 < S. 0:0(0) ack 1 <mss 1000>          | SYN_SENT SYN_RECEIVED    | syn-ack
        +.040    > .  1:1(0) ack 1                     | ESTABLISHED ESTABLISHED  | handshake-complete
        +.1      > P. 1001:2001(1000) ack 1 id 1003    |  | previous-segment-missing
        +.000010 < .  1:1(0) ack 1                     |  | duplicate-ack
        +0       > P. 2001:3001(1000) ack 1 id 1004
        +.000010 < .  1:1(0) ack 1                     |  | duplicate-ack
        +0       > P. 3001:4001(1000) ack 1 id 1005
        +.000010 < .  1:1(0) ack 1                     |  | duplicate-ack
        +.040    > P. 1:1001(1000) ack 1 id 1006       |  | retransmission fast-retransmission
        +.000010 < .  1:1(0) ack 4001                  |  | stretch-ack
        end three-way open
        """);
  }

  @Test
  @Scenario(23)
  void rackNeedsOneSackOnly() {
    Script.tell(
        Beginning.AT_SENDER
            + FIVE
            + """
        +.040    < .  1:1(0) ack 1 <sack 1001:5001>    |  | duplicate-ack sack
        +.000015 > P. 1:1001(1000) ack 1               |  | retransmission fast-retransmission
        +.040    < .  1:1(0) ack 5001                  |  | stretch-ack
        end three-way open
        """);
  }

  @Test
  @Scenario(24)
  void tailLossProbeThatWasNotNeeded() {
    Script.tell(
        Beginning.HALFWAY
            + """
        +.1   > P. 1:1001(1000) ack 1
        +.008 > P. 1:1001(1000) ack 1                  |  | retransmission tail-loss-probe spurious-retransmission
        +.040 < .  1:1(0) ack 1001 <sack 1:1001>       |  | dsack
        end three-way open
        """);
  }

  @Test
  @Scenario(25)
  void timeoutsThatDouble() {
    Traced t =
        Script.tell(
            Beginning.AT_SENDER
                + """
            +.1   > P. 1:11(10) ack 1
            +.240 > P. 1:11(10) ack 1                  |  | retransmission timeout-retransmission
            +.480 > P. 1:11(10) ack 1                  |  | retransmission timeout-retransmission
            +.960 > P. 1:11(10) ack 1                  |  | retransmission timeout-retransmission
            +.040 < .  1:1(0) ack 11
            end three-way open
            """);
    assertEquals("timer-again", t.rule(7, AnnotationKind.TIMEOUT_RETRANSMISSION));
  }

  @Test
  @Scenario(value = 26, variant = "coalesced")
  void coalescedRetransmission() {
    Traced t =
        Script.tell(
            Beginning.AT_SENDER
                + """
            +.1   > P. 1:11(10) ack 1
            +0    > P. 11:21(10) ack 1
            +0    > P. 21:31(10) ack 1
            +.240 > P. 1:31(30) ack 1                  |  | retransmission timeout-retransmission
            +.040 < .  1:1(0) ack 31
            end three-way open
            """);
    assertEquals(30, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(value = 26, variant = "repacketised")
  void repacketisedRetransmission() {
    Script.tell(
        Beginning.AT_SENDER
            + """
        +.1   > P. 1:1001(1000) ack 1
        +0    > P. 1001:2001(1000) ack 1
        +.040 < .  1:1(0) ack 501                      |  | partial-ack
        +.240 > P. 501:1501(1000) ack 1                |  | retransmission timeout-retransmission
        +.040 < .  1:1(0) ack 1501                     |  | partial-ack
        +0    > P. 1501:2001(500) ack 1                |  | retransmission
        +.040 < .  1:1(0) ack 2001
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 26, variant = "extended")
  void extendedRetransmission() {
    Traced t =
        Script.tell(
            Beginning.AT_SENDER
                + """
            +.1   > P. 1:11(10) ack 1
            +.240 > P. 1:21(20) ack 1                  |  | retransmission timeout-retransmission
            +.040 < .  1:1(0) ack 21
            end three-way open
            """);
    assertEquals("partly-seen-before", t.rule(5, AnnotationKind.RETRANSMISSION));
    assertEquals(20, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(27)
  void conflictingOverlap() {
    Script.tell(
        Beginning.AT_SENDER
            + """
        +.1   > P. 1:11(10) ack 1 "Data here!"
        +.240 > P. 1:11(10) ack 1 "Data HERE!"         |  | retransmission timeout-retransmission overlap-conflict
        +.040 < .  1:1(0) ack 11
        end three-way open
        """);
  }

  @Test
  @Scenario(28)
  void oneByteSentAgain() {
    Script.tell(
        Beginning.AT_SENDER
            + """
        +.1   > P. 1:11(10) ack 1
        +.040 < .  1:1(0) ack 11
        +5    > P. 11:12(1) ack 1
        +1.2  > P. 11:12(1) ack 1                      |  | retransmission timeout-retransmission
        +.040 < .  1:1(0) ack 12
        end three-way open
        """);
  }

  @Test
  @Scenario(39)
  void staleAck() {
    Script.tell(
        Beginning.AT_SENDER
            + """
        +.1   > P. 1:1001(1000) ack 1
        +0    > P. 1001:2001(1000) ack 1
        +.040 < .  1:1(0) ack 2001 id 50003
        +0    < .  1:1(0) ack 1001 id 50002            |  | stale-ack
        end three-way open
        """);
  }

  @Test
  @Scenario(40)
  void urgentData() {
    Traced t =
        Script.tell(
            Beginning.AT_SENDER
                + """
            +.1   > PU. 1:11(10) ack 1 urg 10 "Data here!"
            +.040 < .   1:1(0) ack 11
            end three-way open
            """);
    assertTrue((t.segment(4).flags() & TcpFlags.URG) != 0);
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }
}
