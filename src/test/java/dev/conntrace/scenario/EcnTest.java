package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.CWR;
import static dev.conntrace.trace.AnnotationKind.ECN_CE;
import static dev.conntrace.trace.AnnotationKind.ECN_ECHO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explicit congestion notification (RFC 3168, RFC 9768). */
class EcnTest {
  private static final String DATA =
      """
      +.1   > P. 1:1001(1000) ack 1 ce
      +.010 < E. 1:1(0) ack 1001
      +.010 > CP. 1001:2001(1000) ack 1 ecn 2
      +.010 < .  1:1(0) ack 2001
      """;

  @Test
  void aMarkIsEchoedUntilTheSenderHasSlowedDown() {
    Script.run("+0 > SEC 0:0(0)\n+.01 < SE. 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1\n" + DATA)
        .assertAnnotations(4, ECN_CE)
        .assertAnnotations(5, ECN_ECHO)
        .assertAnnotations(6, CWR)
        .assertAnnotations(7);
  }

  @Test
  void theBitsOfASynAskAndEchoNothing() {
    Script.run("+0 > SEC 0:0(0)\n+.01 < SE. 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1")
        .assertNowhere(ECN_ECHO)
        .assertNowhere(CWR);
  }

  @Test
  void withAccurateEcnTheBitsCount() {
    Traced t =
        Script.run(
            """
            +0    > SECN 0:0(0)
            +.010 < SC.  0:0(0) ack 1
            +.010 > C.   1:1(0) ack 1
            +.1   > PEN. 1:1001(1000) ack 1 ce
            +.010 < CEN. 1:1(0) ack 1001
            +.010 > PEN. 1001:2001(1000) ack 1 ecn 2
            +.010 < CEN. 1:1(0) ack 2001
            +.010 > PEN. 2001:3001(1000) ack 1 ce
            +.010 < .    1:1(0) ack 3001
            """);
    t.assertAnnotations(4, ECN_CE).assertAnnotations(5, ECN_ECHO).assertAnnotations(7);
    t.assertAnnotations(6).assertAnnotations(9, ECN_ECHO).assertNowhere(CWR);
    assertEquals(List.of(2L), t.note(5, ECN_ECHO).values());
    assertEquals(List.of(1L), t.note(9, ECN_ECHO).values());
  }

  @Test
  void whereTheServerAnswersAnAccurateRequestClassicallyTheBitsAreClassic() {
    Script.run("+0 > SECN 0:0(0)\n+.01 < SE. 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1\n" + DATA)
        .assertHas(5, ECN_ECHO)
        .assertHas(6, CWR);
  }

  @Test
  void aMarkOnTheSynCountsBeforeAnythingElse() {
    Script.run(
            """
            +0    > SECN 0:0(0) ce
            +.010 < SCN. 0:0(0) ack 1 ecn 2
            +.010 > N.   1:1(0) ack 1
            +.1   > PEN. 1:1001(1000) ack 1 ecn 2
            +.010 < CN.  1:1(0) ack 1001
            """)
        .assertNowhere(ECN_ECHO);
  }

  @Test
  void theAnswerSaysHowTheRequestArrived() {
    for (String accepted : List.of("SC.", "SEC.", "SN.", "SCN.")) {
      assertEquals("accecn", inForce(accepted), accepted);
    }
    assertEquals("ecn", inForce("SE."));
    assertEquals("ecn", inForce("SEN."));
    assertEquals("none", inForce("S."));
  }

  @Test
  void theRequestsOwnBitsSentBackAgreeToNothing() {
    assertEquals("none", inForce("SECN."));
  }

  private static String inForce(String answer) {
    return Script.run("+0 > SECN 0:0(0)\n+.01 < " + answer + " 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1")
        .handshake()
        .inForce()
        .ecn();
  }
}
