package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.DELAYED_ACK;
import static dev.conntrace.trace.AnnotationKind.FRAGMENTATION_NEEDED;
import static dev.conntrace.trace.AnnotationKind.IDLE_RESTART;
import static dev.conntrace.trace.AnnotationKind.NAGLE_WAIT;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Senders that waited: for something to send, for an acknowledgement, for a smaller size. */
class PauseTest {
  /** Frames 4 to 27: twelve segments, each acknowledged. */
  private static final String TWELVE = Script.HANDSHAKE + talk(1);

  private static String talk(long first) {
    StringBuilder script = new StringBuilder();
    for (long at = first; at < first + 12_000; at += 1000) {
      script.append("+.01 > P. " + at + ":" + (at + 1000) + "(1000) ack 1\n");
      script.append("+.01 < .  1:1(0) ack " + (at + 1000) + "\n");
    }
    return script.toString();
  }

  @Test
  void aSenderOfMuchStartsSlowlyAgainAfterAPause() {
    Traced t = Script.run(TWELVE + "+5 < . 1:1(0) ack 12001 win 600\n" + talk(12_001));
    t.assertAnnotations(29, IDLE_RESTART);
    assertEquals("idle-longer-than-timeout", t.rule(29, IDLE_RESTART));
    assertEquals(5_020_000_000L, t.note(29, IDLE_RESTART).values().get(0));
    assertEquals(1, t.report().annotations().get(IDLE_RESTART));
  }

  @Test
  void aSenderOfMoreThanTheInitialWindowAtOnceDoesNot() {
    StringBuilder script = new StringBuilder(TWELVE + "+5 < . 1:1(0) ack 12001 win 600\n");
    for (long at = 12_001; at < 24_000; at += 1000) {
      script.append("+0 > P. " + at + ":" + (at + 1000) + "(1000) ack 1\n");
    }
    Traced t = Script.run(script.toString());
    assertEquals("idle-and-no-restart", t.rule(29, IDLE_RESTART));
    assertEquals(11_000, t.note(29, IDLE_RESTART).values().get(1));
  }

  @Test
  void whoHasLittleToSendDoesNotNotice() {
    Script.run(TWELVE + "+5 > P. 12001:13001(1000) ack 1\n").assertNowhere(IDLE_RESTART);
  }

  @Test
  void aConversationOfSmallWritesHasNothingToRestart() {
    StringBuilder script = new StringBuilder(Script.HANDSHAKE);
    for (long at = 1; at < 400; at += 10) {
      script.append("+2   > P. " + at + ":" + (at + 10) + "(10) ack 1\n");
      script.append("+.01 < .  1:1(0) ack " + (at + 10) + "\n");
    }
    Script.run(script.toString()).assertNowhere(IDLE_RESTART);
  }

  private static final String SMALL =
      """
      +0       > S  0:0(0) <mss 1460>
      +.000010 < S. 0:0(0) ack 1 <mss 1460>
      +.000010 > .  1:1(0) ack 1
      +.1      > P. 1:11(10) ack 1
      +.000010 < .  1:1(0) ack 11
      +.1      > P. 11:21(10) ack 1
      +.040    < .  1:1(0) ack 21
      """;

  @Test
  void aSmallSegmentWaitsForTheDelayedAckOfTheOneBefore() {
    Traced t = Script.run(SMALL + "+.000030 > P. 21:31(10) ack 1\n");
    t.assertAnnotations(7, DELAYED_ACK).assertAnnotations(8, NAGLE_WAIT);
    assertEquals(List.of(6L, 7L), t.note(8, NAGLE_WAIT).evidence());
    assertEquals(List.of(40_000_000L), t.note(8, NAGLE_WAIT).values());
  }

  @Test
  void whatComesLaterThanTheAckWasNotWaitingForIt() {
    Script.run(SMALL + "+.005 > P. 21:31(10) ack 1\n").assertNowhere(NAGLE_WAIT);
  }

  @Test
  void aFullSegmentNeverWaits() {
    Script.run(SMALL + "+.000030 > P. 21:1481(1460) ack 1\n").assertNowhere(NAGLE_WAIT);
  }

  @Test
  void anAnswerIsWhatTheNextRequestWaitsFor() {
    String answered = SMALL.replace("+.040    < .  1:1(0) ack 21", "+.040 < P. 1:11(10) ack 21");
    Script.run(answered + "+.000030 > P. 21:31(10) ack 11\n").assertNowhere(NAGLE_WAIT);
  }

  @Test
  void whatWasTooLargeIsSentAgainBecauseARouterSaidSo() {
    Traced t =
        Script.run(
            Script.HANDSHAKE
                + """
            +.1   > P. 1:1461(1460) ack 1
            icmp 3 4 1000 of 4
            +.001 > P. 1:961(960) ack 1
            +0    > P. 961:1461(500) ack 1
            """);
    t.assertHas(4, FRAGMENTATION_NEEDED);
    t.assertAnnotations(6, RETRANSMISSION).assertAnnotations(7, RETRANSMISSION);
    assertEquals("too-large-before", t.rule(6, RETRANSMISSION));
    assertEquals(List.of(4L, 5L), t.note(6, RETRANSMISSION).evidence());
    assertEquals(List.of(4L, 5L), t.note(7, RETRANSMISSION).evidence());
  }
}
