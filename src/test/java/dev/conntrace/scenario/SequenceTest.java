package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relative numbers wherever the raw ones wrap (RFC 9293 3.4). */
class SequenceTest {
  private static final String TALK =
      Script.HANDSHAKE
          + """
      +.1   > P. 1:11(10) ack 1
      +.010 < P. 1:21(20) ack 11
      +.010 > .  11:11(0) ack 21
      +.1   > P. 21:31(10) ack 21
      +.010 < .  21:21(0) ack 11
      +.300 > P. 11:31(20) ack 21
      +.010 < .  21:21(0) ack 31
      """;

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        (1L << 31) - 11,
        (1L << 31) - 1,
        1L << 31,
        (1L << 32) - 1,
        (1L << 32) - 2,
        (1L << 32) - 11,
        (1L << 32) - 12,
        (1L << 32) - 21,
        (1L << 32) - 31
      })
  void countsFromZeroWhateverTheInitialNumber(long isn) {
    for (Traced t : List.of(new Script().isns(isn, 7).play(TALK), mirrored(isn))) {
      assertEquals(0, t.segment(1).seqRel());
      assertEquals(1, t.segment(2).ackRel());
      assertEquals(11, t.segment(5).ackRel());
      assertEquals(21, t.segment(6).ackRel());
      assertEquals(21, t.segment(7).seqRel());
      t.assertAnnotations(4).assertAnnotations(5).assertAnnotations(6);
      t.assertAnnotations(7, PREVIOUS_SEGMENT_MISSING).assertAnnotations(8, DUPLICATE_ACK);
      t.assertHas(9, RETRANSMISSION);
      assertEquals(30, t.report().fromClient().uniqueBytes());
      assertEquals(0, t.report().fromClient().missingBytes());
    }
  }

  private static Traced mirrored(long isn) {
    return new Script().isns(77, isn).play(TALK);
  }

  @Test
  void theRawNumberZeroIsANumberLikeAnyOther() {
    Traced t = new Script().isns((1L << 32) - 11, (1L << 32) - 1).play(TALK);
    assertEquals(0, t.segment(6).seq());
    assertEquals(11, t.segment(6).seqRel());
    assertEquals(0, t.segment(3).ack());
    assertEquals(1, t.segment(3).ackRel());
  }

  @Test
  void keepsCountingBeyondFourGibibytes() {
    StringBuilder script = new StringBuilder(Script.HANDSHAKE);
    long step = 1_000_000_000;
    long at = 1;
    for (int i = 0; i < 10; i++) {
      // What the capture left out between two segments was acknowledged.
      script.append("+1 < . 1:1(0) ack " + (at + step) + "\n");
      at += step;
      script.append("+1 > P. " + at + ":" + (at + 10) + "(10) ack 1\n");
      at += 10;
    }
    Traced t = Script.run(script.toString());
    assertEquals(10 * step + 91, t.segment(23).seqRel());
    assertEquals(10 * step + 91, t.segment(22).ackRel());
  }

  @Test
  void aSegmentFarBeyondEverythingDisturbsNothing() {
    Traced t =
        Script.run(
            Script.HANDSHAKE
                + """
            +.1   > P. 1:11(10) ack 1
            +.1   > P. 1900000000:1900000010(10) ack 1
            +.1   > P. 11:21(10) ack 1
            """);
    t.assertAnnotations(6);
    assertEquals(20, t.report().fromClient().uniqueBytes());
  }
}
