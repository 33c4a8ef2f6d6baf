package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.KEEP_ALIVE;
import static dev.conntrace.trace.AnnotationKind.KEEP_ALIVE_ACK;
import static dev.conntrace.trace.AnnotationKind.KEEP_ALIVE_TIMEOUT;
import static dev.conntrace.trace.AnnotationKind.RESET;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.WINDOW_UPDATE;
import static dev.conntrace.trace.AnnotationKind.ZERO_WINDOW;
import static dev.conntrace.trace.AnnotationKind.ZERO_WINDOW_PROBE;
import static dev.conntrace.trace.AnnotationKind.ZERO_WINDOW_PROBE_ACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments that are sent to be answered (RFC 9293 3.8.4, 3.8.6.1). */
class ProbeTest {
  private static final String FULL =
      Script.HANDSHAKE
          + """
      +.1   > P. 1:1001(1000) ack 1
      +.010 < .  1:1(0) ack 1001 win 0
      """;

  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  @Test
  void linuxProbesAFullReceiverWithAnOldNumber() {
    Traced t =
        Script.run(
            FULL
                + """
            +.210 > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.420 > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.840 > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 500
            """);
    t.assertAnnotations(6, ZERO_WINDOW_PROBE);
    assertEquals("old-number-zero-window", t.rule(6, ZERO_WINDOW_PROBE));
    assertEquals(List.of(2L, 430_000_000L), t.note(8, ZERO_WINDOW_PROBE).values());
    assertEquals(
        "window probe no. 3, 850 ms after frame 8: the server has been full since frame 5",
        t.text(10, ZERO_WINDOW_PROBE));
    t.assertAnnotations(7, ZERO_WINDOW, ZERO_WINDOW_PROBE_ACK);
    assertEquals(List.of(8L), t.note(9, ZERO_WINDOW_PROBE_ACK).evidence());
    t.assertHas(11, ZERO_WINDOW_PROBE_ACK);
    t.assertNowhere(KEEP_ALIVE).assertNowhere(DUPLICATE_ACK).assertNowhere(RETRANSMISSION);
  }

  @Test
  void windowsProbesWithOneNewByte() {
    Traced t =
        Script.run(
            FULL
                + """
            +.300 > .  1001:1002(1) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.600 > .  1001:1002(1) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.600 < .  1:1(0) ack 1001 win 500
            +.010 > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 2001 win 500
            """);
    t.assertAnnotations(6, ZERO_WINDOW_PROBE).assertAnnotations(8, ZERO_WINDOW_PROBE);
    assertEquals("one-byte-zero-window", t.rule(6, ZERO_WINDOW_PROBE));
    t.assertAnnotations(7, ZERO_WINDOW, ZERO_WINDOW_PROBE_ACK);
    t.assertAnnotations(11);
    assertEquals(2000, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  void aProbeByteThatIsAcceptedWasDelivered() {
    Traced t =
        Script.run(
            FULL
                + """
            +.300 > .  1001:1002(1) ack 1
            +.010 < .  1:1(0) ack 1002 win 500
            +.010 > P. 1002:2001(999) ack 1
            """);
    t.assertAnnotations(8);
    assertEquals(2000, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  void anOrdinarySegmentToAFullReceiverIsNoProbe() {
    Script.run(FULL + "+.3 > P. 1001:2001(1000) ack 1").assertNowhere(ZERO_WINDOW_PROBE);
  }

  @Test
  void theNextStallCountsItsProbesAnew() {
    Traced t =
        Script.run(
            FULL
                + """
            +.210 > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 500
            +.010 > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 2001 win 0
            +.210 > .  2000:2000(0) ack 1
            """);
    assertEquals("reopened-by-probe", t.rule(7, WINDOW_UPDATE));
    assertEquals(List.of(5L, 6L), t.note(7, WINDOW_UPDATE).evidence());
    assertEquals(List.of(1L, 0L), t.note(10, ZERO_WINDOW_PROBE).values());
  }

  @Test
  void aProbeWithoutAnAnswerIsNoLossWhereTheLastOneWasJustAnswered() {
    Traced t =
        Script.run(
            FULL
                + """
            +.210 > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.420 > .  1000:1000(0) ack 1
            +.840 > .  1000:1000(0) ack 1
            +1.68 > .  1000:1000(0) ack 1
            """);
    assertTrue(t.text(9, ZERO_WINDOW_PROBE).endsWith("Linux gives no two within half a second"));
    assertTrue(t.text(10, ZERO_WINDOW_PROBE).endsWith("the last probe had no answer"));
  }

  @Test
  void theUpdateTellsHowLongItsSenderHadToWait() {
    Traced t =
        Script.run(
            FULL
                + """
            +.210 > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.280 < .  1:1(0) ack 1001 win 500
            """);
    assertEquals(
        "the window opens again, with 64000 bytes of room: the client could not send for 500 ms,"
            + " since frame 5, because the server's program did not read",
        t.text(8, WINDOW_UPDATE));
  }

  @Test
  void withoutAScaleTheAnswerTellsWhatThereIsAtLeast() {
    Traced t =
        Script.run(
            """
            +0    < .  1:1(0) ack 1 win 100
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.210 > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.420 > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 50
            """);
    assertTrue(t.text(5, ZERO_WINDOW_PROBE_ACK).endsWith(": 0 bytes of room"));
    assertTrue(t.text(7, ZERO_WINDOW_PROBE_ACK).endsWith(": at least 800 bytes of room"));
  }

  @Test
  void anUpdateLongAfterAProbeIsNotItsAnswer() {
    Traced t =
        Script.run(
            FULL
                + """
            +.210 > .  1000:1000(0) ack 1
            +.350 < .  1:1(0) ack 1001 win 500
            """);
    t.assertAnnotations(7, WINDOW_UPDATE);
    assertEquals("reopened", t.rule(7, WINDOW_UPDATE));
  }

  @Test
  void aProbeThatCrossesTheUpdateIsStillOne() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 1460,sackOK,wscale 7>
            +0    < S. 0:0(0) ack 1 <mss 1460,sackOK,wscale 7>
            +.060 > .  1:1(0) ack 1
            +.1   > P. 1:1001(1000) ack 1
            +0    < .  1:1(0) ack 1001 win 0
            +1.5  < .  1:1(0) ack 1001 win 500
            +.020 > .  1000:1000(0) ack 1
            +0    < .  1:1(0) ack 1001 win 500
            +.100 > .  1000:1000(0) ack 1
            """);
    assertEquals("crosses-opening", t.rule(7, ZERO_WINDOW_PROBE));
    t.assertAnnotations(8, ZERO_WINDOW_PROBE_ACK);
    t.assertLacks(9, ZERO_WINDOW_PROBE);
  }

  @Test
  void aKeepAliveToAFullReceiverIsTooLateForAProbe() {
    Traced t =
        Script.run(
            FULL
                + """
            +1    > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +1    > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.5   < .  1:1(0) ack 1001 win 500
            """);
    t.assertAnnotations(6, KEEP_ALIVE).assertAnnotations(8, KEEP_ALIVE);
    t.assertAnnotations(7, ZERO_WINDOW, KEEP_ALIVE_ACK).assertNowhere(ZERO_WINDOW_PROBE);
    assertEquals(ZERO_WINDOW_PROBE, t.note(6, KEEP_ALIVE).alternative());
    assertEquals("reopened", t.rule(10, WINDOW_UPDATE));
    assertTrue(t.text(10, WINDOW_UPDATE).startsWith("the server has room again"));
  }

  @Test
  void whatComesSoonAfterIsAProbeAgain() {
    Traced t =
        Script.run(
            FULL
                + """
            +5    > .  1000:1000(0) ack 1
            +.010 < .  1:1(0) ack 1001 win 0
            +.400 > .  1000:1000(0) ack 1
            +.800 > .  1000:1000(0) ack 1
            """);
    t.assertHas(6, KEEP_ALIVE).assertHas(8, ZERO_WINDOW_PROBE).assertHas(9, ZERO_WINDOW_PROBE);
  }

  @Test
  void oneByteThatIsNotAcknowledgedIsARetransmission() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +.1   > P. 11:12(1) ack 1
            +1.2  > P. 11:12(1) ack 1
            """);
    t.assertHas(7, RETRANSMISSION).assertNowhere(KEEP_ALIVE).assertNowhere(ZERO_WINDOW_PROBE);
  }

  @Test
  void aKeepAliveIsAnsweredWithTheNextNumber() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +60   > .  10:10(0) ack 1
            +.010 < .  1:1(0) ack 11
            """);
    t.assertAnnotations(6, KEEP_ALIVE).assertAnnotations(7, KEEP_ALIVE_ACK);
    assertEquals(List.of(6L), t.note(7, KEEP_ALIVE_ACK).evidence());
  }

  @Test
  void aKeepAliveMayCarryOneOldByte() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +60   > .  10:11(1) ack 1
            +.010 < .  1:1(0) ack 11
            """);
    t.assertAnnotations(6, KEEP_ALIVE).assertAnnotations(7, KEEP_ALIVE_ACK);
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }

  @Test
  void theAnswerMayTellAnotherWindow() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +60   > .  10:10(0) ack 1
            +.010 < .  1:1(0) ack 11 win 65000
            """);
    t.assertHas(7, KEEP_ALIVE_ACK);
  }

  @Test
  void anIdleConnectionWithoutDataKeepsAliveToo() {
    run("+60 > . 0:0(0) ack 1\n+.01 < . 1:1(0) ack 1").assertHas(4, KEEP_ALIVE);
  }

  @Test
  void anOrdinaryAckIsNoKeepAlive() {
    run("+60 > . 1:1(0) ack 1").assertNowhere(KEEP_ALIVE);
  }

  @Test
  void aSilentPeerIsGivenUpAfterSeveralKeepAlives() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +60   > .  10:10(0) ack 1
            +10   > .  10:10(0) ack 1
            +10   > .  10:10(0) ack 1
            +10   > R. 11:11(0) ack 1             | CLOSED CLOSED
            """);
    t.assertHas(7, KEEP_ALIVE).assertHas(8, KEEP_ALIVE);
    t.assertAnnotations(9, RESET, KEEP_ALIVE_TIMEOUT);
    assertEquals(List.of(3L), t.note(9, KEEP_ALIVE_TIMEOUT).values());
    assertEquals(List.of(8L, 7L, 6L), t.note(9, KEEP_ALIVE_TIMEOUT).evidence());
  }

  @Test
  void aPeerThatAnsweredIsNotGivenUp() {
    Traced t =
        run(
            """
            +60   > .  0:0(0) ack 1
            +.010 < .  1:1(0) ack 1
            +60   > .  0:0(0) ack 1
            +.010 < .  1:1(0) ack 1
            +10   > R. 1:1(0) ack 1
            """);
    t.assertHas(8, RESET).assertNowhere(KEEP_ALIVE_TIMEOUT);
  }
}
