package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.FRAGMENTATION_NEEDED;
import static dev.conntrace.trace.AnnotationKind.ICMP_UNREACHABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ICMP errors throw light on the segment that they quote (RFC 792, RFC 1191). */
class IcmpTest {
  @Test
  void anErrorThatAnswersTheSynFiltersTheConnection() {
    Traced t = Script.run("+0 > S 0:0(0)\nicmp 3 13 0 of 1\n+1 > S 0:0(0)");
    t.assertHas(1, ICMP_UNREACHABLE).assertLacks(3, ICMP_UNREACHABLE);
    assertEquals(List.of(2L), t.note(1, ICMP_UNREACHABLE).evidence());
    assertEquals("icmp-prohibited", t.rule(1, ICMP_UNREACHABLE));
    assertEquals(Opened.FILTERED, t.report().opened());
    assertEquals(Closed.NEVER_OPENED, t.report().closed());
    assertEquals(2, t.capture().tcpSegments());
  }

  @Test
  void anErrorDoesNotHinderAHandshake() {
    Traced t =
        Script.run(
            """
            +0    > S  0:0(0)
            icmp 3 1 0 of 1
            +1    > S  0:0(0)
            +.010 < S. 0:0(0) ack 1
            +.010 > .  1:1(0) ack 1
            """);
    assertEquals(Opened.THREE_WAY, t.report().opened());
  }

  @Test
  void aPacketTooLargeForThePathIsNamedWithTheRoomThereIs() {
    Traced t = Script.run(Script.HANDSHAKE + "+.1 > P. 1:1461(1460) ack 1\nicmp 3 4 1400 of 4\n");
    t.assertAnnotations(4, FRAGMENTATION_NEEDED);
    assertTrue(t.text(4, FRAGMENTATION_NEEDED).contains("1400 bytes"), t.toString());
    t.assertNowhere(ICMP_UNREACHABLE);
    assertEquals(Closed.OPEN, t.report().closed());
  }

  @Test
  void anErrorTouchesOnlyTheConnectionThatItQuotes() {
    Traced t =
        new Script()
            .from("10.0.0.1", 1)
            .play("+0 > S 0:0(0)\nicmp 3 3 0 of 1\n+1 [2] > S 0:0(0)\n");
    t.assertLacks(3, ICMP_UNREACHABLE);
    assertEquals(Opened.FILTERED, t.report(1).opened());
    assertEquals(Opened.UNANSWERED, t.report(2).opened());
  }
}
