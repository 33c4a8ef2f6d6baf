package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.TIMEOUT_RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the capture's clock was set, the senders' own clocks tell; a pause is only a pause. */
class ClockStepTest {
  private static final String OPENED =
      """
      +0    > S  0:0(0) <mss 1460,sackOK,wscale 7,TS val 1000 ecr 0>
      +.010 < S. 0:0(0) ack 1 <mss 1460,sackOK,wscale 7,TS val 5000 ecr 1000>
      +.010 > .  1:1(0) ack 1 <TS val 1020 ecr 5000>
      +.200 > P. 1:101(100) ack 1 <TS val 1220 ecr 5000>
      +.020 < P. 1:101(100) ack 101 <TS val 5230 ecr 1220>
      +.020 > .  101:101(0) ack 101 <TS val 1260 ecr 5230>
      """;

  private static List<Long> steps(Traced t) {
    for (CaptureQuality quality : t.capture().quality()) {
      if (quality.problem() == Problem.CLOCK_STEP) {
        assertEquals(quality.count(), quality.frames().size());
        assertTrue(t.report().quality().contains(quality), t.toString());
        return quality.frames();
      }
    }
    return List.of();
  }

  private static List<Long> stepsAfterOpening(String script) {
    return steps(Script.run(OPENED + script));
  }

  @Test
  void aheadAlthoughTimestampsStandStill() {
    assertEquals(
        List.of(7L),
        stepsAfterOpening(
            """
            +60.1 > P. 101:201(100) ack 101 <TS val 1360 ecr 5230>
            +.020 < .  101:101(0) ack 201 <TS val 5370 ecr 1360>
            """));
  }

  @Test
  void backAlthoughTimestampsGoOn() {
    assertEquals(
        List.of(7L),
        stepsAfterOpening(
            """
            -5    > P. 101:201(100) ack 101 <TS val 1360 ecr 5230>
            +.020 < .  101:101(0) ack 201 <TS val 5370 ecr 1360>
            """));
  }

  @Test
  void backAlthoughTheDataIsNew() {
    String script =
        """
        +1    > P. 1:101(100) ack 1
        -.5   > P. 101:201(100) ack 1
        """;
    assertEquals(List.of(5L), steps(Script.run(Script.HANDSHAKE + script)));
  }

  @Test
  void aheadAlthoughNoTimerFired() {
    String script =
        """
        +1    > P. 1:101(100) ack 1
        +.020 < .  1:1(0) ack 101
        +1    > P. 101:201(100) ack 1
        +30   < .  1:1(0) ack 201
        """;
    assertEquals(List.of(7L), steps(Script.run(Script.HANDSHAKE + script)));
  }

  @Test
  void aPauseIsNoStep() {
    assertEquals(
        List.of(),
        stepsAfterOpening(
            """
            +60.1 > P. 101:201(100) ack 101 <TS val 61360 ecr 5230>
            +.020 < .  101:101(0) ack 201 <TS val 65370 ecr 61360>
            """));
    String withoutTimestamps =
        """
        +1    > P. 1:101(100) ack 1
        +.020 < .  1:1(0) ack 101
        +30   > P. 101:201(100) ack 1
        +.020 < .  1:1(0) ack 201
        """;
    assertEquals(List.of(), steps(Script.run(Script.HANDSHAKE + withoutTimestamps)));
  }

  /** One host slept: its clock stood still, the other's did not. */
  @Test
  void aPauseOfOneHostIsNoStep() {
    assertEquals(
        List.of(),
        stepsAfterOpening(
            """
            +60.1 > P. 101:201(100) ack 101 <TS val 1360 ecr 5230>
            +.020 < .  101:101(0) ack 201 <TS val 65370 ecr 1360>
            """));
  }

  @Test
  void packetsOutOfOrderAreNoStep() {
    assertEquals(
        List.of(),
        stepsAfterOpening(
            """
            +.100 > P. 201:301(100) ack 101 <TS val 1360 ecr 5230>
            -.050 > P. 101:201(100) ack 101 <TS val 1310 ecr 5230>
            +.070 < .  101:101(0) ack 301 <TS val 5380 ecr 1360>
            """));
  }

  /** Two interfaces with clocks of their own: each direction by itself runs forward. */
  @Test
  void twoClocksAreNoStep() {
    assertEquals(
        List.of(),
        stepsAfterOpening(
            """
            +.100 > P. 101:201(100) ack 101 <TS val 1360 ecr 5230>
            -.050 < .  101:101(0) ack 201 <TS val 5280 ecr 1360>
            +.100 > P. 201:301(100) ack 101 <TS val 1410 ecr 5280>
            -.050 < .  101:101(0) ack 301 <TS val 5330 ecr 1410>
            """));
  }

  @Test
  void whatTheTimerDidIsDoubtedThere() {
    Traced t =
        Script.run(
            OPENED
                + """
                +.100 > P. 101:201(100) ack 101 <TS val 1360 ecr 5230>
                +60.1 > P. 101:201(100) ack 101 <TS val 1460 ecr 5230>
                """);
    assertEquals(List.of(8L), steps(t));
    assertEquals(Problem.CLOCK_STEP, t.note(8, TIMEOUT_RETRANSMISSION).doubt());
  }
}
