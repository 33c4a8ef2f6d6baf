package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.CHALLENGE_ACK;
import static dev.conntrace.trace.AnnotationKind.FIN_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.PORT_REUSED;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RESET;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.STALE_ACK;
import static dev.conntrace.trace.AnnotationKind.SYN_ACK;
import static dev.conntrace.trace.AnnotationKind.SYN_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.TIME_WAIT_REUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.TimeWait;
import dev.conntrace.trace.TimeWait.TakeOver;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The same addresses and ports again (RFC 9293 3.4, RFC 6191). */
class ReuseTest {
  /** Frames 1 to 6; the client's numbers end at 4097, the server's at 8197. */
  private static final String CLIENT_WAITS =
      """
      isn > 4095 < 8195
      +0    > S  0:0(0) <mss 1460,TS val 100 ecr 0>
      +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 900 ecr 100>
      +.010 > .  1:1(0) ack 1 <TS val 110 ecr 900>
      +.1   > F. 1:1(0) ack 1 <TS val 120 ecr 900>
      +.010 < F. 1:1(0) ack 2 <TS val 910 ecr 120>
      +.010 > .  2:2(0) ack 2 <TS val 130 ecr 910>     | TIME_WAIT CLOSED
      """;

  private static final String SERVER_WAITS =
      """
      isn > 4095 < 8195
      +0    > S  0:0(0) <mss 1460,TS val 100 ecr 0>
      +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 900 ecr 100>
      +.010 > .  1:1(0) ack 1 <TS val 110 ecr 900>
      +.1   < F. 1:1(0) ack 1 <TS val 910 ecr 110>
      +.010 > F. 1:1(0) ack 2 <TS val 120 ecr 910>
      +.010 < .  2:2(0) ack 2 <TS val 920 ecr 120>     | CLOSED TIME_WAIT
      """;

  @Test
  void aNewConnectionHasItsOwnNumberAndReport() {
    Traced t =
        Script.run(
            SERVER_WAITS
                + """
            isn > 900000 < 700000
            +120  > S  0:0(0)                             | SYN_SENT UNKNOWN
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1                       | ESTABLISHED ESTABLISHED
            """);
    assertEquals(2, t.connections());
    assertEquals(1, t.connection(6));
    assertEquals(2, t.connection(7));
    t.assertHas(7, PORT_REUSED).assertLacks(7, TIME_WAIT_REUSED);
    assertEquals(List.of(6L), t.note(7, PORT_REUSED).evidence());
    assertEquals(Closed.THREE_SEGMENT, t.report(1).closed());
    assertEquals(Opened.THREE_WAY, t.report(2).opened());
    assertEquals(6, t.report(1).lastFrame());
    assertEquals(7, t.report(2).firstFrame());
  }

  @Test
  void theNextConnectionEndsTheWait() {
    Traced t =
        Script.run(
            SERVER_WAITS
                + """
            isn > 100 < 7
            +1.1  > S  0:0(0) <mss 1460,TS val 1200 ecr 0>
            +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 2020 ecr 1200>
            +.010 > .  1:1(0) ack 1 <TS val 1220 ecr 2020>
            """);
    TimeWait wait = Objects.requireNonNull(t.report(1).timeWait());
    assertEquals(new TakeOver(2, 7, wait.startNanos() + 1_100_000_000L), wait.takeOver());
  }

  @Test
  void aCallThatIsNotAnsweredEndsNoWait() {
    Traced t =
        Script.run(SERVER_WAITS + "isn > 100 < 7\n+1.1 > S 0:0(0) <mss 1460,TS val 1200 ecr 0>");
    assertNull(Objects.requireNonNull(t.report(1).timeWait()).takeOver());
  }

  @Test
  void theNextConnectionAfterTheWaitEndsNothing() {
    Traced t =
        Script.run(
            SERVER_WAITS
                + """
            isn > 900000 < 700000
            +120  > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1
            """);
    assertNull(Objects.requireNonNull(t.report(1).timeWait()).takeOver());
  }

  @Test
  void callsWithNumbersCloseToEachOtherStayApart() {
    Traced t =
        Script.run(
            """
            isn > 4000000 < 4000000
            +0       > S  0:0(0)
            isn > 9000000 < 9000000
            +.000010 > S  0:0(0)
            isn > 4000000 < 4000000
            +.000010 < S. 0:0(0) ack 1
            isn > 9000000 < 9000000
            +.000010 < S. 0:0(0) ack 1
            +.000010 > .  1:1(0) ack 1
            isn > 4000000 < 4000000
            +.000010 > .  1:1(0) ack 1
            +.000010 > P. 1:11(10) ack 1
            """);
    assertEquals(2, t.connections());
    assertEquals(Opened.THREE_WAY, t.report(1).opened());
    assertEquals(Opened.THREE_WAY, t.report(2).opened());
    assertEquals(10, t.report(1).fromClient().bytes());
    t.assertNowhere(STALE_ACK);
  }

  @Test
  void theServersWaitEndsForANewerTimestamp() {
    Traced t =
        Script.run(SERVER_WAITS + "isn > 100 < 7\n+1.1 > S 0:0(0) <mss 1460,TS val 1200 ecr 0>");
    t.assertHas(7, PORT_REUSED).assertHas(7, TIME_WAIT_REUSED);
    assertEquals("newer-timestamp", t.rule(7, TIME_WAIT_REUSED));
    assertEquals(List.of(6L, 5L), t.note(7, TIME_WAIT_REUSED).evidence());
    String text = t.text(7, TIME_WAIT_REUSED);
    assertTrue(text.contains("timestamp 1200 is newer than 120"), text);
    assertTrue(text.contains("1.1 s"), text);
  }

  @Test
  void theServersWaitEndsForAHigherNumber() {
    Traced t = Script.run(SERVER_WAITS + "isn > 99999 < 7\n+1.1 > S 0:0(0) <mss 1460>");
    assertEquals("higher-isn", t.rule(7, TIME_WAIT_REUSED));
  }

  @Test
  void theOwnerItselfMayReuseThePort() {
    Traced t =
        Script.run(CLIENT_WAITS + "isn > 999999 < 7\n+1.1 > S 0:0(0) <mss 1460,TS val 1 ecr 0>");
    assertEquals("owner-reuses", t.rule(7, TIME_WAIT_REUSED));
    assertTrue(t.text(7, TIME_WAIT_REUSED).contains("1.1"), t.toString());
  }

  @Test
  void linuxStartsAtAFixedStepAboveTheLastNumber() {
    Traced t =
        Script.run(CLIENT_WAITS + "isn > 69634 < 7\n+1.1 > S 0:0(0) <mss 1460,TS val 1 ecr 910>");
    assertEquals("linux-tw-reuse", t.rule(7, TIME_WAIT_REUSED));
  }

  @Test
  void afterTheWaitThePortIsFree() {
    Traced t = Script.run(CLIENT_WAITS + "isn > 999999 < 7\n+61 > S 0:0(0)");
    t.assertHas(7, PORT_REUSED).assertLacks(7, TIME_WAIT_REUSED);
  }

  @Test
  void aStrayOfTheOldConnectionGoesBackToIt() {
    Traced t =
        Script.run(
            SERVER_WAITS
                + """
            isn > 1000000000 < 2000000000
            +1.1  > S  0:0(0) <mss 1460,TS val 1200 ecr 0>
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1                       | ESTABLISHED ESTABLISHED
            isn > 4095 < 8195
            +.010 > F. 1:1(0) ack 2
            isn > 1000000000 < 2000000000
            +.010 > P. 1:11(10) ack 1                     | ESTABLISHED ESTABLISHED
            """);
    assertEquals(1, t.connection(10));
    t.assertHas(10, FIN_RETRANSMISSION);
    assertEquals(2, t.connection(11));
    t.assertAnnotations(11);
    assertEquals(Closed.OPEN, t.report(2).closed());
    assertEquals(10, t.report(2).fromClient().uniqueBytes());
  }

  @Test
  void theSameSynAgainIsNoReuse() {
    Traced t = Script.run("+0 > S 0:0(0)\n+1 > S 0:0(0)");
    t.assertLacks(2, PORT_REUSED).assertHas(2, SYN_RETRANSMISSION);
    assertEquals(1, t.connections());
  }

  @Test
  void aPortThatWasRefusedMayBeTriedAgain() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.001 < R. 0:0(0) ack 1 win 0                 | CLOSED CLOSED
            isn > 77777 < 1
            +1    > S  0:0(0)                             | SYN_SENT UNKNOWN
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1                       | ESTABLISHED ESTABLISHED
            """);
    assertEquals(Opened.REFUSED, t.report(1).opened());
    assertEquals(Opened.THREE_WAY, t.report(2).opened());
    t.assertHas(3, PORT_REUSED).assertNowhere(SYN_RETRANSMISSION);
  }

  @Test
  void aSynFarFromAnOpenConnectionBeginsAnother() {
    Traced t =
        Script.run(
            Script.HANDSHAKE
                + """
            +.1   > P. 1:11(10) ack 1
            isn > 1000000000 < 2000000000
            +300  > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1                       | ESTABLISHED ESTABLISHED
            """);
    assertEquals(2, t.connections());
    t.assertHas(5, PORT_REUSED).assertNowhere(CHALLENGE_ACK);
    assertEquals(Closed.OPEN, t.report(1).closed());
  }

  @Test
  void aHalfOpenPeerIsResetAndTheSynSucceedsTheSecondTime() {
    Traced t =
        Script.run(
            """
            isn > 1000 < 5000
            +0    > S  0:0(0)                             | SYN_SENT UNKNOWN
            +.001 < .  100000:100000(0) ack 900000
            +.001 > R  900000:900000(0)
            isn > 1000 < 3000000000
            +1    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1                       | ESTABLISHED ESTABLISHED
            +.010 > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            """);
    int last = t.connection(8);
    assertEquals(Opened.THREE_WAY, t.report(last).opened());
    assertEquals(Closed.OPEN, t.report(last).closed());
    assertEquals(10, t.report(last).fromClient().uniqueBytes());
    t.assertLacks(7, PREVIOUS_SEGMENT_MISSING).assertLacks(7, RETRANSMISSION);
    assertEquals(1, t.segment(7).seqRel());
    assertEquals(1, t.segment(7).ackRel());
  }

  @Test
  void aSynThatTimeWaitRejectsIsAnsweredResetAndSentAgain() {
    Traced t =
        Script.run(
            SERVER_WAITS
                + """
            isn > 50 < 8195
            +1    > S  0:0(0) <mss 1460>
            +.001 < .  2:2(0) ack 4047                    # the old numbers: 4095 + 2
            +.001 > R  4047:4047(0)
            +1    > S  0:0(0) <mss 1460>
            isn > 50 < 600000
            +.001 < S. 0:0(0) ack 1 <mss 1460>
            +.001 > .  1:1(0) ack 1                       | ESTABLISHED ESTABLISHED
            """);
    int last = t.connection(12);
    assertEquals(2, last);
    assertEquals(Opened.THREE_WAY, t.report(last).opened());
    assertEquals(Closed.OPEN, t.report(last).closed());
  }

  @Test
  void anOwnerThatEchoesTheLastTimestampRemembersIt() {
    Traced t =
        Script.run(CLIENT_WAITS + "isn > 999999 < 7\n+1.1 > S 0:0(0) <mss 1460,TS val 1 ecr 910>");
    assertEquals("owner-echoes", t.rule(7, TIME_WAIT_REUSED));
    assertTrue(t.text(7, TIME_WAIT_REUSED).contains("echoes timestamp 910"), t.toString());
  }

  @Test
  void linuxAnswersOutOfTimeWaitAtAFixedStepToo() {
    Traced t =
        Script.run(
            SERVER_WAITS
                + """
            isn > 100 < 73734
            +1.1  > S  0:0(0) <mss 1460,TS val 1200 ecr 0>
            +.001 < S. 0:0(0) ack 1 <mss 1460,TS val 1201 ecr 1200>
            """);
    assertEquals("syn-ack-time-wait", t.rule(8, SYN_ACK));
  }

  @Test
  void aCallWithoutGroundsIsTurnedDownWithTheOldNumbers() {
    Traced t =
        Script.run(
            """
            isn > 2000000000 < 8195
            +0    > S  0:0(0) <mss 1460>
            +.010 < S. 0:0(0) ack 1 <mss 1460>
            +.010 > .  1:1(0) ack 1
            +.1   < F. 1:1(0) ack 1
            +.010 > F. 1:1(0) ack 2
            +.010 < .  2:2(0) ack 2                     | CLOSED TIME_WAIT
            isn > 50 < 8195
            +1    > S  0:0(0) <mss 1460>                | SYN_SENT UNKNOWN
            isn > 2000000000 < 8195
            +.001 < .  2:2(0) ack 2                     # the old numbers
            +.001 > R  2:2(0)                           | CLOSED CLOSED
            isn > 50 < 600000
            +1    > S  0:0(0) <mss 1460>
            +.001 < S. 0:0(0) ack 1 <mss 1460>
            +.001 > .  1:1(0) ack 1                     | ESTABLISHED ESTABLISHED
            """);
    assertEquals("new-isn-in-time-wait", t.rule(7, PORT_REUSED));
    t.assertLacks(7, TIME_WAIT_REUSED);
    assertEquals(1, t.connection(8));
    assertEquals("answers-next-syn", t.rule(8, CHALLENGE_ACK));
    assertEquals(List.of(7L), t.note(8, CHALLENGE_ACK).evidence());
    assertEquals("half-open", t.rule(9, RESET));
    assertEquals(List.of(7L, 8L), t.note(9, RESET).evidence());
    assertEquals(2, t.connection(10));
    t.assertHas(10, SYN_RETRANSMISSION);
    assertEquals(Opened.THREE_WAY, t.report(2).opened());
  }

  @Test
  void aRebootedClientFindsTheOldConnectionAndResetsIt() {
    Traced t =
        Script.run(
            """
            isn > 2000000000 < 8195
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1
            isn > 50 < 8195
            +99   > S  0:0(0)
            isn > 2000000000 < 8195
            +.001 < .  1:1(0) ack 1
            +.001 > R  1:1(0)                           | CLOSED CLOSED
            isn > 50 < 600000
            +1    > S  0:0(0)
            +.001 < S. 0:0(0) ack 1
            +.001 > .  1:1(0) ack 1                     | ESTABLISHED ESTABLISHED
            """);
    assertEquals("answers-next-syn", t.rule(5, CHALLENGE_ACK));
    assertEquals("half-open", t.rule(6, RESET));
    assertEquals(Closed.RESET, t.report(1).closed());
    assertEquals(Opened.THREE_WAY, t.report(2).opened());
  }

  @Test
  void aCallerGoesOnCallingWhenItResetsAnOlderConnection() {
    Traced t =
        Script.run(
            """
            isn > 1000 < 5000
            +0    > S  0:0(0)                             | SYN_SENT UNKNOWN
            +.001 < .  100000:100000(0) ack 900000
            +.001 > R  900000:900000(0)                   | SYN_SENT UNKNOWN
            """);
    assertEquals("half-open", t.rule(3, RESET));
    assertEquals(Opened.UNANSWERED, t.report().opened());
  }
}
