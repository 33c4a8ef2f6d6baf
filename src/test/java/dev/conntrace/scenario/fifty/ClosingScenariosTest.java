package dev.conntrace.scenario.fifty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import org.junit.jupiter.api.Test;

/** How connections close, in order or not. */
class ClosingScenariosTest {
  @Test
  @Scenario(2)
  void threeSegments() {
    Script.tell(
        Beginning.HALFWAY
            + """
        +1    > F. 1:1(0) ack 1        | FIN_WAIT_1 ESTABLISHED  | fin
        +.010 < F. 1:1(0) ack 2        | FIN_WAIT_2 LAST_ACK     | fin fin-acked
        +.010 > .  2:2(0) ack 2        | TIME_WAIT CLOSED        | fin-acked close-complete time-wait
        end three-way three-segment first client wait client
        """);
  }

  @Test
  @Scenario(3)
  void fourSegments() {
    Script.tell(
        Beginning.HALFWAY
            + """
        +1    < F. 1:1(0) ack 1        | ESTABLISHED FIN_WAIT_1  | fin
        +.010 > .  1:1(0) ack 2        | CLOSE_WAIT FIN_WAIT_2   | fin-acked
        +.010 > F. 1:1(0) ack 2        | LAST_ACK FIN_WAIT_2     | fin
        +.010 < .  2:2(0) ack 2        | CLOSED TIME_WAIT        | fin-acked close-complete time-wait
        end three-way four-segment first server wait server
        """);
  }

  @Test
  @Scenario(4)
  void simultaneousClose() {
    Script.tell(
        Beginning.HALFWAY
            + """
        +1    > F. 1:1(0) ack 1        | FIN_WAIT_1 ESTABLISHED  | fin
        +.001 < F. 1:1(0) ack 1        | FIN_WAIT_1 FIN_WAIT_1   | fin simultaneous-close
        +.010 > .  2:2(0) ack 2        | CLOSING FIN_WAIT_2      | fin-acked
        +.001 < .  2:2(0) ack 2        | TIME_WAIT TIME_WAIT     | fin-acked close-complete time-wait
        end three-way simultaneous first both wait both
        """);
  }

  @Test
  @Scenario(5)
  void halfCloseWithData() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +1    > F. 1:1(0) ack 1        | FIN_WAIT_1 ESTABLISHED  | fin half-close
            +.010 < .  1:1(0) ack 2        | FIN_WAIT_2 CLOSE_WAIT   | fin-acked
            +.100 < P. 1:101(100) ack 2
            +.010 > .  2:2(0) ack 101
            +.100 < P. 101:201(100) ack 2
            +.010 > .  2:2(0) ack 201
            +.100 < F. 201:201(0) ack 2    | FIN_WAIT_2 LAST_ACK     | fin
            +.010 > .  2:2(0) ack 202      | TIME_WAIT CLOSED        | fin-acked close-complete time-wait
            end three-way four-segment first client wait client
            """);
    assertEquals(200, t.report().fromServer().uniqueBytes());
  }

  @Test
  @Scenario(15)
  void abortByLingerZero() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +1    > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +1    > R. 11:11(0) ack 1      | CLOSED CLOSED  | reset
            end three-way reset first client
            """);
    assertEquals("abort", t.rule(6, AnnotationKind.RESET));
  }

  @Test
  @Scenario(16)
  void closeWithUnreadData() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +.1   > P. 1:1001(1000) ack 1
            +.010 < .  1:1(0) ack 1001 win 504
            +.010 < R. 1:1(0) ack 1001 win 0   | CLOSED CLOSED  | reset
            end three-way reset first server
            """);
    assertTrue(t.text(6, AnnotationKind.RESET).contains("with unread data"));
  }

  @Test
  @Scenario(17)
  void writeAfterClose() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +1    < F. 1:1(0) ack 1        | ESTABLISHED FIN_WAIT_1  | fin
            +.010 > .  1:1(0) ack 2        | CLOSE_WAIT FIN_WAIT_2   | fin-acked
            +1    > P. 1:11(10) ack 2
            +.001 < R  2:2(0)              | CLOSED CLOSED  | reset
            end three-way reset first server
            """);
    assertEquals("closed-completely", t.rule(7, AnnotationKind.RESET));
  }

  @Test
  @Scenario(38)
  void finBeforeTheLastData() {
    Traced t =
        Script.tell(
            Beginning.HALFWAY
                + """
            +.1      > P. 1:11(10) ack 1
            +.000010 > F. 21:21(0) ack 1 id 1006  | FIN_WAIT_1 ESTABLISHED  | fin previous-segment-missing
            +.000010 > P. 11:21(10) ack 1 id 1005 |  | out-of-order
            +.010    < .  1:1(0) ack 22           | FIN_WAIT_2 CLOSE_WAIT   | fin-acked
            +.010    < F. 1:1(0) ack 22           | FIN_WAIT_2 LAST_ACK     | fin
            +.010    > .  22:22(0) ack 2          | TIME_WAIT CLOSED        | fin-acked close-complete time-wait
            end three-way four-segment first client wait client
            """);
    assertEquals(20, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
  }
}
