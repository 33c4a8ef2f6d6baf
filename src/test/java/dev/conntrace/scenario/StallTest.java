package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.Stall;
import dev.conntrace.trace.StallCause;
import dev.conntrace.trace.StallEnd;
import dev.conntrace.trace.StallReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times in which a side cannot send because the other's window does not allow it. */
class StallTest {
  private static final long MILLI = 1_000_000;

  /** Windows are not scaled here: what a line says is bytes. Round trip 10 ms. */
  private static final String UNSCALED =
      """
      +0    > S  0:0(0) win 3000 <mss 1000>
      +.010 < S. 0:0(0) ack 1 win 3000 <mss 1000>
      +0    > .  1:1(0) ack 1 win 3000
      """;

  /** Frames 4 to 7: the window is used up and closes. */
  private static final String FULL =
      UNSCALED
          + """
      +.1   > .  1:1001(1000) ack 1 win 3000
      +0    > .  1001:2001(1000) ack 1 win 3000
      +0    > P. 2001:3001(1000) ack 1 win 3000
      +.010 < .  1:1(0) ack 3001 win 0
      """;

  private static Stall only(Traced t) {
    List<Stall> list = t.report().history().stalls().list();
    assertEquals(1, list.size(), list::toString);
    return list.get(0);
  }

  private static StallReport stalls(String script) {
    return Script.run(script).report().history().stalls();
  }

  /** From the receiver's side the sender hears of the closed window only after the last packet. */
  @Test
  void aStallThatTheCaptureCutsOffIsNeverNegative() {
    for (Stall stall :
        stalls(
                """
                +0    > S  0:0(0) win 3000 <mss 1000>
                +.00001 < S. 0:0(0) ack 1 win 3000 <mss 1000>
                +.050 > .  1:1(0) ack 1 win 3000
                +0    > P. 1:1001(1000) ack 1 win 3000
                +.001 > P. 1001:3001(2000) ack 1 win 3000
                +.001 < .  1:1(0) ack 3001 win 0
                """)
            .list()) {
      assertTrue(stall.durationNanos() >= 0, stall::toString);
    }
  }

  @Test
  void aClosedWindowHoldsItsSenderUpUntilItOpens() {
    Traced t =
        Script.run(
            FULL
                + """
            +.700 < .  1:1(0) ack 3001 win 3000
            +0    > .  3001:4001(1000) ack 1 win 3000
            +0    > P. 4001:4501(500) ack 1 win 3000
            +.010 < .  1:1(0) ack 4501 win 3000
            """);
    Stall stall = only(t);
    assertEquals(Side.CLIENT, stall.side());
    assertEquals(StallCause.ZERO_WINDOW, stall.cause());
    assertEquals(StallEnd.WINDOW_UPDATE, stall.endedBy());
    assertEquals(
        List.of(6L, 7L, 8L, 9L),
        List.of(stall.startFrame(), stall.closedFrame(), stall.endFrame(), stall.resumedFrame()));
    assertEquals(710 * MILLI, stall.durationNanos());
    assertEquals(1500, stall.waitingBytes());
    assertTrue(stall.shown());
    assertEquals(new StallReport.Total(1, 710 * MILLI), t.report().history().stalls().fromClient());
    assertEquals(StallReport.Total.NONE, t.report().history().stalls().fromServer());
  }

  @Test
  void probesAreCountedAndTheirAnswerMayBringTheRoom() {
    Stall stall =
        only(
            Script.run(
                FULL
                    + """
                +.200 > .  3000:3000(0) ack 1 win 3000
                +.010 < .  1:1(0) ack 3001 win 0
                +.400 > .  3000:3000(0) ack 1 win 3000
                +.010 < .  1:1(0) ack 3001 win 2000
                +1    > .  3001:4001(1000) ack 1 win 3000
                """));
    assertEquals(2, stall.probes());
    assertEquals(StallEnd.PROBE_ANSWER, stall.endedBy());
    assertEquals(11, stall.endFrame());
    assertEquals(0, stall.resumedFrame(), "a second later is not at once");
    assertEquals(630 * MILLI, stall.durationNanos());
    assertTrue(stall.shown());
  }

  @Test
  void aClosedWindowThatNobodyWaitsForIsToldOfAndNotCounted() {
    StallReport report = stalls(FULL + "+.7 < . 1:1(0) ack 3001 win 3000");
    assertEquals(1, report.list().size());
    assertFalse(report.list().get(0).shown());
    assertEquals(StallReport.Total.NONE, report.fromClient());
  }

  @Test
  void aWindowTooSmallForASegmentHoldsUpToo() {
    Stall stall =
        only(
            Script.run(
                UNSCALED
                    + """
                +.1   > .  1:1001(1000) ack 1 win 3000
                +0    > P. 1001:2001(1000) ack 1 win 3000
                +.010 < .  1:1(0) ack 2001 win 900
                +.3   < .  1:1(0) ack 2001 win 2000
                +0    > P. 2001:3001(1000) ack 1 win 3000
                """));
    assertEquals(StallCause.SMALL_WINDOW, stall.cause());
    assertEquals(6, stall.startFrame());
    assertEquals(300 * MILLI, stall.durationNanos());
  }

  @Test
  void halfOfATinyBufferIsEnough() {
    String tiny = UNSCALED.replace("win 3000", "win 1000");
    assertTrue(stalls(tiny + "+.1 < . 1:1(0) ack 1 win 500").isEmpty());
    assertEquals(
        StallCause.ZERO_WINDOW, stalls(tiny + "+.1 < . 1:1(0) ack 1 win 0").list().get(0).cause());
  }

  @Test
  void allThatIsAllowedUnderWayIsAStallIfMoreFollowsAtOnce() {
    String full =
        UNSCALED
            + """
        +.1   > .  1:1001(1000) ack 1 win 3000
        +0    > P. 1001:3001(2000) ack 1 win 3000
        +.010 < .  1:1(0) ack 3001 win 3000
        """;
    Stall stall = only(Script.run(full + "+0 > P. 3001:4001(1000) ack 1 win 3000"));
    assertEquals(StallCause.WINDOW_FULL, stall.cause());
    assertEquals(10 * MILLI, stall.durationNanos());
    assertEquals(0, stall.closedFrame());
    assertTrue(stalls(full + "+1 > P. 3001:4001(1000) ack 1 win 3000").isEmpty());
  }

  @Test
  void tooLittleLeftForASegmentHoldsUpWhoHasMore() {
    String nearly =
        UNSCALED
            + """
        +.1   > .  1:1001(1000) ack 1 win 3000
        +0    > P. 1001:2901(1900) ack 1 win 3000
        +.050 < .  1:1(0) ack 2901 win 3000
        """;
    Stall stall = only(Script.run(nearly + "+0 > P. 2901:3901(1000) ack 1 win 3000"));
    assertEquals(StallCause.WINDOW_FULL, stall.cause());
    assertEquals(50 * MILLI, stall.durationNanos());
    assertTrue(stalls(nearly + "+2 > P. 2901:3901(1000) ack 1 win 3000").isEmpty());
  }

  @Test
  void usingUpEachPieceOfRoomIsOneStall() {
    StringBuilder script = new StringBuilder(UNSCALED);
    for (int i = 0; i < 5; i++) {
      long at = 1 + i * 3000L;
      script.append("+0 > P. " + at + ":" + (at + 3000) + "(3000) ack 1 win 3000\n");
      script.append("+.010 < . 1:1(0) ack " + (at + 3000) + " win 3000\n");
    }
    script.append("+0 > P. 15001:15011(10) ack 1 win 3000\n");
    Stall stall = only(Script.run(script.toString()));
    assertEquals(5, stall.fills());
    assertEquals(50 * MILLI, stall.durationNanos());
    assertEquals(List.of(4L, 13L), List.of(stall.startFrame(), stall.endFrame()));
  }

  @Test
  void aRunOfFullWindowsThatEndsClosedIsTwoStalls() {
    List<Stall> list =
        stalls(
                UNSCALED
                    + """
                +.1   > P. 1:3001(3000) ack 1 win 3000
                +.010 < .  1:1(0) ack 3001 win 3000
                +0    > P. 3001:6001(3000) ack 1 win 3000
                +.010 < .  1:1(0) ack 6001 win 0
                +.5   < .  1:1(0) ack 6001 win 3000
                +0    > P. 6001:6011(10) ack 1 win 3000
                """)
            .list();
    assertEquals(2, list.size());
    assertEquals(StallCause.WINDOW_FULL, list.get(0).cause());
    assertEquals(10 * MILLI, list.get(0).durationNanos());
    assertEquals(StallCause.ZERO_WINDOW, list.get(1).cause());
    assertEquals(6, list.get(1).startFrame());
    assertEquals(510 * MILLI, list.get(1).durationNanos());
  }

  @Test
  void farFromTheSenderAStallIsAsLongAsBesideIt() {
    // The server's side of a path of 60 ms: what it announces is used 60 ms later.
    StringBuilder script =
        new StringBuilder(
            """
            +0    > S  0:0(0) win 3000 <mss 1000>
            +0    < S. 0:0(0) ack 1 win 3000 <mss 1000>
            +.060 > .  1:1(0) ack 1 win 3000
            """);
    for (int i = 0; i < 6; i++) {
      for (int part = 0; part < 3; part++) {
        long at = 1 + i * 3000L + part * 1000L;
        script.append(part == 0 ? "+.060" : "+0");
        script.append(" > . " + at + ":" + (at + 1000) + "(1000) ack 1 win 3000\n");
        script.append("+0 < . 1:1(0) ack " + (at + 1000) + " win 3000\n");
      }
    }
    Stall stall = only(Script.run(script.toString()));
    assertEquals(StallCause.WINDOW_FULL, stall.cause());
    assertEquals(5 * 60 * MILLI, stall.durationNanos());
  }

  @Test
  void dataBeyondTheLastEdgeProvesThatItsSenderHeardOfAnother() {
    // The handshake took 60 ms, but the path only 20: each answer is sooner than expected.
    StringBuilder script =
        new StringBuilder(
            """
            +0    > S  0:0(0) win 3000 <mss 1000>
            +0    < S. 0:0(0) ack 1 win 3000 <mss 1000>
            +.060 > .  1:1(0) ack 1 win 3000
            """);
    for (int i = 0; i < 6; i++) {
      long at = 1 + i * 3000L;
      script.append("+.020 > . " + at + ":" + (at + 3000) + "(3000) ack 1 win 3000\n");
      script.append("+0 < . 1:1(0) ack " + (at + 3000) + " win 3000\n");
    }
    Stall stall = only(Script.run(script.toString()));
    assertEquals(5 * 20 * MILLI, stall.durationNanos());
  }

  @Test
  void aResetEndsIt() {
    Stall stall = only(Script.run(FULL + "+.5 < R. 1:1(0) ack 3001 win 0"));
    assertEquals(StallEnd.RESET, stall.endedBy());
    assertEquals(8, stall.endFrame());
    assertEquals(510 * MILLI, stall.durationNanos());
  }

  @Test
  void theEndOfTheCaptureLeavesItOpen() {
    Stall stall = only(Script.run(FULL + "+.2 > . 3000:3000(0) ack 1 win 3000"));
    assertEquals(StallEnd.CAPTURE_END, stall.endedBy());
    assertEquals(0, stall.endFrame());
    assertEquals(210 * MILLI, stall.durationNanos());
    assertTrue(stall.shown());
  }

  @Test
  void whoHasSentItsFinIsNotHeldUp() {
    assertTrue(
        stalls(
                UNSCALED
                    + """
                +.1   > FP. 1:3001(3000) ack 1 win 3000
                +.010 < .  1:1(0) ack 3002 win 0
                +.7   < .  1:1(0) ack 3002 win 3000
                """)
            .isEmpty());
  }

  @Test
  void withoutAScaleOnlyAClosedWindowIsCertain() {
    StallReport report =
        stalls(
            """
            +0    < .  1:1(0) ack 1 win 10
            +.1   > P. 1:1001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 1001 win 0
            +.2   < .  1:1(0) ack 1001 win 1
            +0    > P. 1001:2001(1000) ack 1 win 3000
            """);
    assertEquals(1, report.list().size());
    assertEquals(StallCause.ZERO_WINDOW, report.list().get(0).cause());
    assertEquals(200 * MILLI, report.fromClient().nanos());
  }

  @Test
  void withoutTimesTheyAreCountedAndNotMeasured() {
    Traced t = new Script().withoutTimes().play(FULL + "+.7 < . 1:1(0) ack 3001 win 3000");
    assertEquals(0, only(t).durationNanos());
  }

  @Test
  void ofVeryManyTheLongestAreListed() {
    StringBuilder script = new StringBuilder(UNSCALED);
    for (int i = 0; i < 150; i++) {
      long at = 1 + i * 3000L;
      script.append("+0 > P. " + at + ":" + (at + 3000) + "(3000) ack 1 win 3000\n");
      script.append("+.001 < . 1:1(0) ack " + (at + 3000) + " win 0\n");
      script.append("+." + (100 + i) + " < . 1:1(0) ack " + (at + 3000) + " win 3000\n");
    }
    StallReport report = stalls(script.append("+0 > P. 450001:450002(1) ack 1\n").toString());
    assertEquals(100, report.list().size());
    assertEquals(50, report.leftOut());
    assertEquals(151 * MILLI, report.list().get(0).durationNanos());
    assertEquals(150, report.fromClient().count());
    long listed = report.list().stream().mapToLong(Stall::durationNanos).sum();
    assertEquals(report.fromClient().nanos(), listed + report.leftOutNanos());
  }
}
