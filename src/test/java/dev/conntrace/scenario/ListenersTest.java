package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.TracerOptions;
import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ListenerReport;
import dev.conntrace.trace.Opened;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several connections at once: who called which server, and what the totals say. */
class ListenersTest {
  private static String handshake(int connection) {
    return """
        +0    [%1$d] > S  0:0(0)
        +.001 [%1$d] < S. 0:0(0) ack 1
        +.001 [%1$d] > .  1:1(0) ack 1
        """
        .formatted(connection);
  }

  private static String close(int connection) {
    return """
        +.1   [%1$d] > F. 1:1(0) ack 1
        +.001 [%1$d] < F. 1:1(0) ack 2
        +.001 [%1$d] > .  2:2(0) ack 2
        """
        .formatted(connection);
  }

  @Test
  void countsWhoCalledAndHowManyWereServedAtOnce() {
    Traced t =
        Script.run(
            handshake(1)
                + handshake(2)
                + close(1)
                + handshake(3)
                + "+1 [4] > S 0:0(0)\n"
                + "+.001 [4] < R. 0:0(0) ack 1 win 0\n"
                + "+1 [5] > S 0:0(0)\n");
    ListenerReport listener = t.capture().listeners().get(0);
    assertEquals("10.0.0.2:80", listener.address().toString());
    assertEquals(1, listener.clients());
    assertEquals(5, listener.connections());
    assertEquals(2, listener.mostAtOnce());
    assertEquals(1, listener.refused());
    assertEquals(1, listener.unanswered());
  }

  @Test
  void addsUpHowConnectionsOpenedAndClosed() {
    Traced t = Script.run(handshake(1) + close(1) + handshake(2) + "+1 [3] > S 0:0(0)\n");
    assertEquals(3, t.capture().connections());
    assertEquals(Map.of(Opened.THREE_WAY, 2L, Opened.UNANSWERED, 1L), t.capture().opened());
    assertEquals(
        Map.of(Closed.THREE_SEGMENT, 1L, Closed.OPEN, 1L, Closed.NEVER_OPENED, 1L),
        t.capture().closed());
    assertEquals(10, t.capture().frames());
    assertEquals(10, t.capture().tcpSegments());
  }

  @Test
  void connectionsOfOneCaptureDoNotDisturbEachOther() {
    Traced t =
        Script.run(
            handshake(1)
                + handshake(2)
                + "+.1 [1] > P. 1:11(10) ack 1\n+0 [2] > P. 1:21(20) ack 1\n");
    assertEquals(10, t.report(1).fromClient().uniqueBytes());
    assertEquals(20, t.report(2).fromClient().uniqueBytes());
    assertEquals(40001, t.report(2).key().client().port());
    assertEquals(2, t.connection(8));
  }

  @Test
  void beyondTheBoundTheQuietestIsGivenUpAndReported() {
    Traced t =
        new Script()
            .options(new TracerOptions(Duration.ofSeconds(60), 2))
            .play(handshake(1) + handshake(2) + "+.1 [1] > P. 1:11(10) ack 1\n" + handshake(3));
    assertEquals(3, t.connections());
    assertEquals(Closed.OPEN, t.report(2).closed());
    assertEquals(10, t.report(1).fromClient().uniqueBytes());
    assertTrue(t.capture().quality().stream().anyMatch(q -> q.problem() == Problem.BOUND_REACHED));
  }

  @Test
  void reportsComeInTheOrderOfTheFirstFrame() {
    Traced t = Script.run(handshake(2) + handshake(1) + "+.1 [2] > P. 1:11(10) ack 1\n");
    assertEquals(40001, t.report(1).key().client().port());
    assertEquals(40000, t.report(2).key().client().port());
  }
}
