package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.decode.PacketBytes;
import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the capture does to the picture, and not the network. */
class CaptureScenariosTest {
  private static Set<Problem> problems(Traced t) {
    Set<Problem> problems = EnumSet.noneOf(Problem.class);
    for (CaptureQuality quality : t.capture().quality()) {
      problems.add(quality.problem());
    }
    for (CaptureQuality quality : t.report().quality()) {
      problems.add(quality.problem());
    }
    return problems;
  }

  @Test
  @Scenario(value = 30, variant = "same TTL")
  void capturedTwice() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +.1      > P. 1:11(10) ack 1 id 1002
            +.000005 > P. 1:11(10) ack 1 id 1002    |  | duplicate-packet
            +.010    < .  1:1(0) ack 11
            end three-way open
            """);
    assertEquals(10, t.report().fromClient().uniqueBytes());
    assertEquals(1, t.report().rtt().samples() - 2);
  }

  @Test
  @Scenario(value = 30, variant = "different TTL")
  void seenAtTwoHops() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +.1      > P. 1:11(10) ack 1 id 1002 ttl 64
            +.000500 > P. 1:11(10) ack 1 id 1002 ttl 63    |  | duplicate-packet
            +.010    < .  1:1(0) ack 11
            end three-way open
            """);
    assertTrue(t.text(5, AnnotationKind.DUPLICATE_PACKET).contains("hop"), t.toString());
  }

  @Test
  @Scenario(value = 30, variant = "IPv6")
  void withoutIdentificationsTheHopLimitTells() {
    new Script()
        .ipv6()
        .whole()
        .play(
            Beginning.HALFWAY
                + """
            +.1      > P. 1:11(10) ack 1 ttl 64
            +.000500 > P. 1:11(10) ack 1 ttl 63     |  | duplicate-packet
            +.010    < .  1:1(0) ack 11
            end three-way open
            """);
  }

  @Test
  @Scenario(31)
  void ackBeforeData() {
    Script.tell(
        Beginning.HALFWAY
            + """
        +.1      > P. 1:11(10) ack 1
        +.010    < .  1:1(0) ack 21
        +.000050 > P. 11:21(10) ack 1
        +.100    > P. 21:31(10) ack 1
        +.010    < .  1:1(0) ack 31
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 32, variant = "acknowledged")
  void whatTheCaptureMissedWasAcknowledged() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 2001:3001(1000) ack 1     |  | previous-segment-missing
            +.010 < .  1:1(0) ack 3001           |  | acked-unseen-segment
            +.1   > P. 3001:4001(1000) ack 1
            +.010 < .  1:1(0) ack 4001
            end three-way open
            """);
    assertEquals(1000, t.report().fromClient().missingBytes());
  }

  @Test
  @Scenario(value = 32, variant = "not acknowledged")
  void whatIsMissingWasNotAcknowledgedEither() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 2001:3001(1000) ack 1                |  | previous-segment-missing
            +.010 < .  1:1(0) ack 1001 <sack 2001:3001>     |  | sack
            end three-way open
            """);
    assertEquals(2000, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  @Scenario(value = 33, variant = "54")
  void headersWithoutOptions() {
    snapped(54);
  }

  @Test
  @Scenario(value = 33, variant = "96")
  void headersAndSomeBytes() {
    snapped(96);
  }

  private static void snapped(int bytes) {
    Traced t =
        Script.tell(
            Beginning.TALK
                .replaceAll("\\(1000\\) ack 1", "(1000) ack 1 snap " + bytes)
                .replaceAll("(?m)^(.*[>] F.*?) *\\|", "$1 snap " + bytes + " |"));
    assertEquals(1000, t.report().fromClient().uniqueBytes());
    assertTrue(problems(t).contains(Problem.SNAPPED), t.toString());
  }

  @Test
  @Scenario(value = 34, variant = "partial")
  void checksumsLeftToTheCard() {
    Traced t = new Script().on(PacketBytes::partialChecksum).whole().play(Beginning.TALK);
    assertTrue(problems(t).contains(Problem.CHECKSUM_PARTIAL), t.toString());
  }

  @Test
  @Scenario(value = 34, variant = "bad")
  void badChecksum() {
    Traced t =
        Script.run(
            Beginning.AT_SENDER
                + """
            +.1   > P. 1:1001(1000) ack 1
            +.040 < .  1:1(0) ack 1001
            +.1   > P. 1001:2001(1000) ack 1 checksum bad     |  | bad-checksum
            +.300 > P. 1001:2001(1000) ack 1
            +.040 < .  1:1(0) ack 2001
            end three-way open
            """);
    assertTrue(problems(t).contains(Problem.CHECKSUM_BAD), t.toString());
    assertEquals(2000, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(value = 35, variant = "data first")
  void beginsInTheMiddle() {
    Traced t =
        Script.tell(
            """
            +0    > P. 5000:5100(100) ack 7000    | ESTABLISHED ESTABLISHED
            +.010 < P. 7000:7010(10) ack 5100
            +.010 > F. 5100:5100(0) ack 7010      | FIN_WAIT_1 ESTABLISHED  | fin
            +.010 < F. 7010:7010(0) ack 5101      | FIN_WAIT_2 LAST_ACK     | fin fin-acked
            +.010 > .  5101:5101(0) ack 7011      | TIME_WAIT CLOSED        | fin-acked close-complete time-wait
            end midstream three-segment first client wait client
            """);
    assertTrue(problems(t).contains(Problem.MIDSTREAM), t.toString());
  }

  @Test
  @Scenario(value = 35, variant = "SYN lost")
  void beginsWithTheSynAck() {
    Script.tell(
        """
        +0    < S. 0:0(0) ack 1               | SYN_SENT SYN_RECEIVED    | syn-ack
        +.010 > .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED  | handshake-complete
        +.010 > P. 1:11(10) ack 1
        +.010 < .  1:1(0) ack 11
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 35, variant = "SYN-ACK first")
  void theSynComesAfterItsAnswer() {
    Script.tell(
        """
        +0       < S. 0:0(0) ack 1            | SYN_SENT SYN_RECEIVED    | syn-ack
        +.000020 > S  0:0(0)                  |  | syn
        +.010    > .  1:1(0) ack 1            | ESTABLISHED ESTABLISHED  | handshake-complete
        +.010    > P. 1:11(10) ack 1
        +.010    < .  1:1(0) ack 11
        end three-way open
        """);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Scenario(43)
  void lengthZeroAsOffloadLeavesIt(boolean ipv6) {
    Script script = ipv6 ? new Script().ipv6() : new Script();
    Traced t = script.on(bytes -> bytes.ipLength(0)).whole().play(Beginning.TALK);
    assertEquals(1000, t.report().fromClient().uniqueBytes());
  }

  @Test
  @Scenario(value = 44, variant = "of the capture")
  void theClockOfTheCaptureStepsBack() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +.1   > P. 1:1001(1000) ack 1
            -.050 < .  1:1(0) ack 1001
            +.1   > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 2001
            end three-way open
            """);
    assertTrue(problems(t).contains(Problem.TIME_BACKWARDS), t.toString());
  }

  @Test
  @Scenario(value = 44, variant = "of the sender")
  void anOldTimestampIsRefusedAndAnswered() {
    Traced t =
        Script.tell(
            """
            +0    > S  0:0(0) <mss 1000,TS val 500000 ecr 0>             | SYN_SENT UNKNOWN         | syn
            +.010 < S. 0:0(0) ack 1 <mss 1000,TS val 900 ecr 500000>     | SYN_SENT SYN_RECEIVED    | syn-ack
            +.010 > .  1:1(0) ack 1 <TS val 500010 ecr 900>              | ESTABLISHED ESTABLISHED  | handshake-complete
            +.1   > P. 1:11(10) ack 1 <TS val 500110 ecr 900>
            +.010 < .  1:1(0) ack 11 <TS val 1010 ecr 500110>
            +.1   > P. 11:21(10) ack 1 <TS val 1000 ecr 1010>
            +.010 < .  1:1(0) ack 11 <TS val 1120 ecr 500110>            |  | challenge-ack duplicate-ack
            end three-way open
            """);
    assertEquals(20, t.report().fromClient().uniqueBytes());
  }
}
