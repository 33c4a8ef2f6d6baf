package dev.conntrace.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.trace.KernelAgreement;
import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.KernelSource;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.SocketTimer;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TransportAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a state of the kernel means beside one that segments prove. */
class StateComparisonTest {
  private static final TransportAddress HERE = new TransportAddress(0, 0x7F000001, false, 6573);
  private static final TransportAddress THERE = new TransportAddress(0, 0x7F000001, false, 40000);
  private static final long SECOND = 1_000_000_000;
  private static final long CHANGED = 1000 * SECOND;

  @ParameterizedTest
  @CsvSource({
    "CLOSED, SYN_SENT, AHEAD",
    "SYN_SENT, ESTABLISHED, AHEAD",
    "ESTABLISHED, FIN_WAIT_1, AHEAD",
    "ESTABLISHED, CLOSE_WAIT, AHEAD",
    "CLOSE_WAIT, LAST_ACK, AHEAD",
    "FIN_WAIT_2, TIME_WAIT, AHEAD",
    "LAST_ACK, CLOSED, AHEAD",
    "ESTABLISHED, ESTABLISHED, AGREES",
    "ESTABLISHED, SYN_SENT, CONTRADICTS",
    "ESTABLISHED, TIME_WAIT, CONTRADICTS",
    "CLOSE_WAIT, FIN_WAIT_2, CONTRADICTS",
    "UNKNOWN, ESTABLISHED, EXPLAINED",
    "FIN_WAIT_2, CLOSED, EXPLAINED"
  })
  void comparesWithWhatIsProven(TcpState proven, TcpState kernel, KernelAgreement agreement) {
    assertEquals(agreement, compare(proven, kernel, null, SECOND).agreement());
  }

  @Test
  void whatTheKernelHadJustNowIsNotTakenInYet() {
    StateHistory inferred = new StateHistory(TcpState.LISTEN);
    inferred.note(TcpState.SYN_RECEIVED, CHANGED - 10);
    inferred.note(TcpState.ESTABLISHED, CHANGED);
    Sighting soon = sighting(TcpState.SYN_RECEIVED, null, CHANGED + 5000);
    assertEquals(
        KernelAgreement.BEHIND, StateComparison.of(Side.SERVER, soon, inferred).agreement());
    Sighting late = sighting(TcpState.SYN_RECEIVED, null, CHANGED + 3 * SECOND);
    assertEquals(
        KernelAgreement.CONTRADICTS, StateComparison.of(Side.SERVER, late, inferred).agreement());
  }

  @Test
  void closingIsNotTakenInYetWhenTheSegmentsHavePassedItOver() {
    StateHistory inferred = new StateHistory(TcpState.ESTABLISHED);
    inferred.note(TcpState.FIN_WAIT_1, CHANGED - 10);
    inferred.note(TcpState.FIN_WAIT_2, CHANGED - 5);
    inferred.note(TcpState.TIME_WAIT, CHANGED);
    Sighting closing = sighting(TcpState.CLOSING, null, CHANGED + 5000);
    assertEquals(
        KernelAgreement.BEHIND, StateComparison.of(Side.SERVER, closing, inferred).agreement());
  }

  @Test
  void aRequestThatStaysIsTheFullAcceptQueue() {
    StateComparison full =
        compare(TcpState.ESTABLISHED, TcpState.SYN_RECEIVED, socket(TcpState.SYN_RECEIVED), SECOND);
    assertEquals(KernelAgreement.EXPLAINED, full.agreement());
    assertEquals(
        "the ACK has come, but Linux makes no socket of a request while the accept queue is full",
        full.reason());
  }

  @Test
  void timeWaitMayEndAfterAMinuteAndNotBefore() {
    assertEquals(
        KernelAgreement.AGREES,
        compare(TcpState.TIME_WAIT, TcpState.CLOSED, null, 60 * SECOND).agreement());
    assertEquals(
        KernelAgreement.EXPLAINED,
        compare(TcpState.TIME_WAIT, TcpState.CLOSED, null, 5 * SECOND).agreement());
  }

  private static StateComparison compare(
      TcpState proven, TcpState kernel, @Nullable KernelSocket socket, long afterNanos) {
    StateHistory inferred = new StateHistory(TcpState.LISTEN);
    inferred.note(proven, CHANGED);
    return StateComparison.of(
        Side.SERVER, sighting(kernel, socket, CHANGED + afterNanos), inferred);
  }

  private static Sighting sighting(TcpState state, @Nullable KernelSocket socket, long nanos) {
    return new Sighting(nanos, HERE, THERE, state, KernelSource.SOCK_DIAG, socket, null, false);
  }

  private static KernelSocket socket(TcpState state) {
    return new KernelSocket(
        state, HERE, THERE, false, 0, 0, SocketTimer.KEEP_ALIVE, 900, 0, 0, 0, null);
  }
}
