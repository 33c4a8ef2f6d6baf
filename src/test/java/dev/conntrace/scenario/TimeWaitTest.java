package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.FIN_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.RESET;
import static dev.conntrace.trace.AnnotationKind.TIME_WAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.conntrace.TracerOptions;
import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.SegmentFacts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who waits after the close, from when, until when (RFC 9293 3.6.1). */
class TimeWaitTest {
  private static final String CLOSE =
      """
      +1    > F. 1:1(0) ack 1
      +.010 < F. 1:1(0) ack 2
      +.010 > .  2:2(0) ack 2               | TIME_WAIT CLOSED
      """;

  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + CLOSE + script);
  }

  private static void assertBegins(Traced t, long frame, int restarts) {
    long start = t.segment(frame).timestampNanos();
    assertEquals(frame, t.timeWait().startFrame(), t.toString());
    assertEquals(start, t.timeWait().startNanos());
    assertEquals(start + 60_000_000_000L, t.timeWait().expectedEndNanos());
    assertEquals(restarts, t.timeWait().restarts());
  }

  @Test
  void theSideThatClosedFirstWaitsForAMinute() {
    Traced t = run("");
    assertEquals(Party.CLIENT, t.timeWait().owner());
    assertEquals("sender-waits", t.rule(6, TIME_WAIT));
    assertBegins(t, 6, 0);
  }

  @Test
  void waitsAsLongAsItIsTold() {
    Traced t =
        new Script()
            .options(
                new TracerOptions(Duration.ofMinutes(4), TracerOptions.DEFAULT.maxConnections()))
            .play(Script.HANDSHAKE + CLOSE);
    assertEquals(240_000_000_000L, t.timeWait().expectedEndNanos() - t.timeWait().startNanos());
  }

  @Test
  void aRepeatedFinStartsTheWaitAnew() {
    Traced t =
        run(
            """
            +.210 < F. 1:1(0) ack 2               | TIME_WAIT CLOSED
            +.010 > .  2:2(0) ack 2               | TIME_WAIT CLOSED
            """);
    t.assertHas(7, FIN_RETRANSMISSION);
    assertBegins(t, 8, 1);
  }

  @Test
  void anyOtherSegmentLeavesTheWaitAsItIs() {
    assertBegins(run("+.210 < . 2:2(0) ack 2\n+.01 > . 2:2(0) ack 2"), 6, 0);
  }

  @Test
  void bothSidesWaitAfterASimultaneousClose() {
    Traced t =
        Script.run(
            Script.HANDSHAKE
                + """
            +1    > F. 1:1(0) ack 1
            +.001 < F. 1:1(0) ack 1
            +.010 > .  2:2(0) ack 2
            +.001 < .  2:2(0) ack 2               | TIME_WAIT TIME_WAIT
            """);
    assertEquals(Party.BOTH, t.timeWait().owner());
    assertBegins(t, 7, 0);
    t.assertHas(7, TIME_WAIT).assertLacks(6, TIME_WAIT);
  }

  @Test
  void nobodyWaitsAfterAReset() {
    Traced t =
        Script.run(
            Script.HANDSHAKE
                + """
            +1    > F. 1:1(0) ack 1
            +.010 < R. 1:1(0) ack 2               | CLOSED CLOSED
            """);
    assertNull(t.report().timeWait());
    t.assertNowhere(TIME_WAIT);
  }

  @Test
  void aResetEndsTheWaitButTakesNothingAway() {
    Traced t = run("+1 < R 2:2(0)                 | CLOSED CLOSED");
    t.assertHas(7, RESET);
    assertEquals(Closed.THREE_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
  }

  @Test
  void thePassiveCloserNeverWaits() {
    Traced t =
        Script.run(
            Script.HANDSHAKE
                + """
            +1    > F. 1:1(0) ack 1
            +.010 < .  1:1(0) ack 2
            +.010 < F. 1:1(0) ack 2               | FIN_WAIT_2 LAST_ACK
            +.010 > .  2:2(0) ack 2               | TIME_WAIT CLOSED
            """);
    assertEquals(1, t.report().annotations().get(TIME_WAIT));
    assertEquals(Party.CLIENT, t.timeWait().owner());
  }

  @Test
  void withoutTimesTheWaitHasAFrameButNoTime() {
    Traced t = new Script().withoutTimes().play(Script.HANDSHAKE + CLOSE);
    assertEquals(6, t.timeWait().startFrame());
    assertEquals(SegmentFacts.NO_TIMESTAMP, t.timeWait().startNanos());
    assertEquals(SegmentFacts.NO_TIMESTAMP, t.timeWait().expectedEndNanos());
  }
}
