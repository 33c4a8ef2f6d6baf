package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.DUPLICATE_ACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Multipath;
import dev.conntrace.trace.MultipathOption;
import dev.conntrace.trace.MultipathOption.Subtype;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Several paths of one connection (RFC 8684). */
class MultipathTest {
  private static final String OFFER = "raw 30 4 1 129";

  /** MP_CAPABLE with a key of eight ones, whose SHA-256 begins with 04abc8821a06e5a3. */
  private static final String KEY = "raw 30 12 1 129 1 1 1 1 1 1 1 1";

  private static final String JOIN = "raw 30 12 16 2 4 171 200 130 9 9 9 9";
  private static final String JOINED = "raw 30 16 16 2 0 0 0 0 0 0 0 0 9 9 9 9";

  private static final String FIRST =
      """
      +0    [1] > S  0:0(0) <%s>
      +.010 [1] < S. 0:0(0) ack 1 <%s>
      +.010 [1] > .  1:1(0) ack 1 <raw 30 20 1 129 2 2 2 2 2 2 2 2 1 1 1 1 1 1 1 1>
      """
          .formatted(OFFER, KEY);

  private static Multipath multipath(Traced t, int connection) {
    Handshake handshake = Objects.requireNonNull(t.report(connection).handshake(), t.toString());
    return Objects.requireNonNull(handshake.multipath(), t.toString());
  }

  @Test
  void aPathThatJoinsIsKnownByTheHashOfTheKey() {
    Traced t =
        Script.run(
            FIRST
                + """
            +.1   [2] > S  0:0(0) <%s>
            +.010 [2] < S. 0:0(0) ack 1 <%s>
            +.010 [2] > .  1:1(0) ack 1
            """
                    .formatted(JOIN, JOINED));
    assertEquals(
        new Multipath(false, true, OptionalInt.of(1), OptionalInt.of(0x04ABC882), 1),
        multipath(t, 1));
    assertEquals(
        new Multipath(true, true, OptionalInt.empty(), OptionalInt.of(0x04ABC882), 1),
        multipath(t, 2));
  }

  @Test
  void aPathMayJoinWhatTheCaptureDoesNotShow() {
    Traced t = Script.run("+0 > S 0:0(0) <" + JOIN + ">");
    assertTrue(multipath(t, 1).joins());
    assertFalse(multipath(t, 1).accepted());
    assertEquals(0, multipath(t, 1).firstConnection());
  }

  @Test
  void whatTheOtherSideDoesNotTakeUpIsPlainTcp() {
    Traced t = Script.run("+0 > S 0:0(0) <" + OFFER + ">\n+.01 < S. 0:0(0) ack 1");
    assertFalse(multipath(t, 1).accepted());
    assertNull(Script.run(Script.HANDSHAKE).handshake().multipath());
  }

  @Test
  void signalsAndNewsOfAllPathsAskForNothing() {
    Traced t =
        Script.run(
            FIRST
                + """
            +.1   > P. 1:11(10) ack 1 <raw 30 8 32 1 0 0 0 1>
            +.010 < .  1:1(0) ack 11 <raw 30 8 32 1 0 0 0 11>
            +.010 < .  1:1(0) ack 11 <raw 30 8 32 1 0 0 0 21>
            +.010 < .  1:1(0) ack 11 <raw 30 8 48 3 10 0 0 9>
            +.010 < .  1:1(0) ack 11 <raw 30 8 32 1 0 0 0 21>
            +.010 < .  1:1(0) ack 11 <raw 30 8 32 1 0 0 0 21>
            """);
    assertTrue(t.text(6, DUPLICATE_ACK).contains("all of them together: it asks for nothing"));
    assertTrue(t.text(7, DUPLICATE_ACK).contains("speaks of the paths"));
    assertFalse(t.text(9, DUPLICATE_ACK).contains("Multipath"));
  }

  @Test
  void theOptionsOfASegmentAreNamed() {
    Traced t = Script.run(FIRST + "+1 > R 1:1(0) <raw 30 12 112 0 1 1 1 1 1 1 1 1 30 4 128 2>");
    List<MultipathOption> options = t.segment(4).options().multipath();
    assertEquals(Subtype.MP_FASTCLOSE, options.get(0).subtype());
    assertEquals(Subtype.MP_TCPRST, options.get(1).subtype());
    assertEquals(OptionalInt.of(2), options.get(1).reason());
  }

  @Test
  void optionsThatAreTooShortAreSurvived() {
    for (int length = 2; length <= 20; length++) {
      for (int subtype = 0; subtype < 16; subtype++) {
        String option = "raw 30 " + length + " " + (subtype << 4) + " 0".repeat(length - 2);
        Script.run("+0 > S 0:0(0) <" + option + ">");
      }
    }
  }
}
