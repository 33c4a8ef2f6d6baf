package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.CongestionPhase;
import dev.conntrace.trace.CongestionPhase.Kind;
import dev.conntrace.trace.CongestionReport.Basis;
import dev.conntrace.trace.CongestionReport.Sender;
import dev.conntrace.trace.Flight;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a sender's flight develops, round trip by round trip (RFC 5681 3.1, RFC 6928). */
class CongestionTest {
  /** A client whose capture it is: the server's answers take 40 ms, its own none. */
  private static final String AT_CLIENT =
      """
      +0    > S  0:0(0) <mss 1000,wscale 7>
      +.040 < S. 0:0(0) ack 1 <mss 1000,wscale 7>
      +0    > .  1:1(0) ack 1
      """;

  private final StringBuilder script = new StringBuilder(AT_CLIENT);
  private int sent = 1;
  private int acked = 1;

  /** A round trip: each segment on its way is acknowledged, and answered by so many new ones. */
  private CongestionTest round(int segments) {
    int onTheirWay = (sent - acked) / 1000;
    int turns = Math.max(1, onTheirWay);
    String wait = "+.040";
    for (int i = 0; i < turns; i++) {
      if (onTheirWay > 0) {
        acked += 1000;
        script.append(wait).append(" < . 1:1(0) ack ").append(acked).append('\n');
        wait = "+0";
      }
      int share = segments * (i + 1) / turns - segments * i / turns;
      for (int j = 0; j < share; j++) {
        send();
      }
    }
    return this;
  }

  private void send() {
    script.append("+0 > . ").append(sent).append(':').append(sent + 1000).append("(1000) ack 1\n");
    sent += 1000;
  }

  private Traced run() {
    return Script.run(script.toString());
  }

  private Sender client() {
    Sender sender = run().report().history().congestion().fromClient();
    assertNotNull(sender, script::toString);
    return sender;
  }

  private static List<Kind> kinds(Sender sender) {
    return sender.phases().stream().map(CongestionPhase::kind).toList();
  }

  @Test
  void whatIsSentBeforeTheFirstAcknowledgementIsTheInitialWindow() {
    Sender sender = round(10).round(20).client();
    assertEquals(new Flight(10_000, 10), sender.initialWindow());
    assertEquals(Basis.SENDER, sender.basis());
  }

  @Test
  void aFlightThatDoublesEachRoundTripIsSlowStart() {
    Sender sender = round(4).round(8).round(16).round(32).client();
    assertEquals(List.of(Kind.SLOW_START), kinds(sender));
    CongestionPhase slowStart = sender.phases().get(0);
    assertEquals(4, slowStart.startFlight().segments());
    assertEquals(32, slowStart.endFlight().segments());
    assertEquals(4, slowStart.rounds());
    assertEquals(4, slowStart.startFrame());
  }

  @Test
  void aSegmentMoreEachRoundTripIsAvoidance() {
    round(10).round(20);
    for (int flight = 21; flight < 30; flight++) {
      round(flight);
    }
    Sender sender = client();
    assertEquals(List.of(Kind.SLOW_START, Kind.AVOIDANCE), kinds(sender));
    assertEquals(28, sender.phases().get(1).endFlight().segments());
  }

  @Test
  void aFlightThatStaysAsItIsIsCalledSteadyAndNoMore() {
    round(10).round(20);
    for (int i = 0; i < 8; i++) {
      round(20);
    }
    assertEquals(List.of(Kind.SLOW_START, Kind.STEADY), kinds(client()));
  }

  @Test
  void aSenderThatPausesHasNoMoreToSend() {
    round(10).round(20).round(40);
    for (int i = 0; i < 4; i++) {
      round(0);
      acked = sent;
      script.append("+.5 < . 1:1(0) ack ").append(acked).append("\n+.2 > . 1:1(0) ack 1\n");
      send();
      send();
    }
    assertEquals(List.of(Kind.SLOW_START, Kind.APPLICATION_LIMITED), kinds(client()));
  }

  @Test
  void aRepairIsAPhaseOfItsOwnAndTheFlightDoublesNoMore() {
    round(10).round(20);
    script.append("+.5 > . ").append(acked).append(':').append(acked + 1000);
    script.append("(1000) ack 1\n+.040 < . 1:1(0) ack ").append(sent).append('\n');
    acked = sent;
    for (int flight = 5; flight < 10; flight++) {
      round(flight);
    }
    Sender sender = client();
    assertEquals(
        List.of(Kind.SLOW_START, Kind.RECOVERY, Kind.AVOIDANCE), kinds(sender), script::toString);
    assertEquals(20, sender.phases().get(1).startFlight().segments());
    assertEquals(0, sender.phases().get(1).endFlight().segments());
  }

  @Test
  void seenAtTheReceiverItsTimestampsTellWhatTheSenderHadHeardOf() {
    StringBuilder text =
        new StringBuilder(
            """
            +0    > S  0:0(0) <mss 1012,sackOK,TS 100 0>
            +0    < S. 0:0(0) ack 1 <mss 1012,sackOK,TS 500 100>
            +.040 > .  1:1(0) ack 1 <TS 140 500>
            """);
    // Two segments a time, each acknowledged at once; the sender hears of it 40 ms later.
    int seq = 1;
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < (4 << round); i += 2) {
        int echo = round == 0 ? 500 : 540 + 40 * (round - 1) + i / 4;
        text.append(i == 0 && round > 0 ? "+.040" : "+.0005");
        text.append(" > . ")
            .append(seq)
            .append(':')
            .append(seq + 1000)
            .append("(1000) ack 1 <TS 150 ");
        text.append(echo).append(">\n+0 > . ").append(seq + 1000).append(':').append(seq + 2000);
        text.append("(1000) ack 1 <TS 150 ").append(echo).append(">\n+0 < . 1:1(0) ack ");
        seq += 2000;
        text.append(seq).append(" <TS ").append(540 + 40 * round + i / 2).append(" 150>\n");
      }
    }
    Sender sender = Script.run(text.toString()).report().history().congestion().fromClient();
    assertNotNull(sender, text::toString);
    assertEquals(Basis.TIMESTAMPS, sender.basis());
    assertEquals(new Flight(4000, 4), sender.initialWindow());
    assertEquals(List.of(Kind.SLOW_START), kinds(sender), text::toString);
  }

  @Test
  void seenAtTheReceiverWithoutTimestampsNothingIsSaidOfGrowth() {
    Sender sender =
        Script.run(
                """
                +0    > S  0:0(0) <mss 1000>
                +0    < S. 0:0(0) ack 1 <mss 1000>
                +.040 > .  1:1(0) ack 1
                +0    > .  1:1001(1000) ack 1
                +0    > .  1001:2001(1000) ack 1
                +0    < .  1:1(0) ack 2001
                +0    > .  2001:3001(1000) ack 1
                +0    > .  3001:4001(1000) ack 1
                +0    < .  1:1(0) ack 4001
                """)
            .report()
            .history()
            .congestion()
            .fromClient();
    assertNotNull(sender);
    assertEquals(Basis.CAPTURE_POINT, sender.basis());
    assertEquals(Flight.NONE, sender.initialWindow());
    assertEquals(List.of(), sender.phases());
  }

  @Test
  void whoSendsOneSegmentShowsNothing() {
    assertNull(round(1).run().report().history().congestion().fromClient());
  }
}
