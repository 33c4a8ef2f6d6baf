package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.CHALLENGE_ACK;
import static dev.conntrace.trace.AnnotationKind.DATA_AFTER_CLOSE;
import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.REFUSED;
import static dev.conntrace.trace.AnnotationKind.RESET;
import static dev.conntrace.trace.AnnotationKind.RESET_IGNORED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.Party;
import org.junit.jupiter.api.Test;

/** RSTs: why they come and who believes them (RFC 9293 3.5.2, 3.5.3, RFC 5961). */
class ResetTest {
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  @Test
  void anAbortTearsTheConnectionDown() {
    Traced t =
        run(
            """
            +1    > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +.010 > R. 11:11(0) ack 1             | CLOSED CLOSED
            """);
    t.assertAnnotations(6, RESET);
    assertEquals("abort", t.rule(6, RESET));
    assertEquals(Closed.RESET, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
    assertNull(t.report().timeWait());
  }

  @Test
  void aSideThatRestartedKnowsNoSuchConnection() {
    Traced t =
        run(
            """
            +1    > P. 1:11(10) ack 1
            +.001 < R  1:1(0)                     | CLOSED CLOSED
            """);
    assertEquals("no-connection", t.rule(5, RESET));
  }

  @Test
  void aSideThatHasForgottenTheConnectionAnswersWithoutAck() {
    Traced t =
        run(
            """
            +1    < F. 1:1(0) ack 1
            +.010 > .  1:1(0) ack 2
            +1    > P. 1:11(10) ack 2
            +.001 < R  2:2(0)                     | CLOSED CLOSED
            """);
    assertEquals("closed-completely", t.rule(7, RESET));
    assertEquals(Closed.RESET, t.report().closed());
    assertEquals(Party.SERVER, t.report().closedFirst());
  }

  @Test
  void aResetBehindItsOwnFinSaysThatDataCameTooLate() {
    Traced t =
        run(
            """
            +1    < F. 1:1(0) ack 1
            +.010 > P. 1:11(10) ack 2
            +.001 < R. 2:2(0) ack 11              | CLOSED CLOSED
            """);
    assertEquals("rst-after-fin", t.rule(6, RESET));
  }

  @Test
  void aResetInsideTheWindowButNotAtItsEdgeIsNotBelieved() {
    Traced t =
        run(
            """
            +1    < R  101:101(0)                 | ESTABLISHED ESTABLISHED
            +.001 > .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            """);
    t.assertAnnotations(4, RESET_IGNORED);
    t.assertHas(5, CHALLENGE_ACK);
    assertEquals(Confidence.LIKELY, t.note(5, CHALLENGE_ACK).confidence());
    assertEquals(4, t.note(5, CHALLENGE_ACK).evidence().get(0));
    assertEquals(Closed.OPEN, t.report().closed());
  }

  @Test
  void aResetFarFromTheWindowIsNotBelieved() {
    Traced t = run("+1 < R 2000000001:2000000001(0)   | ESTABLISHED ESTABLISHED");
    t.assertAnnotations(4, RESET_IGNORED);
    assertTrue(t.text(4, RESET_IGNORED).contains("expects number 1 "), t.toString());
  }

  @Test
  void aResetThatIsBelievedIsNotIgnored() {
    run("+1 < R 1:1(0)").assertNowhere(RESET_IGNORED).assertNowhere(REFUSED);
  }

  @Test
  void aResetBehindDataThatIsStillOnItsWayIsBelieved() {
    Traced t =
        run(
            """
            +1    > P. 1:11(10) ack 1
            +0    > R. 11:11(0) ack 1             | CLOSED CLOSED
            """);
    t.assertHas(5, RESET);
  }

  @Test
  void aResetBeyondAHoleThatTheReceiverHasNotFilledIsNotProven() {
    Traced t =
        run(
            """
            +1    > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +.010 > R. 5:5(0) ack 1               | ESTABLISHED ESTABLISHED
            """);
    t.assertHas(6, RESET_IGNORED);
  }

  @Test
  void bothSidesMayReset() {
    Traced t =
        run(
            """
            +1    > R. 1:1(0) ack 1               | CLOSED CLOSED
            +.001 < R. 1:1(0) ack 1               | CLOSED CLOSED
            """);
    assertEquals("already-over", t.rule(5, RESET));
    assertEquals(Party.CLIENT, t.report().closedFirst());
  }

  @Test
  void aResetBeforeBothFinsAreAcknowledgedCutsTheCloseShort() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1
            +.010 < F. 1:1(0) ack 2
            +.010 > R  2:2(0)                     | CLOSED CLOSED
            """);
    assertEquals(Closed.RESET, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
  }

  @Test
  void dataForASideThatWasResetComesTooLate() {
    Traced t =
        run(
            """
            +1    < R. 1:1(0) ack 1
            +.001 > P. 1:11(10) ack 1             | CLOSED CLOSED
            """);
    t.assertHas(5, DATA_AFTER_CLOSE);
  }

  @Test
  void aSynOnAnOpenConnectionIsChallenged() {
    Traced t =
        run(
            """
            +1    > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +1    > S  500:500(0)                 | ESTABLISHED ESTABLISHED
            +.001 < .  1:1(0) ack 11              | ESTABLISHED ESTABLISHED
            +1    > P. 11:21(10) ack 1
            """);
    t.assertHas(7, CHALLENGE_ACK);
    t.assertLacks(8, DUPLICATE_ACK);
    assertEquals(1, t.connections());
    assertEquals(20, t.report().fromClient().uniqueBytes());
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  void anOrdinaryDuplicateIsNoChallenge() {
    run("""
            +1    > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +.001 < .  1:1(0) ack 11
            """)
        .assertNowhere(CHALLENGE_ACK);
  }
}
