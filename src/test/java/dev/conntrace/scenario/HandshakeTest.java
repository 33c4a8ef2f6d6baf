package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.HANDSHAKE_COMPLETE;
import static dev.conntrace.trace.AnnotationKind.REFUSED;
import static dev.conntrace.trace.AnnotationKind.RESET;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SIMULTANEOUS_OPEN;
import static dev.conntrace.trace.AnnotationKind.SYN;
import static dev.conntrace.trace.AnnotationKind.SYN_ACK;
import static dev.conntrace.trace.AnnotationKind.SYN_RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TcpState;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How connections open, or do not (RFC 9293 3.5). */
class HandshakeTest {
  /** The answer comes at once, the ACK of it takes its time: the capture stands at the server. */
  private static final String AT_THE_SERVER =
      """
      +0       > S  0:0(0)
      +.000020 < S. 0:0(0) ack 1
      +.010    > .  1:1(0) ack 1
      """;

  @Test
  void opensWithThreeSegments() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 1460>          | SYN_SENT UNKNOWN
            +.030 < S. 0:0(0) ack 1 <mss 1460>    | SYN_SENT SYN_RECEIVED
            +.010 > .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            """);
    t.assertAnnotations(1, SYN).assertAnnotations(2, SYN_ACK);
    t.assertAnnotations(3, HANDSHAKE_COMPLETE);
    assertEquals(Opened.THREE_WAY, t.report().opened());
    assertEquals(Closed.OPEN, t.report().closed());
    assertNull(t.report().closedFirst());
    assertEquals(OptionalLong.of(1), t.handshake().synFrame());
    assertEquals(OptionalLong.of(2), t.handshake().synAckFrame());
    assertEquals(OptionalLong.of(3), t.handshake().ackFrame());
    assertEquals(OptionalLong.of(30_000_000), t.handshake().rttServerNanos());
    assertEquals(OptionalLong.of(10_000_000), t.handshake().rttClientNanos());
  }

  @Test
  void namesTheFrameAndTheCauseOfEachChange() {
    Traced t = Script.run(AT_THE_SERVER);
    List<StateChanged> last = t.changes(3);
    assertEquals(2, last.size());
    assertEquals("acknowledged the other side's SYN", last.get(0).cause());
    assertEquals("its SYN is acknowledged", last.get(1).cause());
    assertEquals(Confidence.CERTAIN, last.get(1).confidence());
    StateChanged first = t.changes(1).get(0);
    assertEquals(TcpState.CLOSED, first.before());
    assertEquals(TcpState.SYN_SENT, first.after());
    assertEquals("sent its SYN", first.cause());
  }

  @Test
  void theAckThatOpensTheConnectionMayCarryData() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > P. 1:11(10) ack 1             | ESTABLISHED ESTABLISHED
            """);
    t.assertAnnotations(3, HANDSHAKE_COMPLETE);
    assertEquals(OptionalLong.of(3), t.handshake().ackFrame());
  }

  @Test
  void doesNotOpenWithAnAckOfTheWrongNumber() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 0               | SYN_SENT SYN_RECEIVED
            """);
    t.assertLacks(3, HANDSHAKE_COMPLETE);
    assertEquals(Opened.INCOMPLETE, t.report().opened());
  }

  @Test
  void aSynAckForAnotherSynAnswersNothing() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 90001          | SYN_SENT UNKNOWN
            +.010 > R  90001:90001(0)            | SYN_SENT UNKNOWN
            +.010 < S. 0:0(0) ack 1              | SYN_SENT SYN_RECEIVED
            +.010 > .  1:1(0) ack 1              | ESTABLISHED ESTABLISHED
            """);
    assertEquals("syn-ack-for-other-syn", t.rule(2, SYN_ACK));
    assertEquals("syn-ack", t.rule(4, SYN_ACK));
    assertEquals(OptionalLong.of(4), t.handshake().synAckFrame());
    assertEquals(Opened.THREE_WAY, t.report().opened());
  }

  @Test
  void opensSimultaneouslyWhenSynsCross() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)                     | SYN_SENT UNKNOWN
            +.001 < S  0:0(0)                     | SYN_SENT SYN_SENT
            +.010 > S. 0:0(0) ack 1               | SYN_RECEIVED SYN_SENT
            +.001 < S. 0:0(0) ack 1               | ESTABLISHED ESTABLISHED
            """);
    t.assertAnnotations(1, SYN).assertAnnotations(2, SYN, SIMULTANEOUS_OPEN);
    t.assertAnnotations(3, SYN_ACK).assertAnnotations(4, SYN_ACK);
    assertEquals(List.of(1L), t.note(2, SIMULTANEOUS_OPEN).evidence());
    assertEquals(Opened.SIMULTANEOUS, t.report().opened());
    assertEquals(1, t.connections());
  }

  @Test
  void aSimultaneousOpenCountsNothingTwice() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.001 < S  0:0(0)
            +.010 > S. 0:0(0) ack 1
            +.001 < S. 0:0(0) ack 1
            +.010 > P. 1:11(10) ack 1
            +.010 < .  1:1(0) ack 11
            """);
    t.assertNowhere(RETRANSMISSION).assertNowhere(SYN_RETRANSMISSION).assertNowhere(DUPLICATE_ACK);
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }

  @Test
  void opensWithFourSegmentsWhenTheServerCallsBack() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)                     | SYN_SENT UNKNOWN
            +.010 < S  0:0(0)                     | SYN_SENT SYN_SENT
            +.010 > S. 0:0(0) ack 1               | SYN_RECEIVED SYN_SENT
            +.010 < .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            """);
    assertEquals(Opened.SPLIT, t.report().opened());
    t.assertNowhere(SYN_RETRANSMISSION);
    t.assertHas(4, HANDSHAKE_COMPLETE);
    assertEquals(80, t.report().key().server().port());
  }

  @Test
  void opensWithFiveSegmentsWhenTheServerAcknowledgesBeforeItCallsBack() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < .  0:0(0) ack 1
            +.001 < S  0:0(0)
            +.010 > S. 0:0(0) ack 1
            +.010 < .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            """);
    assertEquals(Opened.SPLIT, t.report().opened());
    assertEquals(1, t.connections());
  }

  @Test
  void isRefusedByAResetThatAcknowledgesTheSyn() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)                     | SYN_SENT UNKNOWN
            +.001 < R. 0:0(0) ack 1 win 0         | CLOSED CLOSED
            """);
    t.assertAnnotations(2, REFUSED, RESET);
    assertEquals(List.of(1L), t.note(2, REFUSED).evidence());
    assertEquals(Opened.REFUSED, t.report().opened());
    assertEquals(Closed.NEVER_OPENED, t.report().closed());
    assertNull(t.report().closedFirst());
    assertNull(t.report().timeWait());
  }

  @Test
  void whoCallsAgainAfterARefusalHadItsAnswer() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.001 < R. 0:0(0) ack 1 win 0
            +.500 > S  0:0(0)
            """);
    assertEquals("syn-again-after-refusal", t.rule(3, SYN_RETRANSMISSION));
    assertEquals(List.of(2L), t.note(3, SYN_RETRANSMISSION).evidence());
  }

  @Test
  void aResetThatDoesNotAcknowledgeTheSynRefusesNothing() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.001 < R. 0:0(0) ack 9 win 0         | SYN_SENT UNKNOWN
            """);
    t.assertLacks(2, REFUSED);
    assertEquals(Opened.UNANSWERED, t.report().opened());
  }

  @Test
  void staysUnansweredHoweverOftenItCalls() {
    Traced t =
        Script.run(
            """
            +0     > S  0:0(0)
            +1.01  > S  0:0(0)                    | SYN_SENT UNKNOWN
            +2.04  > S  0:0(0)
            +4.09  > S  0:0(0)                    | SYN_SENT UNKNOWN
            """);
    t.assertAnnotations(2, SYN, RETRANSMISSION, SYN_RETRANSMISSION);
    assertTrue(t.text(4, SYN_RETRANSMISSION).contains("attempt no. 4"), t.toString());
    assertTrue(t.text(4, SYN_RETRANSMISSION).contains("4.09"), t.toString());
    assertEquals(Opened.UNANSWERED, t.report().opened());
    assertEquals(Closed.NEVER_OPENED, t.report().closed());
  }

  @Test
  void measuresNoLegWhoseSynWasRepeated() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +1    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.020 > .  1:1(0) ack 1
            """);
    assertEquals(OptionalLong.empty(), t.handshake().rttServerNanos());
    assertEquals(OptionalLong.of(20_000_000), t.handshake().rttClientNanos());
    assertEquals(Opened.THREE_WAY, t.report().opened());
  }

  @Test
  void repeatsTheSynAckUntilItIsAcknowledged() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1               | SYN_SENT SYN_RECEIVED
            +1    < S. 0:0(0) ack 1               | SYN_SENT SYN_RECEIVED
            +.010 > .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            """);
    t.assertAnnotations(3, SYN_ACK, RETRANSMISSION, SYN_RETRANSMISSION);
    assertEquals(OptionalLong.of(10_000_000), t.handshake().rttServerNanos());
    assertEquals(OptionalLong.empty(), t.handshake().rttClientNanos());
  }

  @Test
  void staysIncompleteWithoutTheAckOfTheSynAck() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +1    < S. 0:0(0) ack 1               | SYN_SENT SYN_RECEIVED
            """);
    assertEquals(Opened.INCOMPLETE, t.report().opened());
    assertEquals(Closed.NEVER_OPENED, t.report().closed());
  }

  @Test
  void aScanThatResetsTheAnswerLeavesTheServerListening() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.001 < S. 0:0(0) ack 1
            +.001 > R  1:1(0)                     | CLOSED LISTEN
            """);
    t.assertAnnotations(3, RESET);
    assertEquals("rst-for-syn-ack", t.rule(3, RESET));
    assertEquals(Opened.INCOMPLETE, t.report().opened());
    assertEquals(Closed.NEVER_OPENED, t.report().closed());
  }

  @Test
  void anAnswerToNobodyIsResetToo() {
    Traced t =
        Script.run(
            """
            +0    < S. 0:0(0) ack 1               | SYN_SENT SYN_RECEIVED
            +.001 > R  1:1(0)                     | CLOSED LISTEN
            """);
    assertEquals("syn-ack-alone", t.rule(1, SYN_ACK));
    assertEquals(Opened.INCOMPLETE, t.report().opened());
  }

  @Test
  void aFullQueueMayResetTheFreshConnection() {
    Traced t =
        Script.run(
            Script.HANDSHAKE
                + """
            +.010 < R  1:1(0)                     | CLOSED CLOSED
            """);
    assertEquals(Opened.THREE_WAY, t.report().opened());
    assertEquals(Closed.RESET, t.report().closed());
    assertEquals(Party.SERVER, t.report().closedFirst());
  }

  @Test
  void aSynWithAnotherNumberBeforeAnyAnswerIsAnotherAttempt() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +1    > S  100000:100000(0)
            +.010 < S. 0:0(0) ack 100001
            +.010 > .  100001:100001(0) ack 1
            """);
    assertEquals(2, t.connections());
    assertEquals(Opened.UNANSWERED, t.report(1).opened());
    assertEquals(Opened.THREE_WAY, t.report(2).opened());
    t.assertLacks(2, SYN_RETRANSMISSION);
    assertEquals(0, t.segment(2).seqRel());
  }

  @Test
  void thatAnAckArrivedIsNoMoreThanLikelyFarFromItsReceiver() {
    StateChanged open = Script.run(Script.HANDSHAKE).changes(3).get(1);
    assertEquals(TcpState.ESTABLISHED, open.after());
    assertEquals(Confidence.LIKELY, open.confidence());
    Traced onOneHost =
        new Script().from("127.0.0.1", 40000).to("127.0.0.1", 80).play(Script.HANDSHAKE);
    assertEquals(Confidence.CERTAIN, onOneHost.changes(3).get(1).confidence());
  }

  @Test
  void whoRepeatsItsSynAckHasNotGotTheAckOfIt() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            +1    < S. 0:0(0) ack 1               | ESTABLISHED SYN_RECEIVED
            +.010 > .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            """);
    StateChanged back = t.changes(4).get(0);
    assertEquals("repeats its SYN-ACK, so the ACK of it did not get through", back.cause());
    assertEquals(Confidence.LIKELY, back.confidence());
    assertEquals(Opened.THREE_WAY, t.report().opened());
    assertEquals(OptionalLong.of(3), t.handshake().ackFrame());
  }

  @Test
  void anOldSynAckOfASideThatHasGoneOnChangesNothing() {
    Script.run(
        Script.HANDSHAKE
            + """
            +.1   < P. 1:11(10) ack 1
            +.010 < S. 0:0(0) ack 1               | ESTABLISHED ESTABLISHED
            """);
  }

  @Test
  void countsAttemptsAndNotWhateverElseWasSent() {
    Traced t =
        Script.run(
            """
            isn > 1000 < 5000
            +0    > S  0:0(0) id 7
            +0    > S  0:0(0) id 7                # the same packet, captured twice
            +.001 < .  100000:100000(0) ack 900000
            +.001 > R  900000:900000(0)
            +1    > S  0:0(0)
            """);
    assertTrue(t.text(5, SYN_RETRANSMISSION).endsWith("attempt no. 2"), t.toString());
  }

  @Test
  void aListenerThatServesOthersMayHaveAFullQueue() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1
            +0    [2] > S  0:0(0)
            +1.01 [2] > S  0:0(0)
            +1.02 [2] > S  0:0(0)
            """);
    assertEquals("syn-again", t.rule(5, SYN_RETRANSMISSION));
    assertEquals("syn-again-others-served", t.rule(6, SYN_RETRANSMISSION));
  }

  @Test
  void aFirewallGivesItselfAwayByItsTtl() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1 ttl 55
            +.010 > .  1:1(0) ack 1
            +0    [2] > S  0:0(0)
            +.001 [2] < R. 0:0(0) ack 1 win 0 ttl 61
            +0    [3] > S  0:0(0)
            +.001 [3] < R. 0:0(0) ack 1 win 0 ttl 55
            """);
    assertEquals("rst-of-another-host", t.rule(5, REFUSED));
    assertEquals(Confidence.LIKELY, t.note(5, REFUSED).confidence());
    assertEquals("rst-for-syn", t.rule(7, REFUSED));
  }
}
