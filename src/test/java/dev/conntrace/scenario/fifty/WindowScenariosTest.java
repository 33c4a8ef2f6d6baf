package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Full receivers and idle connections, and what is sent to ask after them. */
class WindowScenariosTest {
  /** Frames 1 to 3; windows are not scaled, so that what a line says is bytes. */
  private static final String UNSCALED =
      """
      +0    > S  0:0(0) win 3000 <mss 1000>          | SYN_SENT UNKNOWN         | syn
      +.010 < S. 0:0(0) ack 1 win 3000 <mss 1000>    | SYN_SENT SYN_RECEIVED    | syn-ack
      +.010 > .  1:1(0) ack 1 win 3000               | ESTABLISHED ESTABLISHED  | handshake-complete
      """;

  /** Frames 4 to 8: the server's application stops reading. */
  private static final String FULL =
      UNSCALED
          + """
      +.1   > P. 1:1001(1000) ack 1 win 3000
      +0    > P. 1001:2001(1000) ack 1 win 3000
      +0    > P. 2001:3001(1000) ack 1 win 3000      |  | window-full
      +.010 < .  1:1(0) ack 2001 win 1000
      +0    < .  1:1(0) ack 3001 win 0               |  | zero-window
      """;

  @Test
  @Scenario(value = 18, variant = "answered")
  void keepAliveAnswered() {
    Script.tell(
        Beginning.HALFWAY
            + """
        +.1   > P. 1:11(10) ack 1
        +.010 < .  1:1(0) ack 11
        +60   > .  10:10(0) ack 1      |  | keep-alive
        +.010 < .  1:1(0) ack 11       |  | keep-alive-ack
        +60   > .  10:11(1) ack 1      |  | keep-alive
        +.010 < .  1:1(0) ack 11       |  | keep-alive-ack
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 18, variant = "timed out")
  void keepAliveTimedOut() {
    Script.tell(
        Beginning.HALFWAY
            + """
        +.1   > P. 1:11(10) ack 1
        +.010 < .  1:1(0) ack 11
        +60   > .  10:10(0) ack 1      |  | keep-alive
        +10   > .  10:10(0) ack 1      |  | keep-alive
        +10   > .  10:10(0) ack 1      |  | keep-alive
        +10   > R. 11:11(0) ack 1      | CLOSED CLOSED  | reset keep-alive-timeout
        end three-way reset first client
        """);
  }

  @Test
  @Scenario(value = 19, variant = "Linux")
  void linuxProbesWithAnOldNumber() {
    Traced t =
        Script.tell(
            FULL
                + """
            +.210 > .  3000:3000(0) ack 1 win 3000   |  | zero-window-probe
            +.010 < .  1:1(0) ack 3001 win 0         |  | zero-window zero-window-probe-ack
            +.420 > .  3000:3000(0) ack 1 win 3000   |  | zero-window-probe
            +.010 < .  1:1(0) ack 3001 win 0         |  | zero-window zero-window-probe-ack
            +.840 > .  3000:3000(0) ack 1 win 3000   |  | zero-window-probe
            +.010 < .  1:1(0) ack 3001 win 3000      |  | zero-window-probe-ack window-update
            +.010 > P. 3001:4001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 4001 win 2000
            end three-way open
            """);
    assertEquals(List.of(3L), t.note(13, AnnotationKind.ZERO_WINDOW_PROBE).values().subList(0, 1));
  }

  @Test
  @Scenario(value = 19, variant = "BSD")
  void bsdProbesWithTheFirstByteThatDoesNotFit() {
    Traced t =
        Script.tell(
            FULL
                + """
            +5    > .  3001:3002(1) ack 1 win 3000   |  | zero-window-probe
            +.010 < .  1:1(0) ack 3001 win 0         |  | zero-window zero-window-probe-ack
            +5    > .  3001:3002(1) ack 1 win 3000   |  | zero-window-probe
            +.010 < .  1:1(0) ack 3001 win 0         |  | zero-window zero-window-probe-ack
            +6    > .  3001:3002(1) ack 1 win 3000   |  | zero-window-probe
            +.010 < .  1:1(0) ack 3002 win 2999      |  | zero-window-probe-ack window-update
            +.010 > P. 3002:4002(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 4002 win 1999
            end three-way open
            """);
    assertEquals(4001, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  @Scenario(value = 19, variant = "Windows")
  void windowsProbesWithOneByteAndSendsItAgainWithTheRest() {
    Traced t =
        Script.tell(
            FULL
                + """
            +.300 > .  3001:3002(1) ack 1 win 3000   |  | zero-window-probe
            +.010 < .  1:1(0) ack 3001 win 0         |  | zero-window zero-window-probe-ack
            +.600 > .  3001:3002(1) ack 1 win 3000   |  | zero-window-probe
            +.010 < .  1:1(0) ack 3001 win 0         |  | zero-window zero-window-probe-ack
            +.700 < .  1:1(0) ack 3001 win 3000      |  | window-update
            +.010 > P. 3001:4001(1000) ack 1 win 3000
            +.010 < .  1:1(0) ack 4001 win 2000
            end three-way open
            """);
    assertEquals(4000, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  @Scenario(value = 20, variant = "full")
  void windowFull() {
    Script.tell(
        FULL
            + """
        +.5   < .  1:1(0) ack 3001 win 3000      |  | window-update
        +.010 > P. 3001:4001(1000) ack 1 win 3000
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 20, variant = "shrunk")
  void windowShrunk() {
    Script.tell(
        UNSCALED
            + """
        +.1   < .  1:1(0) ack 1 win 4000           |  | window-update
        +.1   > P. 1:1001(1000) ack 1 win 3000
        +.010 < .  1:1(0) ack 1001 win 1500        |  | window-shrunk
        end three-way open
        """);
  }

  @Test
  @Scenario(value = 20, variant = "beyond the edge")
  void beyondTheEdge() {
    Script.tell(
        UNSCALED
            + """
        +.1   > P. 1:2001(2000) ack 1 win 3000
        +0    > P. 2001:4001(2000) ack 1 win 3000  |  | beyond-window
        end three-way open
        """);
  }
}
