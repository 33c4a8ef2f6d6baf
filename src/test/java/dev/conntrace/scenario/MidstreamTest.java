package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.ACKED_UNSEEN_SEGMENT;
import static dev.conntrace.trace.AnnotationKind.FIN_ACKED;
import static dev.conntrace.trace.AnnotationKind.HANDSHAKE_COMPLETE;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SYN_ACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.TcpState;
import org.junit.jupiter.api.Test;

/** Captures that begin in the middle, or show one direction only. */
class MidstreamTest {
  @Test
  void theFirstByteSeenIsByteOne() {
    Traced t =
        Script.run(
            """
            +0    > P. 5000:5100(100) ack 7000    | ESTABLISHED ESTABLISHED
            +.010 < P. 7000:7010(10) ack 5100
            """);
    assertEquals(1, t.segment(1).seqRel());
    assertEquals(1, t.segment(1).ackRel());
    assertEquals(1, t.segment(2).seqRel());
    assertEquals(101, t.segment(2).ackRel());
    assertEquals(Opened.MIDSTREAM, t.report().opened());
    assertEquals(Closed.OPEN, t.report().closed());
    assertNull(t.report().handshake());
    t.assertAnnotations(1).assertAnnotations(2);
  }

  @Test
  void earlierBytesCountBelowOne() {
    Traced t =
        Script.run(
            """
            +0    > P. 5000:5100(100) ack 7000
            +0    > P. 4900:5000(100) ack 7000
            """);
    assertEquals(-99, t.segment(2).seqRel());
  }

  @Test
  void bytesFromBeforeTheCaptureAreNotMissing() {
    Traced t =
        Script.run(
            """
            +0    < .  7000:7000(0) ack 5000
            +.010 > P. 5000:5100(100) ack 7000
            +.010 < .  7000:7000(0) ack 5100
            """);
    t.assertNowhere(PREVIOUS_SEGMENT_MISSING).assertNowhere(ACKED_UNSEEN_SEGMENT);
    assertEquals(0, t.report().fromClient().missingBytes());
  }

  @Test
  void closesLikeAnyOther() {
    Traced t =
        Script.run(
            """
            +0    > F. 5000:5000(0) ack 7000      | FIN_WAIT_1 ESTABLISHED
            +.010 < F. 7000:7000(0) ack 5001      | FIN_WAIT_2 LAST_ACK
            +.010 > .  5001:5001(0) ack 7001      | TIME_WAIT CLOSED
            """);
    assertEquals(Closed.THREE_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
    t.assertHas(3, FIN_ACKED);
  }

  @Test
  void aSynAckAloneBeginsAtItsNumbers() {
    Traced t =
        Script.run(
            """
            +0    < S. 0:0(0) ack 1               | SYN_SENT SYN_RECEIVED
            +.010 > .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            +.010 > P. 1:11(10) ack 1
            """);
    assertEquals("syn-ack-alone", t.rule(1, SYN_ACK));
    assertEquals(Opened.THREE_WAY, t.report().opened());
    assertEquals(RoleEvidence.SYN_ACK, t.report().roleEvidence());
    assertEquals(80, t.report().key().server().port());
    assertEquals(1, t.segment(2).seqRel());
    assertEquals(1, t.segment(3).seqRel());
    t.assertAnnotations(3);
    assertTrue(t.handshake().rttServerNanos().isEmpty());
  }

  @Test
  void theServersDirectionAloneStillOpens() {
    Traced t =
        Script.run(
            """
            +0    < S. 0:0(0) ack 1
            +.020 < P. 1:101(100) ack 51
            +.020 < F. 101:101(0) ack 51
            """);
    t.assertStates(2, TcpState.ESTABLISHED, TcpState.ESTABLISHED);
    t.assertNowhere(HANDSHAKE_COMPLETE);
    assertTrue(t.handshake().ackFrame().isEmpty());
    assertTrue(t.handshake().rttClientNanos().isEmpty());
    assertEquals(Opened.THREE_WAY, t.report().opened());
    assertEquals(Closed.HALF_CLOSED, t.report().closed());
    assertTrue(hasProblem(t, Problem.ONE_SIDED), t.toString());
  }

  @Test
  void aLoneNumberBeforeTheCloseIsTheFinOfTheSideThatWasNotCaptured() {
    Traced t =
        Script.run(
            """
            +0    < S. 0:0(0) ack 1
            +.020 < P. 1:101(100) ack 51
            +.020 < .  101:101(0) ack 52
            +.020 < F. 101:101(0) ack 52          | FIN_WAIT_2 LAST_ACK
            """);
    assertEquals(50, t.report().fromClient().missingBytes());
    assertEquals(Closed.FOUR_SEGMENT, t.report().closed());
    assertEquals(Party.CLIENT, t.report().closedFirst());
    assertEquals(Confidence.LIKELY, t.report().openedConfidence());
  }

  @Test
  void theClientsDirectionAloneStillOpens() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)                     | SYN_SENT UNKNOWN
            +.020 > .  1:1(0) ack 1               | ESTABLISHED ESTABLISHED
            +.020 > P. 1:101(100) ack 1
            """);
    assertEquals(Opened.THREE_WAY, t.report().opened());
    assertTrue(hasProblem(t, Problem.ONE_SIDED), t.toString());
    t.assertNowhere(RETRANSMISSION).assertNowhere(PREVIOUS_SEGMENT_MISSING);
  }

  private static boolean hasProblem(Traced t, Problem problem) {
    return t.report().quality().stream().anyMatch(quality -> quality.problem() == problem);
  }

  @Test
  void bothDirectionsAreNotOneSided() {
    Traced t = Script.run(Script.HANDSHAKE);
    assertTrue(!hasProblem(t, Problem.ONE_SIDED), t.toString());
    assertTrue(!hasProblem(t, Problem.MIDSTREAM), t.toString());
  }
}
