package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.BEYOND_WINDOW;
import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.WINDOW_FULL;
import static dev.conntrace.trace.AnnotationKind.WINDOW_SHRUNK;
import static dev.conntrace.trace.AnnotationKind.WINDOW_UPDATE;
import static dev.conntrace.trace.AnnotationKind.ZERO_WINDOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much room the receiver gives, and what the sender makes of it (RFC 9293 3.8.6). */
class WindowTest {
  /** Windows are not scaled here: what a line says is bytes. */
  private static final String UNSCALED =
      """
      +0    > S  0:0(0) win 3000 <mss 1000>
      +.010 < S. 0:0(0) ack 1 win 3000 <mss 1000>
      +.010 > .  1:1(0) ack 1 win 3000
      """;

  private static Traced run(String script) {
    return Script.run(UNSCALED + script);
  }

  @Test
  void aFullReceiverSaysSoUntilItHasRoom() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 1001 win 2000
            +.1   > P. 1001:3001(2000) ack 1 win 3000
            +.010 < .  1:1(0) ack 3001 win 0
            +.200 < .  1:1(0) ack 3001 win 0
            +.5   < .  1:1(0) ack 3001 win 3000
            """);
    t.assertAnnotations(7, ZERO_WINDOW);
    assertEquals("zero", t.rule(7, ZERO_WINDOW));
    assertEquals("still-zero", t.rule(8, ZERO_WINDOW));
    assertEquals(List.of(7L), t.note(8, ZERO_WINDOW).evidence());
    t.assertAnnotations(9, WINDOW_UPDATE);
    assertEquals("reopened", t.rule(9, WINDOW_UPDATE));
    assertEquals(List.of(3000L, 700_000_000L), t.note(9, WINDOW_UPDATE).values());
  }

  @Test
  void aResetOrSynWithWindowZeroIsNotFull() {
    Script.run(
            """
            +0    > S  0:0(0) win 0
            +.010 < R. 0:0(0) ack 1 win 0
            """)
        .assertNowhere(ZERO_WINDOW);
  }

  @Test
  void anUpdateMayGrowOrSinkByAGrain() {
    Traced t =
        run(
            """
            +.1   < .  1:1(0) ack 1 win 4000
            +.1   < .  1:1(0) ack 1 win 4000
            """);
    t.assertAnnotations(4, WINDOW_UPDATE);
    assertEquals("grew-beyond", t.rule(4, WINDOW_UPDATE));
    assertEquals(List.of(4000L, 1000L), t.note(4, WINDOW_UPDATE).values());
    t.assertLacks(5, WINDOW_UPDATE).assertHas(5, DUPLICATE_ACK);
  }

  @Test
  void roomThatWasThereBeforeComesFromReading() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 1001 win 2000
            +.1   < .  1:1(0) ack 1001 win 3000
            """);
    t.assertAnnotations(6, WINDOW_UPDATE);
    assertEquals("grew", t.rule(6, WINDOW_UPDATE));
  }

  @Test
  void whoHasTheOtherSidesFinMakesRoomForNothing() {
    run("""
            +.1   > FP. 1:1001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 1002 win 2000
            +.1   < .  1:1(0) ack 1002 win 3000
            +.1   < .  1:1(0) ack 1002 win 1000
            """)
        .assertNowhere(WINDOW_UPDATE)
        .assertNowhere(WINDOW_SHRUNK);
  }

  @Test
  void aClosedWindowBehindTheOtherSidesFinStopsNobody() {
    Traced t =
        run(
            """
            +.1   > FP. 1:1001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 1002 win 0
            """);
    assertEquals("zero-for-nobody", t.rule(5, ZERO_WINDOW));
  }

  @Test
  void anAckThatMovesIsNoUpdateHoweverTheWindowChanges() {
    run("""
            +.1   > P. 1:1001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 1001 win 2500
            """)
        .assertNowhere(WINDOW_UPDATE)
        .assertNowhere(WINDOW_SHRUNK);
  }

  @Test
  void aRightEdgeThatMovesBackIsShrinking() {
    Traced t =
        run(
            """
            +.1   < .  1:1(0) ack 1 win 3000
            +.1   > P. 1:1001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 1001 win 1500
            """);
    t.assertAnnotations(6, WINDOW_SHRUNK);
    assertEquals(List.of(500L), t.note(6, WINDOW_SHRUNK).values());
  }

  @Test
  void roundingByTheScaleIsNoShrinking() {
    Script.run(
            """
            +0    > S  0:0(0) win 65535 <mss 1000,wscale 7>
            +.010 < S. 0:0(0) ack 1 win 65160 <mss 1000,wscale 7>
            +.010 > .  1:1(0) ack 1 win 512
            +.1   > P. 1:101(100) ack 1 win 512
            +.010 < .  1:1(0) ack 101 win 508
            """)
        .assertNowhere(WINDOW_SHRUNK);
  }

  @Test
  void aSegmentThatUsesTheLastByteFillsTheWindow() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1 win 3000
            +0    > P. 1001:2001(1000) ack 1 win 3000
            +0    > P. 2001:3001(1000) ack 1 win 3000
            """);
    t.assertAnnotations(5).assertAnnotations(6, WINDOW_FULL);
    assertEquals(List.of(3000L), t.note(6, WINDOW_FULL).values());
  }

  @Test
  void aWindowWithRoomLeftIsNotFull() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1 win 3000
            +0    > P. 1001:2001(1000) ack 1 win 3000
            +0    > P. 2001:2901(900) ack 1 win 3000
            """);
    t.assertLacks(6, WINDOW_FULL);
  }

  @Test
  void theHighestEdgeEverAnnouncedCounts() {
    Traced t =
        run(
            """
            +.1   < .  1:1(0) ack 1 win 2000
            +0    > P. 1:2501(2500) ack 1 win 3000
            """);
    t.assertLacks(5, BEYOND_WINDOW);
  }

  @Test
  void bytesBeyondEveryEdgeAreBeyondTheWindow() {
    Traced t = run("+.1 > P. 1:3011(3010) ack 1 win 3000");
    t.assertAnnotations(4, BEYOND_WINDOW);
    assertEquals(List.of(10L), t.note(4, BEYOND_WINDOW).values());
  }

  @Test
  void whereTheScaleIsUnknownNothingIsJudged() {
    Traced t =
        Script.run(
            """
            +0    < .  1:1(0) ack 1 win 100
            +.1   > P. 1:1001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 1001 win 20
            """);
    t.assertNowhere(BEYOND_WINDOW).assertNowhere(WINDOW_FULL).assertNowhere(WINDOW_SHRUNK);
    assertFalse(t.segment(1).windowScaleKnown());
    assertEquals(100, t.segment(1).windowBytes());
    assertEquals(100, t.segment(1).leastWindowBytes());
  }

  @Test
  void whatIsUnderWayProvesHowLargeAnUnknownWindowIsAtLeast() {
    Traced t =
        Script.run(
            """
            +0    < .  1:1(0) ack 1 win 100
            +.1   > P. 1:1001(1000) ack 1 win 3000
            +0    > P. 1001:1601(600) ack 1 win 3000
            +.010 < .  1:1(0) ack 1601 win 0
            +.5   < .  1:1(0) ack 1601 win 20
            +0    < .  1:1(0) ack 1601 win 50
            """);
    assertEquals(0, t.segment(4).leastWindowBytes());
    assertEquals(20, t.segment(5).windowBytes());
    assertEquals(20 << 4, t.segment(5).leastWindowBytes(), "100 << 4 is the least above 1600");
    assertEquals(List.of(320L, 500_000_000L), t.note(5, WINDOW_UPDATE).values());
    assertEquals(
        "the server has room again: at least 320 bytes; it was full since frame 4, for 500 ms",
        t.text(5, WINDOW_UPDATE));
    assertEquals(List.of(800L, 480L), t.note(6, WINDOW_UPDATE).values());
  }

  @Test
  void whatFollowsAHoleInTheCaptureProvesNothing() {
    Traced t =
        Script.run(
            """
            +0    < .  1:1(0) ack 1 win 100
            +.1   > P. 1:11(10) ack 1 win 3000
            +.1   > P. 90001:90101(100) ack 1 win 3000
            +.010 < .  1:1(0) ack 11 win 100
            """);
    assertEquals(100, t.segment(4).leastWindowBytes());
  }

  @Test
  void oneSynWithoutAScaleSettlesItForBoth() {
    Traced t =
        Script.run(
            """
            +0    < S. 0:0(0) ack 1 win 3000 <mss 1000>
            +.010 > .  1:1(0) ack 1 win 3000
            """);
    assertTrue(t.segment(2).windowScaleKnown());
  }

  @Test
  void aWindowInsideWhichThereIsRoomIsNotFull() {
    run("+.1 > P. 1:1001(1000) ack 1 win 3000").assertNowhere(WINDOW_FULL);
  }
}
