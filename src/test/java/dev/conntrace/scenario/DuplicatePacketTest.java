package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.DUPLICATE_PACKET;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SYN;
import static dev.conntrace.trace.AnnotationKind.SYN_RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Opened;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** One packet seen twice is no event of TCP. */
class DuplicatePacketTest {
  private static Traced run(String script) {
    return Script.run(Script.HANDSHAKE + script);
  }

  @Test
  void theSameIdentificationIsTheSamePacket() {
    Traced t =
        run(
            """
            +.1      > P. 1:11(10) ack 1 id 7
            +.000005 > P. 1:11(10) ack 1 id 7
            """);
    t.assertAnnotations(5, DUPLICATE_PACKET);
    assertEquals("same-ip-id", t.rule(5, DUPLICATE_PACKET));
    assertEquals(List.of(4L), t.note(5, DUPLICATE_PACKET).evidence());
    assertEquals(10, t.report().fromClient().uniqueBytes());
    assertFalse(
        t.report().quality().stream().anyMatch(q -> q.problem() == Problem.DOUBLED), t.toString());
  }

  @Test
  void aCaptureThatTookEachPacketTwiceIsDoubled() {
    Traced t =
        Script.run(
            """
            +0       > S  0:0(0) id 5
            +.000002 > S  0:0(0) id 5
            +.000005 < S. 0:0(0) ack 1 id 0
            +.000002 < S. 0:0(0) ack 1 id 0
            +.000005 > .  1:1(0) ack 1 id 6
            +.000002 > .  1:1(0) ack 1 id 6
            """);
    t.assertHas(2, DUPLICATE_PACKET).assertHas(4, DUPLICATE_PACKET);
    assertEquals("all-twice", t.rule(4, DUPLICATE_PACKET));
    assertTrue(
        t.report().quality().stream().anyMatch(q -> q.problem() == Problem.DOUBLED), t.toString());
  }

  @Test
  void anotherIdentificationIsAnotherPacket() {
    Traced t =
        run(
            """
            +.1      > P. 1:11(10) ack 1 id 7
            +.000005 > P. 1:11(10) ack 1 id 8
            """);
    t.assertHas(5, RETRANSMISSION).assertLacks(5, DUPLICATE_PACKET);
  }

  @Test
  void theSamePacketAtAnotherHopIsStillOne() {
    Traced t =
        run(
            """
            +.1      > P. 1:11(10) ack 1 id 7 ttl 64
            +.000500 > P. 1:11(10) ack 1 id 7 ttl 63
            """);
    t.assertAnnotations(5, DUPLICATE_PACKET);
  }

  @Test
  void aCopyThatComesTooLateWasSentAgain() {
    Traced t =
        run(
            """
            +.1   > P. 1:11(10) ack 1 id 7
            +.300 > P. 1:11(10) ack 1 id 7
            """);
    t.assertHas(5, RETRANSMISSION).assertLacks(5, DUPLICATE_PACKET);
  }

  @Test
  void aSenderWithOneIdentificationForAllProvesNothingByIt() {
    Traced t =
        run(
            """
            +.1      > P. 1:11(10) ack 1 id 7
            +.000500 > P. 11:21(10) ack 1 id 7
            +.000500 > P. 11:21(10) ack 1 id 7
            """);
    t.assertHas(6, RETRANSMISSION);
  }

  @Test
  void withoutIdentificationsAnotherHopLimitMustTell() {
    Traced t =
        new Script()
            .ipv6()
            .play(
                Script.HANDSHAKE
                    + """
                +.1      > P. 1:11(10) ack 1 ttl 64
                +.000500 > P. 1:11(10) ack 1 ttl 63
                +.000500 < .  1:1(0) ack 11
                """);
    t.assertAnnotations(5, DUPLICATE_PACKET);
    assertEquals("other-hop", t.rule(5, DUPLICATE_PACKET));
  }

  @Test
  void equalDuplicateAcksOverIpv6AreGenuine() {
    Traced t =
        new Script()
            .ipv6()
            .play(
                Script.HANDSHAKE
                    + """
                +.1      > P. 11:21(10) ack 1
                +.000010 < .  1:1(0) ack 1
                +.000010 > P. 21:31(10) ack 1
                +.000010 < .  1:1(0) ack 1
                """);
    t.assertHas(7, DUPLICATE_ACK).assertNowhere(DUPLICATE_PACKET);
  }

  @Test
  void aHandshakeCapturedTwiceOpensOnce() {
    Traced t =
        Script.run(
            """
            +0       > S  0:0(0) id 1
            +.000001 > S  0:0(0) id 1
            +.010    < S. 0:0(0) ack 1 id 2
            +.000001 < S. 0:0(0) ack 1 id 2
            +.010    > .  1:1(0) ack 1 id 3
            +.000001 > .  1:1(0) ack 1 id 3
            """);
    assertEquals(Opened.THREE_WAY, t.report().opened());
    t.assertNowhere(SYN_RETRANSMISSION).assertNowhere(DUPLICATE_ACK);
    t.assertHas(2, DUPLICATE_PACKET).assertHas(4, DUPLICATE_PACKET).assertHas(6, DUPLICATE_PACKET);
    assertEquals(OptionalLong.of(10_001_000), t.handshake().rttServerNanos());
    t.assertHas(1, SYN);
  }

  @Test
  void anOldTimestampShowsACopyWhereThereIsNoIdentification() {
    Traced t =
        new Script()
            .ipv6()
            .play(
                """
                +0       > S  0:0(0) <mss 1460,sackOK,TS val 100 ecr 0>
                +.010    < S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 500 ecr 100>
                +.010    > .  1:1(0) ack 1 <TS val 120 ecr 500>
                +.1      > P. 1:11(10) ack 1 <TS val 220 ecr 500>
                +.010    > P. 11:21(10) ack 1 <TS val 230 ecr 500>
                +.010    > P. 1:11(10) ack 1 <TS val 220 ecr 500>
                +.010    > P. 11:21(10) ack 1 <TS val 250 ecr 500>
                """);
    t.assertAnnotations(6, DUPLICATE_PACKET);
    assertEquals("old-timestamp", t.rule(6, DUPLICATE_PACKET));
    assertEquals(List.of(4L), t.note(6, DUPLICATE_PACKET).evidence());
    t.assertHas(7, RETRANSMISSION);
  }
}
