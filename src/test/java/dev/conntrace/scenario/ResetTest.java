package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.CHALLENGE_ACK;
import static dev.conntrace.trace.AnnotationKind.DATA_AFTER_CLOSE;
import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.KEEP_ALIVE_TIMEOUT;
import static dev.conntrace.trace.AnnotationKind.REFUSED;
import static dev.conntrace.trace.AnnotationKind.RESET;
import static dev.conntrace.trace.AnnotationKind.RESET_IGNORED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.Party;
import java.util.List;
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

  @Test
  void whoClosesWithoutHavingSentAnythingHasReadNothingItSeems() {
    Traced t =
        run(
            """
            +1    > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +1    < R. 1:1(0) ack 11              | CLOSED CLOSED
            """);
    assertEquals("never-accepted", t.rule(6, RESET));
    assertEquals(Confidence.LIKELY, t.note(6, RESET).confidence());
    assertEquals(4, t.note(6, RESET).evidence().get(0));
  }

  @Test
  void aWindowThatHasNotReopenedShowsUnreadData() {
    Traced t =
        run(
            """
            +1    < P. 1:11(10) ack 1 win 512
            +.010 > .  1:1(0) ack 11 win 512
            +.010 > P. 1:1001(1000) ack 11 win 512
            +.010 < .  11:11(0) ack 1001 win 400
            +1    < R. 11:11(0) ack 1001          | CLOSED CLOSED
            """);
    assertEquals("unread-data", t.rule(8, RESET));
    assertEquals(6, t.note(8, RESET).evidence().get(0));
  }

  @Test
  void aConnectionThatNobodyAcceptedIsThrownAwayWithTheListener() {
    Traced t = run("+1 < R. 1:1(0) ack 1          | CLOSED CLOSED");
    assertEquals("never-accepted", t.rule(4, RESET));
  }

  @Test
  void aFullQueueThrowsTheFreshConnectionAway() {
    Traced t = run("+.001 < R 1:1(0)              | CLOSED CLOSED");
    assertEquals("queue-overflow", t.rule(4, RESET));
    assertEquals(3, t.note(4, RESET).evidence().get(0));
  }

  @Test
  void dataForASideThatHasClosedIsReset() {
    Traced t =
        run(
            """
            +1    < P. 1:11(10) ack 1
            +0    < F. 11:11(0) ack 1
            +.010 > P. 1:11(10) ack 12
            +.001 < R. 12:12(0) ack 11            | CLOSED CLOSED
            """);
    assertEquals("rst-after-fin", t.rule(7, RESET));
    assertTrue(t.text(7, RESET).contains("frame 6 brought data"), t.toString());
  }

  @Test
  void aResetInsteadOfTheLastAckTakesNothingAway() {
    Traced t =
        run(
            """
            +1    > F. 1:1(0) ack 1
            +.010 < F. 1:1(0) ack 2
            +.010 > R  2:2(0)                     | CLOSED CLOSED
            """);
    assertEquals("instead-of-last-ack", t.rule(6, RESET));
  }

  @Test
  void aResetOfAnotherTtlMayComeFromInBetween() {
    Traced t =
        run(
            """
            +1    > P. 1:11(10) ack 1
            +.001 < R. 1:1(0) ack 11 ttl 57       | CLOSED CLOSED
            """);
    assertEquals("ttl-out-of-line", t.rule(5, RESET));
    assertEquals(Confidence.LIKELY, t.note(5, RESET).confidence());
    assertTrue(t.text(5, RESET).contains("TTL is 57"), t.toString());
  }

  @Test
  void aResetWhoseIdentificationDoesNotFollowMayComeFromInBetween() {
    String talk =
        """
        +1    < P. 1:11(10) ack 1
        +.010 > .  1:1(0) ack 11
        +1    < P. 11:21(10) ack 1
        +.010 > .  1:1(0) ack 21
        +1    < P. 21:31(10) ack 1
        +.010 > .  1:1(0) ack 31
        """;
    Traced forged = run(talk + "+1 < R. 31:31(0) ack 1 id 20000");
    assertEquals("ip-id-out-of-line", forged.rule(10, RESET));
    assertEquals("abort", run(talk + "+1 < R. 31:31(0) ack 1").rule(10, RESET));
    assertEquals("abort", run(talk + "+1 < R. 31:31(0) ack 1 id 0").rule(10, RESET));
  }

  @Test
  void namesTheKeepAlivesThatHadNoAnswer() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            +75   > .  10:10(0) ack 1
            +75   > .  10:10(0) ack 1
            +75   > .  10:10(0) ack 1
            +75   > R. 11:11(0) ack 1             | CLOSED CLOSED
            """);
    assertEquals(List.of(8L, 7L, 6L), t.note(9, KEEP_ALIVE_TIMEOUT).evidence());
    assertTrue(t.text(9, KEEP_ALIVE_TIMEOUT).contains("3 keep-alives"), t.toString());
    assertEquals("timed-out", t.rule(9, RESET));
  }

  @Test
  void aSenderWhoseDataNobodyAcknowledgesGivesUp() {
    Traced t =
        run(
            """
            +1    > P. 1:11(10) ack 1
            +.21  > P. 1:11(10) ack 1
            +.42  > P. 1:11(10) ack 1
            +.84  > P. 1:11(10) ack 1
            +1.68 > R. 11:11(0) ack 1             | CLOSED CLOSED
            """);
    assertEquals("data-unanswered", t.rule(8, RESET));
  }

  @Test
  void whoGoesOnLongAfterAResetHasNotGotIt() {
    Traced t =
        run(
            """
            +1    > R. 1:1(0) ack 1               | CLOSED CLOSED
            +1    < F. 1:1(0) ack 1               | CLOSED FIN_WAIT_1
            +.001 > R  1:1(0)                     | CLOSED CLOSED
            """);
    assertEquals("goes on, so the RST did not reach it", t.changes(5).get(0).cause());
    assertEquals("reset-before", t.rule(6, RESET));
    assertEquals(List.of(4L, 5L), t.note(6, RESET).evidence());
    assertEquals(Closed.RESET, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
  }

  @Test
  void whatWasOnItsWayWhenTheResetCameProvesNothing() {
    run(
        """
        +1    > R. 1:1(0) ack 1               | CLOSED CLOSED
        +.009 < P. 1:11(10) ack 1             | CLOSED CLOSED
        """);
  }

  @Test
  void whoGoesOnAfterItsOwnResetHasNotSentIt() {
    Traced t =
        run(
            """
            +1    < R. 1:1(0) ack 1               | CLOSED CLOSED
            +.001 < P. 1:11(10) ack 1             | CLOSED ESTABLISHED
            +1    > P. 1:11(10) ack 11            | ESTABLISHED ESTABLISHED
            """);
    assertEquals("goes on, so the RST was not its own", t.changes(5).get(0).cause());
    assertEquals(Closed.OPEN, t.report().closed());
  }

  @Test
  void linuxSendsOneChallengeInHalfASecond() {
    Traced t =
        run(
            """
            +1    < R  101:101(0)
            +.001 > .  1:1(0) ack 1
            +.1   < R  102:102(0)
            +1    < R  103:103(0)
            +.001 > .  1:1(0) ack 1
            """);
    assertEquals("not-exact", t.rule(4, RESET_IGNORED));
    assertEquals("challenge-rate-limit", t.rule(6, RESET_IGNORED));
    assertEquals(List.of(5L), t.note(6, RESET_IGNORED).evidence());
    assertEquals("not-exact", t.rule(7, RESET_IGNORED));
    t.assertHas(8, CHALLENGE_ACK);
  }

  @Test
  void aResetOutsideTheWindowHasNoAnswer() {
    Traced t = run("+1 < R 1073000000:1073000000(0)   | ESTABLISHED ESTABLISHED");
    assertEquals("outside-window", t.rule(4, RESET_IGNORED));
    assertEquals(RESET, t.note(4, RESET_IGNORED).alternative());
  }

  @Test
  void aSecondSynWithinHalfASecondHasNoChallenge() {
    Traced t =
        run(
            """
            +1    > S  500:500(0)
            +.001 < .  1:1(0) ack 1
            +.1   > S  600:600(0)                 | ESTABLISHED ESTABLISHED
            """);
    assertEquals("syn-while-open", t.rule(4, AnnotationKind.SYN));
    assertEquals("challenge-syn", t.rule(5, CHALLENGE_ACK));
    assertEquals("syn-rate-limit", t.rule(6, AnnotationKind.SYN));
    assertEquals(List.of(5L), t.note(6, AnnotationKind.SYN).evidence());
  }
}
