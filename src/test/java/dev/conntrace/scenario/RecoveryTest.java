package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Flight;
import dev.conntrace.trace.RecoveryEpisode;
import dev.conntrace.trace.RecoveryEpisode.End;
import dev.conntrace.trace.RecoveryEpisode.Trigger;
import dev.conntrace.trace.RecoveryReport.Repairs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Repairs from entry to recovery point and exit (RFC 6675 5, RFC 6582 3.2). */
class RecoveryTest {
  /** Frames 4 to 9: six segments, all under way. */
  private static final String SIX =
      """
      +.1   > .  1:1001(1000) ack 1
      +0    > .  1001:2001(1000) ack 1
      +0    > .  2001:3001(1000) ack 1
      +0    > .  3001:4001(1000) ack 1
      +0    > .  4001:5001(1000) ack 1
      +0    > P. 5001:6001(1000) ack 1
      """;

  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + SIX + script);
  }

  private static Repairs repairs(Traced traced) {
    assertEquals(0, traced.report().history().recoveries().fromServer().count(), traced::toString);
    return traced.report().history().recoveries().fromClient();
  }

  private static RecoveryEpisode only(Traced traced) {
    Repairs repairs = repairs(traced);
    assertEquals(1, repairs.count(), traced::toString);
    return repairs.list().get(0);
  }

  @Test
  void endsWhereEverythingSentBeforeItBeganIsAcknowledged() {
    RecoveryEpisode repair =
        only(
            run(
                """
                +.010 < .  1:1(0) ack 1 <sack 1001:2001>
                +.001 > .  1:1001(1000) ack 1
                +0    > .  2001:3001(1000) ack 1
                +0    > P. 6001:7001(1000) ack 1
                +.010 < .  1:1(0) ack 2001
                +.001 < .  1:1(0) ack 6001
                +.010 < .  1:1(0) ack 7001
                """));
    assertEquals(Trigger.SACK, repair.trigger());
    assertEquals(11, repair.firstFrame());
    assertEquals(6001, repair.recoveryPoint());
    assertEquals(new Flight(5000, 5), repair.startFlight());
    assertEquals(new Flight(2000, 2), repair.resends());
    assertEquals(1, repair.partialAcks());
    assertEquals(End.ACKNOWLEDGED, repair.end());
    assertEquals(15, repair.lastFrame());
    assertEquals(11_000_000, repair.durationNanos());
    assertEquals(new Flight(1000, 1), repair.endFlight());
    assertFalse(repair.isNeedless());
  }

  @Test
  void threeDuplicateAcksBeginOne() {
    RecoveryEpisode repair =
        only(
            run(
                """
                +.010 < .  1:1(0) ack 1
                +0    < .  1:1(0) ack 1
                +0    < .  1:1(0) ack 1
                +.001 > .  1:1001(1000) ack 1
                +.010 < .  1:1(0) ack 6001
                """));
    assertEquals(Trigger.DUPLICATE_ACKS, repair.trigger());
    assertEquals(14, repair.lastFrame());
  }

  @Test
  void aTimerThatFiresTwiceIsOneRepairWithTwoTimeouts() {
    RecoveryEpisode repair =
        only(
            run(
                """
                +.3   > .  1:1001(1000) ack 1
                +.6   > .  1:1001(1000) ack 1
                +.010 < .  1:1(0) ack 1001
                +0    > .  1001:2001(1000) ack 1
                +.010 < .  1:1(0) ack 6001
                """));
    assertEquals(Trigger.TIMEOUT, repair.trigger());
    assertEquals(2, repair.timeouts());
    assertEquals(new Flight(3000, 3), repair.resends());
  }

  @Test
  void aTailLossProbeBeginsTheRepairThatItReveals() {
    RecoveryEpisode repair =
        only(
            run(
                """
                +.010 < .  1:1(0) ack 4001
                +.060 > P. 5001:6001(1000) ack 1
                +.010 < .  1:1(0) ack 4001 <sack 5001:6001>
                +0    > .  4001:5001(1000) ack 1
                +.010 < .  1:1(0) ack 6001
                """));
    assertEquals(Trigger.TAIL_LOSS_PROBE, repair.trigger());
    assertEquals(2, repair.resends().segments());
    assertEquals(14, repair.lastFrame());
  }

  @Test
  void whereTheReceiverHadEverythingItWasNeedless() {
    Repairs repairs =
        repairs(
            run(
                """
                +.010 < .  1:1(0) ack 5001
                +.060 > P. 5001:6001(1000) ack 1
                +.001 < .  1:1(0) ack 6001
                +.010 < .  1:1(0) ack 6001 <sack 5001:6001>
                """));
    assertEquals(1, repairs.needless());
    assertTrue(repairs.list().get(0).isNeedless());
  }

  @Test
  void bytesAcknowledgedBeforeTheyCameAgainNeedNoFurtherAcknowledgement() {
    RecoveryEpisode repair =
        only(
            run(
                """
                +.010 < .  1:1(0) ack 6001
                +.300 > P. 5001:6001(1000) ack 1
                +.001 < .  1:1(0) ack 6001
                """));
    assertTrue(repair.isNeedless());
    assertEquals(12, repair.lastFrame());
    assertEquals(new Flight(0, 0), repair.startFlight());
  }

  @Test
  void aSecondLossIsASecondRepair() {
    Repairs repairs =
        repairs(
            run(
                """
                +.3   > .  1:1001(1000) ack 1
                +.010 < .  1:1(0) ack 6001
                +0    > .  6001:7001(1000) ack 1
                +.4   > .  6001:7001(1000) ack 1
                +.010 < .  1:1(0) ack 7001
                """));
    assertEquals(2, repairs.count());
    assertEquals(List.of(1, 2), repairs.list().stream().map(RecoveryEpisode::number).toList());
    assertEquals(13, repairs.list().get(1).firstFrame());
  }

  @Test
  void aResetEndsIt() {
    RecoveryEpisode repair = only(run("+.3 > . 1:1001(1000) ack 1\n+.010 < R. 1:1(0) ack 1001\n"));
    assertEquals(End.RESET, repair.end());
    assertEquals(11, repair.lastFrame());
  }

  @Test
  void whatTheCaptureDoesNotEndStaysOpen() {
    RecoveryEpisode repair = only(run("+.3 > . 1:1001(1000) ack 1\n"));
    assertEquals(End.CAPTURE_END, repair.end());
    assertEquals(0, repair.lastFrame());
    assertFalse(repair.isTimed());
  }

  @Test
  void aFinThatComesAgainIsRepairedWithoutData() {
    RecoveryEpisode repair =
        only(
            run(
                """
                +.010 < .  1:1(0) ack 6001
                +0    > F. 6001:6001(0) ack 1
                +.4   > F. 6001:6001(0) ack 1
                +.010 < .  1:1(0) ack 6002
                """));
    assertEquals(new Flight(0, 1), repair.resends());
    assertEquals(Flight.NONE, repair.startFlight());
    assertEquals(6002, repair.recoveryPoint());
  }

  @Test
  void aSynThatComesAgainIsNone() {
    Traced traced =
        Script.run(
            """
            +0    > S  0:0(0)
            +1    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1
            """);
    assertTrue(traced.report().history().recoveries().isEmpty());
  }

  @Test
  void ofVeryManyRepairsTheFirstAreListedAndAllCounted() {
    StringBuilder script = new StringBuilder(Script.HANDSHAKE);
    for (int i = 0; i < 300; i++) {
      int seq = 1 + i * 10;
      String bytes = seq + ":" + (seq + 10) + "(10) ack 1\n";
      script.append("+.1 > P. ").append(bytes).append("+.4 > P. ").append(bytes);
      script.append("+.01 < . 1:1(0) ack ").append(seq + 10).append('\n');
    }
    Repairs repairs = repairs(Script.run(script.toString()));
    assertEquals(300, repairs.count());
    assertEquals(300, repairs.segments());
    assertEquals(256, repairs.list().size());
  }
}
