package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.BufferReport;
import dev.conntrace.trace.ByteArrival;
import dev.conntrace.trace.SackBlock;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamBuffers.Late;
import dev.conntrace.trace.StreamBuffers.Peak;
import dev.conntrace.trace.StreamBuffers.Sizes;
import dev.conntrace.trace.StreamPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waited in send buffers and receive queues, and when the application could have it. */
class BufferTest {
  /** The server is beside the capture point: what passes here has arrived. */
  private static final String AT_SERVER =
      """
      +0       > S  0:0(0) <mss 1000,sackOK>
      +.000010 < S. 0:0(0) ack 1 <mss 1000,sackOK>
      +.020    > .  1:1(0) ack 1
      """;

  /** The server is 20 ms away: what it has, it must say. */
  private static final String AT_CLIENT =
      """
      +0       > S  0:0(0) <mss 1000,sackOK>
      +.020    < S. 0:0(0) ack 1 <mss 1000,sackOK>
      +.000010 > .  1:1(0) ack 1
      """;

  private static StreamBuffers fromClient(Traced traced) {
    return buffers(traced).fromClient();
  }

  private static BufferReport buffers(Traced traced) {
    return traced.report(1).history().buffers();
  }

  private static StreamPosition own(Traced traced, long frame) {
    return traced.seen(frame).bytes().own();
  }

  private static ByteArrival arrival(Traced traced, long frame) {
    return traced.seen(frame).bytes().arrival();
  }

  @Test
  void cutsTheStreamIntoRunsThatEndWithPsh() {
    StreamBuffers stream =
        fromClient(
            Script.run(
                AT_SERVER
                    + """
                    +.1   > .  1:1001(1000) ack 1
                    +0    > .  1001:2001(1000) ack 1
                    +0    > P. 2001:2501(500) ack 1
                    +.010 < .  1:1(0) ack 2501
                    +.1   > P. 2501:2511(10) ack 1
                    +.010 < .  1:1(0) ack 2511
                    +.1   > P. 2511:3511(1000) ack 1
                    +0    > .  3511:3521(10) ack 1
                    """));
    assertEquals(6, stream.dataSegments());
    assertEquals(3, stream.fullSizedSegments());
    assertEquals(3, stream.shortSegments());
    assertEquals(3, stream.pushRuns().count());
    assertEquals(new Sizes(10, 1000, 2500), stream.pushRuns().bytes());
    assertEquals(new Sizes(1, 1, 3), stream.pushRuns().segments());
  }

  @Test
  void countsTimestampsAsPartOfAFullSegment() {
    StreamBuffers stream =
        fromClient(
            Script.run(
                """
                +0    > S  0:0(0) <mss 1000,TS 1 0>
                +.010 < S. 0:0(0) ack 1 <mss 1460,TS 5 1>
                +.010 > .  1:1(0) ack 1 <TS 2 5>
                +.1   > .  1:989(988) ack 1 <TS 3 5>
                +0    > .  989:1976(987) ack 1 <TS 3 5>
                """));
    assertEquals(1, stream.fullSizedSegments());
  }

  @Test
  void whatASegmentMayHoldIsUnknownWithoutSyn() {
    StreamBuffers stream = fromClient(Script.run("+0 > P. 1:1001(1000) ack 1"));
    assertEquals(1, stream.dataSegments());
    assertEquals(StreamBuffers.UNKNOWN, stream.fullSizedSegments());
    assertEquals(Peak.NONE, stream.unacknowledged(), "nothing was ever acknowledged");
  }

  @Test
  void theSendBufferHoldsWhatIsNotAcknowledged() {
    Traced t =
        Script.run(
            AT_CLIENT
                + """
                +.1   > .  1:1001(1000) ack 1
                +0    > .  1001:2001(1000) ack 1
                +.020 < .  1:1(0) ack 1001
                +0    > .  2001:3001(1000) ack 1
                +0    > F. 3001:3501(500) ack 1
                +.020 < .  1:1(0) ack 3502
                """);
    assertEquals(new Peak(2500, 8), fromClient(t).unacknowledged(), "a FIN is no byte");
    assertEquals(2501, own(t, 8).unacknowledged(), "but it is not acknowledged either");
    assertEquals(0, t.seen(9).bytes().acknowledged().unacknowledged());
    assertEquals(2001, own(t, 7).acked() + 1000);
  }

  @Test
  void besideTheReceiverAHoleKeepsWhatComesAfterItWaiting() {
    Traced t =
        Script.run(
            AT_SERVER
                + """
                +.1   > .  1:1001(1000) ack 1
                +.001 > .  2001:3001(1000) ack 1
                +0    < .  1:1(0) ack 1001 <sack 2001:3001>
                +.001 > .  3001:3501(500) ack 1
                +0    < .  1:1(0) ack 1001 <sack 2001:3501>
                +.020 > .  1001:2001(1000) ack 1
                +0    < .  1:1(0) ack 3501
                """);
    assertEquals(ByteArrival.IN_ORDER, arrival(t, 4));
    assertEquals(ByteArrival.WAITS, arrival(t, 5));
    assertEquals(List.of(new SackBlock(2001, 3501)), own(t, 7).held().ranges());
    assertEquals(ByteArrival.FILLS, arrival(t, 9));
    StreamPosition filled = own(t, 9);
    assertEquals(List.of(1001L, 3501L), List.of(filled.usableBefore(), filled.usable()));
    assertEquals(1500, filled.lateBytes());
    assertEquals(21_000_000, filled.waitedNanos());
    assertFalse(fromClient(t).confirmedOnly());
    assertEquals(new Peak(1500, 7), fromClient(t).outOfOrder());
    assertEquals(new Late(1500, 1, 21_000_000, 5, 9, 1001, 3501), fromClient(t).late());
  }

  @Test
  void fromAfarOnlyTheReceiverTellsWhatItHas() {
    Traced t =
        Script.run(
            AT_CLIENT
                + """
                +.1   > .  1:1001(1000) ack 1
                +0    > .  1001:2001(1000) ack 1
                +0    > .  2001:3001(1000) ack 1
                +.020 < .  1:1(0) ack 1001
                +.001 < .  1:1(0) ack 1001 <sack 2001:3001>
                +0    > .  1001:2001(1000) ack 1
                +.020 < .  1:1(0) ack 3001
                """);
    assertEquals(ByteArrival.ON_THE_WAY, arrival(t, 6));
    assertEquals(1, own(t, 6).usable(), "it may still be lost behind the capture point");
    assertEquals(1001, t.seen(7).bytes().acknowledged().usable());
    assertEquals(ByteArrival.AGAIN, arrival(t, 9));
    assertTrue(fromClient(t).confirmedOnly());
    assertEquals(new Peak(1000, 8), fromClient(t).outOfOrder());
    assertEquals(new Late(1000, 1, 20_000_000, 8, 10, 1001, 3001), fromClient(t).late());
  }

  @Test
  void aSackShowsWhatWasLostBehindTheCapturePoint() {
    Traced t =
        Script.run(
            AT_SERVER
                + """
                +.1      > .  1:1001(1000) ack 1
                +0       > .  1001:2001(1000) ack 1
                +0       > .  2001:3001(1000) ack 1
                +.000010 < .  1:1(0) ack 1001 <sack 2001:3001>
                +.020    > .  1001:2001(1000) ack 1
                +.000010 < .  1:1(0) ack 3001
                """);
    assertEquals(3001, own(t, 6).usable());
    assertEquals(1001, t.seen(7).bytes().acknowledged().usable(), "as it turns out");
    assertEquals(ByteArrival.FILLS, arrival(t, 8));
    assertEquals(new Late(1000, 1, 20_000_000, 7, 8, 1001, 3001), fromClient(t).late());
  }

  @Test
  void aHoleInTheCaptureKeptNobodyWaiting() {
    StreamBuffers stream =
        fromClient(
            Script.run(
                AT_SERVER
                    + """
                    +.1      > .  1:1001(1000) ack 1
                    +0       > .  2001:3001(1000) ack 1
                    +.000010 < .  1:1(0) ack 3001
                    """));
    assertEquals(Peak.NONE, stream.outOfOrder());
    assertEquals(Late.NONE, stream.late());
    assertEquals(Peak.NONE, stream.unacknowledged());
  }

  @Test
  void acknowledgedWithoutNewRoomIsUnread() {
    StreamBuffers stream =
        fromClient(
            Script.run(
                """
                +0    > S  0:0(0) win 3000 <mss 1000>
                +.010 < S. 0:0(0) ack 1 win 3000 <mss 1000>
                +.010 > .  1:1(0) ack 1 win 3000
                +.1   > .  1:1001(1000) ack 1 win 3000
                +.010 < .  1:1(0) ack 1001 win 2000
                +0    > .  1001:3001(2000) ack 1 win 3000
                +.010 < .  1:1(0) ack 3001 win 0
                +.5   < .  1:1(0) ack 3001 win 3000
                +0    > P. 3001:3501(500) ack 1 win 3000
                +.010 < .  1:1(0) ack 3501 win 3000
                """));
    assertEquals(new Peak(3000, 7), stream.unread());
  }

  @Test
  void aWindowOfUnknownScaleTellsNothingOfTheQueue() {
    StreamBuffers stream =
        fromClient(
            Script.run(
                """
                +0    > P. 1:1001(1000) ack 1 win 500
                +.010 < .  1:1(0) ack 1001 win 500
                +0    > P. 1001:2001(1000) ack 1 win 500
                +.010 < .  1:1(0) ack 2001 win 400
                """));
    assertEquals(Peak.NONE, stream.unread());
  }

  @Test
  void probesAndKeepAlivesMoveNoBytes() {
    Traced t =
        Script.run(
            AT_SERVER
                + """
                +.1   > P. 1:1001(1000) ack 1
                +0    < .  1:1(0) ack 1001
                +5    > .  1000:1001(1) ack 1
                +0    < .  1:1(0) ack 1001
                """);
    assertEquals(ByteArrival.NOT_TAKEN, arrival(t, 6));
    assertEquals(1, fromClient(t).dataSegments());
  }

  @Test
  void aSecondSightingMovesNothing() {
    Traced t =
        Script.run(
            AT_SERVER
                + """
                +.1      > P. 1:1001(1000) ack 1 id 77
                +.000010 > P. 1:1001(1000) ack 1 id 77
                """);
    assertEquals(ByteArrival.NOT_TAKEN, arrival(t, 5));
    assertFalse(own(t, 5).advances());
    assertEquals(1, fromClient(t).dataSegments());
  }

  @Test
  void durationsNeedTimes() {
    Traced t =
        new Script()
            .withoutTimes()
            .play(
                AT_SERVER
                    + """
                    +0 > .  1001:2001(1000) ack 1
                    +0 > .  1:1001(1000) ack 1
                    """);
    assertEquals(new Late(1000, 1, StreamBuffers.UNKNOWN, 4, 5, 1, 2001), fromClient(t).late());
  }

  @Test
  void aSocketThatTalksToItselfHasOneStream() {
    Traced t =
        new Script()
            .self()
            .play(
                """
                +0 > S  0:0(0) <mss 1000>
                +0 > S. 0:0(0) ack 1 <mss 1000>
                +0 > .  1:1(0) ack 1
                +0 > P. 1:11(10) ack 1
                +0 > .  11:11(0) ack 11
                """);
    assertEquals(1, fromClient(t).dataSegments());
    assertTrue(buffers(t).fromServer().isEmpty());
    assertEquals(11, own(t, 5).acked());
  }

  @Test
  void aResetAndAStrangeSynBringNothing() {
    Traced t =
        Script.run(
            AT_SERVER
                + """
                +.1 > S  500:500(0)
                +.1 < R. 1:11(10) ack 1
                """);
    assertTrue(buffers(t).isEmpty());
    assertEquals(ByteArrival.NOTHING, arrival(t, 5));
  }
}
