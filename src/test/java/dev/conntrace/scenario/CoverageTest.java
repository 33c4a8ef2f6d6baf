package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AckCoverage;
import org.junit.jupiter.api.Test;

/** Which segments each acknowledgement is the first to cover, and how long they had waited. */
class CoverageTest {
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  private static AckCoverage acks(Traced t, long frame) {
    AckCoverage acks = t.seen(frame).acks();
    assertNotNull(acks, () -> "frame " + frame + " acknowledges nothing\n" + t);
    return acks;
  }

  @Test
  void handshakeAndCloseCoverNoBytes() {
    Traced t = run("+.1 > F. 1:1(0) ack 1\n+.010 < . 1:1(0) ack 2");
    assertNull(t.seen(1).acks());
    assertEquals(new AckCoverage(1, false, 0, 0, 1, 1, 0, 0, 10_000_000, 10_000_000), acks(t, 2));
    assertEquals(2, acks(t, 3).firstFrame());
    assertNull(t.seen(4).acks());
    assertEquals(new AckCoverage(1, false, 0, 0, 4, 4, 0, 0, 10_000_000, 10_000_000), acks(t, 5));
  }

  @Test
  void countsSegmentsAndBytesOnceAndTimesTheOldestAndTheNewest() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.005 > P. 1001:2001(1000) ack 1
            +.005 > P. 2001:3001(1000) ack 1
            +.010 < .  1:1(0) ack 2001
            +.002 < .  1:1(0) ack 2001
            +.003 < P. 1:11(10) ack 3001
            """);
    assertEquals(
        new AckCoverage(2, false, 2000, 0, 4, 5, 0, 0, 20_000_000, 15_000_000), acks(t, 7));
    assertNull(t.seen(8).acks());
    assertEquals(
        new AckCoverage(1, false, 1000, 0, 6, 6, 0, 0, 15_000_000, 15_000_000), acks(t, 9));
  }

  @Test
  void aRetransmissionIsNoSecondSegment() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.300 > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 2001
            """);
    assertEquals(
        new AckCoverage(2, false, 2000, 0, 4, 5, 0, 1, 310_000_000, 310_000_000), acks(t, 7));
  }

  @Test
  void aSegmentThatCameLateIsFoundBehindTheOthers() {
    Traced t =
        run(
            """
            +.1    > P. 1:1001(1000) ack 1
            +0     > P. 2001:3001(1000) ack 1 id 2003
            +.0001 > P. 1001:2001(1000) ack 1 id 2002
            +.010  < .  1:1(0) ack 3001
            """);
    assertEquals(3, acks(t, 7).segments());
    assertEquals(6, acks(t, 7).lastFrame());
  }

  @Test
  void halfASegmentIsNamedAndNotCounted() {
    Traced t = run("+.1 > P. 1:1001(1000) ack 1\n+.010 < . 1:1(0) ack 501");
    assertEquals(0, acks(t, 5).segments());
    assertEquals(500, acks(t, 5).bytes());
    assertEquals(4, acks(t, 5).partlyFrame());
    assertEquals(AckCoverage.UNKNOWN, acks(t, 5).oldestWaitedNanos());
  }

  @Test
  void saysHowMuchWasNeverCapturedUnlessItTurnsUp() {
    String hole = "+.1 > P. 1:11(10) ack 1\n+.001 < . 1:1(0) ack 31\n";
    Traced missed = run(hole);
    assertEquals(30, acks(missed, 5).bytes());
    assertEquals(20, acks(missed, 5).unseenBytes());
    Traced late = run(hole + "+.001 > P. 11:31(20) ack 1");
    assertEquals(0, acks(late, 5).unseenBytes());
  }

  @Test
  void aCaptureWithoutTimesHasNoWaiting() {
    Traced t =
        new Script()
            .withoutTimes()
            .play(Script.HANDSHAKE + "+.1 > P. 1:11(10) ack 1\n+.1 < . 1:1(0) ack 11");
    assertEquals(1, acks(t, 5).segments());
    assertEquals(AckCoverage.UNKNOWN, acks(t, 5).oldestWaitedNanos());
  }

  @Test
  void whatIsRefusedOrSeenTwiceCoversNothing() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11 id 60000
            +0    < .  1:1(0) ack 11 id 60000
            +.010 < R. 1:1(0) ack 11
            """);
    assertEquals(1, acks(t, 5).segments());
    assertNull(t.seen(6).acks());
    assertNull(t.seen(7).acks());
  }

  @Test
  void aConnectionJoinedInTheMiddleCoversWhatWasSeen() {
    Traced t =
        Script.run(
            """
            +0    > P. 5001:6001(1000) ack 900
            +.010 < .  900:900(0) ack 6001
            """);
    assertEquals(1, acks(t, 2).segments());
    assertEquals(1000, acks(t, 2).bytes());
  }
}
