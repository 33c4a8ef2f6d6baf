package example;

import static dev.conntrace.junit.ConntraceAssertions.assertSoftly;
import static dev.conntrace.junit.ConntraceAssertions.assertThat;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static dev.conntrace.trace.Side.CLIENT;
import static dev.conntrace.trace.Side.SERVER;

import dev.conntrace.expect.Relation;
import dev.conntrace.expect.Trace;
import dev.conntrace.junit.CaptureFile;
import dev.conntrace.junit.CaptureFolder;
import org.junit.jupiter.api.Test;

/** How a greeting must look: held in captures that were taken once. */
class GreetingTest {
  @Test
  void opensAndClosesInOrder(@CaptureFile("captures/greeting.pcap") Trace trace) {
    assertThat(trace)
        .connection(1)
        .openedByThreeWayHandshake()
        .closedInOrder()
        .closedFirstBy(CLIENT)
        .hasNo(RETRANSMISSION);
  }

  @Test
  void isAnswered(@CaptureFile("captures/greeting.pcap") Trace trace) {
    assertSoftly(
        trace,
        capture ->
            capture
                .hasConnections(1)
                .connection(1)
                .sentBytes(CLIENT, 10)
                .sentBytes(SERVER, 7)
                .has("rtt.p95", Relation.AT_MOST, "500 ms"));
  }

  @CaptureFolder("captures")
  void everyCaptureClosesByFin(Trace trace) {
    assertThat(trace).connections().closedInOrder();
  }
}
