package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.SegmentFacts;
import org.junit.jupiter.api.Test;

/** Round-trip times: from a segment to the acknowledgement of its last byte (RFC 6298 3). */
class RttTest {
  /** Three samples: 10 ms and 10 ms of the handshake, and what the script adds. */
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  @Test
  void measuresEachSegmentThatAnAckEndsWith() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.030 < .  1:1(0) ack 1001
            +.1   < P. 1:501(500) ack 1001
            +.002 > .  1001:1001(0) ack 501
            """);
    assertEquals(2_000_000, t.report().rtt().minNanos());
    assertEquals(10_000_000, t.report().rtt().medianNanos());
    assertEquals(30_000_000, t.report().rtt().maxNanos());
    assertEquals(4, t.report().rtt().samples());
  }

  @Test
  void neverMeasuresAcrossARetransmission() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.300 > P. 1:1001(1000) ack 1
            +.001 < .  1:1(0) ack 1001
            """);
    assertEquals(2, t.report().rtt().samples());
    assertEquals(10_000_000, t.report().rtt().maxNanos());
  }

  @Test
  void neverMeasuresTheFirstOfTwoCopies() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.300 > P. 1:1001(1000) ack 1
            +.001 < .  1:1(0) ack 1001
            """);
    assertEquals(2, t.report().rtt().samples());
  }

  @Test
  void measuresToTheLastSegmentThatACumulativeAckCovers() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.020 > P. 1001:2001(1000) ack 1
            +.005 < .  1:1(0) ack 2001
            """);
    assertEquals(3, t.report().rtt().samples());
    assertEquals(5_000_000, t.report().rtt().minNanos());
  }

  @Test
  void anAckInTheMiddleOfASegmentMeasuresNothing() {
    Traced t = run("+.1 > P. 1:1001(1000) ack 1\n+.5 < . 1:1(0) ack 500");
    assertEquals(2, t.report().rtt().samples());
  }

  @Test
  void crossingSynsMeasureNothingTwice() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.001 < S  0:0(0)
            +.010 > S. 0:0(0) ack 1
            +.001 < S. 0:0(0) ack 1
            """);
    assertEquals(10_000_000, t.report().rtt().minNanos());
  }

  @Test
  void timesThatRunBackwardsAreNoSamples() {
    Traced t = run("+.1 > P. 1:1001(1000) ack 1\n-.05 < . 1:1(0) ack 1001");
    assertEquals(2, t.report().rtt().samples());
    assertEquals(1, t.capture().quality().get(0).count());
  }

  @Test
  void aCaptureWithoutTimesHasNone() {
    Traced t =
        new Script()
            .withoutTimes()
            .play(Script.HANDSHAKE + "+.1 > P. 1:11(10) ack 1\n+.1 < . 1:1(0) ack 11");
    assertEquals(SegmentFacts.NO_TIMESTAMP, t.report().startNanos());
    assertEquals(0, t.report().durationNanos());
    assertEquals(0, t.report().rtt().samples());
    assertEquals(true, t.handshake().rttServerNanos().isEmpty());
  }
}
