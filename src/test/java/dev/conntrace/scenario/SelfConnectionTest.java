package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.DSACK;
import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.OUT_OF_ORDER;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SPURIOUS_RETRANSMISSION;
import static dev.conntrace.trace.AnnotationKind.SYN_RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Opened;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A socket that is connected to itself: one endpoint that is both sender and receiver. */
class SelfConnectionTest {
  private static final String SEVEN_SEGMENTS =
      """
      +0       > S  0:0(0) <mss 65495,sackOK,wscale 7>         | SYN_SENT SYN_SENT
      +.000010 > S. 0:0(0) ack 1 <mss 65495,sackOK,wscale 7>   | ESTABLISHED ESTABLISHED
      +.001    > P. 1:11(10) ack 1                             | ESTABLISHED ESTABLISHED
      +.000010 > .  11:11(0) ack 11                            | ESTABLISHED ESTABLISHED
      +.001    > F. 11:11(0) ack 11
      +.000010 > .  12:12(0) ack 12                            | TIME_WAIT TIME_WAIT
      """;

  @Test
  void opensAndEndsInOneTimeWait() {
    Traced t = new Script().self().play(SEVEN_SEGMENTS);
    assertEquals(Opened.SELF, t.report().opened());
    assertEquals(1, t.connections());
    assertEquals(6, t.timeWait().startFrame());
    assertEquals(t.report().key().client(), t.report().key().server());
  }

  @Test
  void nothingInItIsLostOrDouble() {
    Traced t = new Script().self().play(SEVEN_SEGMENTS);
    t.assertNowhere(RETRANSMISSION)
        .assertNowhere(SYN_RETRANSMISSION)
        .assertNowhere(SPURIOUS_RETRANSMISSION)
        .assertNowhere(OUT_OF_ORDER)
        .assertNowhere(PREVIOUS_SEGMENT_MISSING)
        .assertNowhere(DUPLICATE_ACK)
        .assertNowhere(DSACK);
    assertEquals(10, t.report().fromClient().uniqueBytes());
  }

  @Test
  void namesTheTwoFramesOfItsHandshakeOnceEach() {
    Traced t = new Script().self().play(SEVEN_SEGMENTS);
    assertEquals(OptionalLong.of(2), t.handshake().synAckFrame());
    assertEquals(OptionalLong.empty(), t.handshake().rttClientNanos());
  }
}
