package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.RetransmissionTimer;
import dev.conntrace.trace.RetransmissionTimer.Timeout;
import dev.conntrace.trace.RoundTrips;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Round-trip times by how they were measured, and the timers that go by them (RFC 6298). */
class RoundTripTest {
  private static final long MILLI = 1_000_000;

  /** Frames 1 to 3, with timestamps of a clock of milliseconds. */
  private static final String STAMPED =
      """
      +0    > S  0:0(0) <mss 1460,TS val 100 ecr 0>
      +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 900 ecr 100>
      +.010 > .  1:1(0) ack 1 <TS val 120 ecr 900>
      """;

  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  private static RoundTrips client(Traced t) {
    return t.report().history().roundTrips().fromClient();
  }

  private static RoundTrips server(Traced t) {
    return t.report().history().roundTrips().fromServer();
  }

  private static RetransmissionTimer timer(Traced t) {
    RetransmissionTimer timer = client(t).timer();
    assertNotNull(timer, t::toString);
    return timer;
  }

  /** Somebody still has the connection before this one: that is no answer to the SYN. */
  @Test
  void anAnswerWithOldNumbersMeasuresNoHandshake() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 1460>
            +.002 < .  5000:5000(0) ack 90000
            +0    > R  90000:90000(0)
            +1    > S  0:0(0) <mss 1460>
            +.030 < S. 0:0(0) ack 1 <mss 1460>
            +.010 > .  1:1(0) ack 1
            """);
    assertFalse(client(t).toString().contains("2000000"), client(t)::toString);
  }

  @Test
  void theLegsOfTheHandshakeAreApartFromData() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.030 < .  1:1(0) ack 1001
            +.1   < F. 1:1(0) ack 1001
            +.002 > .  1001:1001(0) ack 2
            """);
    assertEquals(10 * MILLI, client(t).handshakeNanos());
    assertEquals(10 * MILLI, server(t).handshakeNanos());
    assertEquals(1, client(t).data().samples());
    assertEquals(30 * MILLI, client(t).data().medianNanos());
    assertEquals(0, server(t).data().samples(), "a FIN is no data");
    assertEquals(4, t.report().rtt().samples());
  }

  @Test
  void aSynThatCameTwiceMeasuresNothingWithoutTimestamps() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 1460>
            +1    > S  0:0(0) <mss 1460>
            +.010 < S. 0:0(0) ack 1 <mss 1460>
            +.010 > .  1:1(0) ack 1
            """);
    assertEquals(RoundTrips.UNKNOWN, client(t).handshakeNanos());
    assertEquals(10 * MILLI, server(t).handshakeNanos());
  }

  @Test
  void aTimestampTellsWhichSynWasAnswered() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 1460,TS val 100 ecr 0>
            +1    > S  0:0(0) <mss 1460,TS val 1100 ecr 0>
            +.010 < S. 0:0(0) ack 1 <mss 1460,TS val 900 ecr 1100>
            +.010 > .  1:1(0) ack 1 <TS val 1120 ecr 900>
            """);
    assertEquals(10 * MILLI, client(t).handshakeNanos());
    assertTrue(t.handshake().rttServerNanos().isEmpty());
  }

  @Test
  void whatWasSentTwiceIsMeasuredByItsTimestampAlone() {
    Traced t =
        Script.run(
            STAMPED
                + """
                +.1   > P. 1:1001(1000) ack 1 <TS val 220 ecr 900>
                +.300 > P. 1:1001(1000) ack 1 <TS val 520 ecr 900>
                +.011 < .  1:1(0) ack 1001 <TS val 1331 ecr 520>
                """);
    assertEquals(0, client(t).data().samples());
    assertEquals(1, client(t).unmeasured());
    assertEquals(1, client(t).timestamps().samples());
    assertEquals(11 * MILLI, client(t).timestamps().medianNanos());
  }

  @Test
  void anEchoOfTheFirstCopyMeasuresTheFirstCopy() {
    Traced t =
        Script.run(
            STAMPED
                + """
                +.1   > P. 1:1001(1000) ack 1 <TS val 220 ecr 900>
                +.300 > P. 1:1001(1000) ack 1 <TS val 520 ecr 900>
                +.001 < .  1:1(0) ack 1001 <TS val 1321 ecr 220>
                """);
    assertEquals(301 * MILLI, client(t).timestamps().medianNanos());
  }

  @Test
  void anAcknowledgementThatWaitedBehindAHoleIsLeftOut() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 2001:3001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +0    < .  1:1(0) ack 1001 <sack 2001:3001>
            +.2   > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 3001
            """);
    assertEquals(1, client(t).data().samples());
    assertEquals(10 * MILLI, client(t).data().maxNanos());
    assertEquals(1, client(t).unmeasured());
  }

  @Test
  void delayedAcksAreAClassOfTheirOwn() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.001 < .  1:1(0) ack 1001
            +.1   > P. 1001:2001(1000) ack 1
            +.040 < .  1:1(0) ack 2001
            """);
    assertEquals(1, client(t).data().samples());
    assertEquals(MILLI, client(t).data().maxNanos());
    assertEquals(1, client(t).delayedAcks().samples());
    assertEquals(40 * MILLI, client(t).delayedAcks().medianNanos());
  }

  @Test
  void theTimerIsEstimatedBesideWhatItDid() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001
            +.1   > P. 1001:2001(1000) ack 1
            +.225 > P. 1001:2001(1000) ack 1
            +.450 > P. 1001:2001(1000) ack 1
            +.010 < .  1:1(0) ack 2001
            """);
    RetransmissionTimer timer = timer(t);
    assertEquals(10 * MILLI, timer.smoothedNanos());
    assertEquals(2, timer.fired());
    // 10 ms to the server, 10 ms back to the client, and Linux's 200 ms.
    assertEquals(220 * MILLI, timer.timeoutNanos());
    assertEquals(
        List.of(new Timeout(7, 225 * MILLI, 220 * MILLI), new Timeout(8, 450 * MILLI, 440 * MILLI)),
        timer.timeouts());
  }

  @Test
  void anAcknowledgementStartsTheTimerAnew() {
    Traced t =
        run(
            """
            +.1   > P. 1:1001(1000) ack 1
            +0    > P. 1001:2001(1000) ack 1
            +.100 < .  1:1(0) ack 1001
            +.230 > P. 1001:2001(1000) ack 1
            """);
    assertEquals(230 * MILLI, timer(t).timeouts().get(0).waitedNanos());
  }

  @Test
  void keepsTheFirstTimeoutsAndCountsAll() {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      long from = 1 + 100L * i;
      script.append("+.1 > P. " + from + ":" + (from + 100) + "(100) ack 1\n");
      script.append("+.3 > P. " + from + ":" + (from + 100) + "(100) ack 1\n");
      script.append("+.01 < . 1:1(0) ack " + (from + 100) + "\n");
    }
    RetransmissionTimer timer = timer(run(script.toString()));
    assertEquals(20, timer.fired());
    assertEquals(16, timer.timeouts().size());
  }

  @Test
  void ninetyFiveOfAHundredTookNoLonger() {
    StringBuilder script = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      long from = 1 + 100L * (i - 1);
      script.append("+.1 > P. " + from + ":" + (from + 100) + "(100) ack 1\n");
      script.append(String.format("+.%03d < . 1:1(0) ack %d%n", i, from + 100));
    }
    Traced t = run(script.toString());
    assertEquals(19 * MILLI, client(t).data().p95Nanos());
    assertEquals(10 * MILLI, client(t).data().medianNanos());
    assertEquals(20 * MILLI, client(t).data().maxNanos());
  }

  @Test
  void aCaptureWithoutTimesMeasuresNothing() {
    Traced t =
        new Script()
            .withoutTimes()
            .play(Script.HANDSHAKE + "+.1 > P. 1:11(10) ack 1\n+.1 < . 1:1(0) ack 11");
    assertTrue(t.report().history().roundTrips().isEmpty());
    assertNull(client(t).timer());
  }
}
