package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.FAST_OPEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Opened;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What SYNs offer and what holds after both (RFC 9293 3.7.1, RFC 7323, RFC 7413, RFC 3168). */
class SynOptionsTest {
  @Test
  void bothOffersAndWhatHoldsOfThem() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <mss 1460,sackOK,TS val 1 ecr 0,wscale 7>
            +.010 < S. 0:0(0) ack 1 <mss 1400,sackOK,TS val 9 ecr 1,wscale 2>
            +.010 > .  1:1(0) ack 1 win 512 <TS val 2 ecr 9>
            +.010 < .  1:1(0) ack 1 win 512 <TS val 10 ecr 2>
            """);
    Handshake handshake = t.handshake();
    assertEquals(OptionalInt.of(1460), handshake.client().mssBytes());
    assertEquals(OptionalInt.of(7), handshake.client().windowScale());
    assertTrue(handshake.client().sack() && handshake.client().timestamps());
    assertEquals(OptionalInt.of(2), handshake.server().windowScale());
    assertEquals(1400, handshake.inForce().clientMssBytes());
    assertEquals(1460, handshake.inForce().serverMssBytes());
    assertEquals(7, handshake.inForce().clientWindowScale());
    assertEquals(2, handshake.inForce().serverWindowScale());
    assertTrue(handshake.inForce().sack() && handshake.inForce().timestamps());
    assertEquals(512 << 7, t.segment(3).windowBytes());
    assertEquals(512 << 2, t.segment(4).windowBytes());
  }

  @Test
  void neverScalesTheWindowOfASyn() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) win 1000 <wscale 7>
            +.010 < S. 0:0(0) ack 1 win 2000 <wscale 7>
            """);
    assertEquals(1000, t.segment(1).windowBytes());
    assertEquals(2000, t.segment(2).windowBytes());
    assertTrue(t.segment(2).windowScaleKnown());
  }

  @Test
  void scalesNothingUnlessBothOfferedIt() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <wscale 7,sackOK,TS val 1 ecr 0>
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1 win 512
            """);
    assertEquals(512, t.segment(3).windowBytes());
    assertTrue(t.segment(3).windowScaleKnown());
    assertEquals(0, t.handshake().inForce().clientWindowScale());
    assertFalse(t.handshake().inForce().sack());
    assertFalse(t.handshake().inForce().timestamps());
  }

  @Test
  void shiftsAtMostFourteen() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0) <wscale 15>
            +.010 < S. 0:0(0) ack 1 <wscale 0>
            +.010 > .  1:1(0) ack 1 win 1
            """);
    assertEquals(1 << 14, t.segment(3).windowBytes());
  }

  @Test
  void assumesTheLeastSegmentWhereNoneIsNamed() {
    String plain = "+0 > S 0:0(0)\n+0 < S. 0:0(0) ack 1\n+0 > . 1:1(0) ack 1";
    assertEquals(536, Script.run(plain).handshake().inForce().clientMssBytes());
    assertEquals(1220, new Script().ipv6().play(plain).handshake().inForce().serverMssBytes());
    assertEquals(OptionalInt.empty(), Script.run(plain).handshake().client().mssBytes());
  }

  @Test
  void knowsNothingOfASynThatWasNotCaptured() {
    Traced t =
        Script.run(
            """
            +0    < S. 0:0(0) ack 1 <mss 1460,wscale 7>
            +.010 > .  1:1(0) ack 1 win 512
            +.010 < .  1:1(0) ack 1 win 512
            """);
    assertFalse(t.handshake().client().seen());
    assertFalse(t.segment(2).windowScaleKnown());
    assertEquals(512, t.segment(2).windowBytes());
    assertTrue(t.segment(3).windowScaleKnown());
    assertEquals(512 << 7, t.segment(3).windowBytes());
  }

  @Test
  void ecnIsInForceOnceTheServerAgrees() {
    Traced agreed = Script.run("+0 > SEC 0:0(0)\n+.01 < SE. 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1");
    assertEquals("ecn", agreed.handshake().client().ecn());
    assertEquals("ecn", agreed.handshake().inForce().ecn());
    Traced refused = Script.run("+0 > SEC 0:0(0)\n+.01 < S. 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1");
    assertEquals("ecn", refused.handshake().client().ecn());
    assertEquals("none", refused.handshake().inForce().ecn());
  }

  @Test
  void accurateEcnIsAskedForWithThreeBits() {
    Traced t = Script.run("+0 > SECN 0:0(0)\n+.01 < SC. 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1");
    assertEquals("accecn", t.handshake().client().ecn());
    assertEquals("accecn", t.handshake().inForce().ecn());
    Traced classic = Script.run("+0 > SECN 0:0(0)\n+.01 < SE. 0:0(0) ack 1");
    assertEquals("ecn", classic.handshake().inForce().ecn());
  }

  @Test
  void opensFastWhenTheServerTakesTheDataOfTheSyn() {
    Traced t =
        Script.run(
            """
            +0    > S  0:10(10) <mss 1460,tfo 8>      | SYN_SENT UNKNOWN
            +.010 < S. 0:0(0) ack 11 <mss 1460>       | SYN_SENT SYN_RECEIVED
            +.001 < P. 1:21(20) ack 11
            +.010 > .  11:11(0) ack 21                | ESTABLISHED ESTABLISHED
            """);
    t.assertHas(1, FAST_OPEN);
    assertEquals("tfo-data", t.rule(1, FAST_OPEN));
    assertEquals(Opened.FAST_OPEN, t.report().opened());
    assertEquals(10, t.report().fromClient().uniqueBytes());
    assertEquals("cookie", t.handshake().client().fastOpen());
  }

  @Test
  void opensWithThreeSegmentsWhenTheServerIgnoresTheDataOfTheSyn() {
    Traced t =
        Script.run(
            """
            +0    > S  0:10(10) <mss 1460,tfo 8>
            +.010 < S. 0:0(0) ack 1 <mss 1460>
            +.010 > P. 1:11(10) ack 1                 | ESTABLISHED ESTABLISHED
            """);
    assertEquals(Opened.THREE_WAY, t.report().opened());
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }

  @Test
  void aCookieIsAskedForWithoutData() {
    Traced t =
        Script.run("+0 > S 0:0(0) <tfo>\n+.01 < S. 0:0(0) ack 1 <tfo 8>\n+.01 > . 1:1(0) ack 1");
    assertEquals("tfo-request", t.rule(1, FAST_OPEN));
    assertEquals("request", t.handshake().client().fastOpen());
    assertEquals("cookie", t.handshake().server().fastOpen());
    assertEquals(Opened.THREE_WAY, t.report().opened());
    t.assertLacks(2, FAST_OPEN);
  }

  @Test
  void anOrdinarySynOpensNothingFast() {
    Script.run(Script.HANDSHAKE).assertNowhere(FAST_OPEN);
  }

  @Test
  void anOptionThatContradictsItselfIsNotBelieved() {
    Traced t = Script.run("+0 > S 0:0(0) <mss 1460,raw 3 9 9>\n+.01 < S. 0:0(0) ack 1 <wscale 7>");
    assertTrue(t.segment(1).options().malformed());
    assertEquals(OptionalInt.of(1460), t.handshake().client().mssBytes());
    assertEquals(OptionalInt.empty(), t.handshake().client().windowScale());
    assertEquals(0, t.handshake().inForce().serverWindowScale());
  }
}
