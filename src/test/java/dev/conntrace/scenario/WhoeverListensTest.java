package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.HALF_CLOSE;
import static dev.conntrace.trace.AnnotationKind.SPURIOUS_RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Totals are the same whether somebody prints the segments or not: late verdicts count alike. */
class WhoeverListensTest {
  /** Hears no segment, so nothing is held back for it. */
  private static final class Totals implements TraceSink {
    private CaptureReport report;

    @Override
    public boolean wants(Importance importance, int connection) {
      return false;
    }

    @Override
    public void on(CaptureEnded event) {
      report = event.report();
    }
  }

  private static Traced run(String script) {
    Traced listened = new Script().play(Script.HANDSHAKE + script);
    Totals totals = new Totals();
    new Script().play(Script.HANDSHAKE + script, totals);
    assertNotNull(totals.report);
    Map<AnnotationKind, Long> counted = totals.report.annotations();
    assertEquals(listened.capture().annotations(), counted);
    for (AnnotationKind kind : AnnotationKind.values()) {
      long printed = 0;
      for (var event : listened.events()) {
        printed += event instanceof SegmentSeen seen && seen.is(kind) ? 1 : 0;
      }
      assertEquals(printed, counted.getOrDefault(kind, 0L), kind.id());
    }
    return listened;
  }

  /** The client's FIN was never captured, so no frame can be called half-closing. */
  @Test
  void aFinThatWasNotCapturedIsNoHalfClose() {
    Traced t =
        run(
            """
            +.010 > P. 1:11(10) ack 1
            +.010 < FP. 1:101(100) ack 12
            +.010 > .  12:12(0) ack 102
            """);
    t.assertNowhere(HALF_CLOSE);
  }

  @Test
  void aPacketFromTheFarFutureMakesWhatComesAfterItFinal() {
    run("""
        +9000  > . 1:1(0) ack 1
        -8999  > P. 1:1001(1000) ack 1
        +.210  > P. 1:1001(1000) ack 1
        +.010  < . 1:1(0) ack 1001
        +.010  < . 1:1(0) ack 1001 <sack 1:1001>
        """)
        .assertNowhere(SPURIOUS_RETRANSMISSION);
  }

  @Test
  void whatWasFinalStaysFinalWhenRoundTripsGrow() {
    run("""
        +.1    > P. 1:1001(1000) ack 1
        +.210  > P. 1:1001(1000) ack 1
        +.010  < . 1:1(0) ack 1001
        +.400  > P. 1001:2001(1000) ack 1
        +5     < . 1:1(0) ack 2001
        -4.6   < . 1:1(0) ack 2001 <sack 1:1001>
        """)
        .assertNowhere(SPURIOUS_RETRANSMISSION);
  }

  @Test
  void aConnectionThatIsOverWasNotHalfClosed() {
    run("""
        +.1    > F. 1:1(0) ack 1
        +.010  < . 1:1(0) ack 2
        +.010  < P. 1:1001(1000) ack 2
        +.010  < R. 1001:1001(0) ack 2
        +1     < . 1001:1001(0) ack 2
        +.010  > . 2:2(0) ack 1001
        """)
        .assertNowhere(HALF_CLOSE);
  }
}
