package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.CWR;
import static dev.conntrace.trace.AnnotationKind.ECN_CE;
import static dev.conntrace.trace.AnnotationKind.ECN_ECHO;

import dev.conntrace.script.Script;
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
    Script.run("+0 > SECN 0:0(0)\n+.01 < SC. 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1\n" + DATA)
        .assertHas(4, ECN_CE)
        .assertNowhere(ECN_ECHO)
        .assertNowhere(CWR);
  }

  @Test
  void whereTheServerAnswersAnAccurateRequestClassicallyTheBitsAreClassic() {
    Script.run("+0 > SECN 0:0(0)\n+.01 < SE. 0:0(0) ack 1\n+.01 > . 1:1(0) ack 1\n" + DATA)
        .assertHas(5, ECN_ECHO)
        .assertHas(6, CWR);
  }
}
