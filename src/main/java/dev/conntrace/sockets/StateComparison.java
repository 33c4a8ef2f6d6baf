package dev.conntrace.sockets;

import static dev.conntrace.trace.KernelAgreement.AGREES;
import static dev.conntrace.trace.KernelAgreement.AHEAD;
import static dev.conntrace.trace.KernelAgreement.BEHIND;
import static dev.conntrace.trace.KernelAgreement.CONTRADICTS;
import static dev.conntrace.trace.KernelAgreement.EXPLAINED;

import dev.conntrace.trace.KernelAgreement;
import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * How a state of the kernel compares with what the segments prove.
 *
 * <p>Both look at the same connection from different places. The kernel changes when its program
 * calls or a segment has arrived; the segments prove that when the next one leaves. And Linux keeps
 * less than a socket where RFC 9293 has a state: a request for SYN_RECEIVED, a remainder for
 * TIME_WAIT and, once the program has closed, for FIN_WAIT_2.
 *
 * @param agreement what comes out
 * @param reason why, in words; empty where nothing needs saying
 */
record StateComparison(KernelAgreement agreement, String reason) {
  private static final StateComparison SAME = new StateComparison(AGREES, "");

  /** Compares one socket's state with the states inferred up to then. */
  static StateComparison of(Side side, Sighting seen, StateHistory inferred) {
    TcpState proven = inferred.at(seen.timestampNanos());
    if (seen.state() == proven) {
      return same(seen);
    }
    if (seen.isListener()) {
      return SAME;
    }
    if (proven == TcpState.UNKNOWN) {
      return new StateComparison(EXPLAINED, "no segment tells");
    }
    String ahead = ahead(proven, seen.state(), side);
    if (ahead != null) {
      return new StateComparison(AHEAD, ahead);
    }
    StateComparison particular = particular(proven, seen, inferred);
    if (particular != null) {
      return particular;
    }
    if (inferred.hadLately(passedOver(seen.state()), seen.timestampNanos())) {
      return new StateComparison(BEHIND, "it has not taken in the last segment yet");
    }
    return new StateComparison(CONTRADICTS, "the segments say " + proven);
  }

  /**
   * Returns where a connection was before it came to a state. With both FINs and an ACK on their
   * way at once the segments lead past CLOSING, while the kernel takes in one after the other.
   */
  private static TcpState passedOver(TcpState kernel) {
    return kernel == TcpState.CLOSING ? TcpState.FIN_WAIT_1 : kernel;
  }

  private static StateComparison same(Sighting seen) {
    KernelSocket socket = seen.socket();
    if (socket == null) {
      return SAME;
    }
    if (socket.isRequest()) {
      return new StateComparison(AGREES, "no socket yet, only a request at the listener");
    }
    if (seen.state() == TcpState.FIN_WAIT_2 && socket.isTimeWait()) {
      return new StateComparison(
          AGREES, "its program has closed, so only a remainder waits for the other side's FIN");
    }
    return SAME;
  }

  /** Returns what will prove that the kernel has gone on; null if nothing could. */
  private static @Nullable String ahead(TcpState proven, TcpState kernel, Side side) {
    return switch (kernel) {
      case SYN_SENT -> proven == TcpState.CLOSED ? "its SYN follows" : null;
      case ESTABLISHED ->
          proven == TcpState.SYN_SENT
              ? "it has the SYN-ACK; its ACK follows"
              : proven == TcpState.SYN_RECEIVED ? "it has the ACK" : null;
      case FIN_WAIT_1 ->
          proven == TcpState.ESTABLISHED || proven == TcpState.SYN_RECEIVED
              ? "its FIN follows"
              : null;
      case CLOSE_WAIT ->
          proven == TcpState.ESTABLISHED || proven == TcpState.SYN_RECEIVED
              ? "it has the FIN; its ACK will prove it"
              : null;
      case LAST_ACK ->
          proven == TcpState.CLOSE_WAIT || proven == TcpState.ESTABLISHED
              ? "its FIN follows"
              : null;
      case CLOSING -> proven == TcpState.FIN_WAIT_1 ? "it has the other side's FIN" : null;
      case FIN_WAIT_2 -> proven == TcpState.FIN_WAIT_1 ? "its FIN is acknowledged" : null;
      case TIME_WAIT ->
          proven == TcpState.FIN_WAIT_1
                  || proven == TcpState.FIN_WAIT_2
                  || proven == TcpState.CLOSING
              ? "it has the other side's FIN; its ACK will prove it"
              : null;
      case CLOSED -> closedAhead(proven, side);
      case LISTEN, SYN_RECEIVED, UNKNOWN -> null;
    };
  }

  private static @Nullable String closedAhead(TcpState proven, Side side) {
    return switch (proven) {
      case SYN_SENT -> "its call has failed or was given up";
      case LAST_ACK, CLOSING -> "it has the last ACK";
      case SYN_RECEIVED, LISTEN -> side == Side.SERVER ? "the request is dropped" : null;
      case ESTABLISHED, FIN_WAIT_1, CLOSE_WAIT -> "it was reset or given up; a RST may follow";
      case CLOSED, FIN_WAIT_2, TIME_WAIT, UNKNOWN -> null;
    };
  }

  /** Returns how Linux differs on purpose; null if that is not it. */
  private static @Nullable StateComparison particular(
      TcpState proven, Sighting seen, StateHistory inferred) {
    KernelSocket socket = seen.socket();
    if (seen.state() == TcpState.CLOSED && proven == TcpState.FIN_WAIT_2) {
      return explained(
          "Linux gives up a FIN_WAIT_2 that no program holds after a minute (tcp_fin_timeout)");
    }
    if (seen.state() == TcpState.CLOSED && proven == TcpState.TIME_WAIT) {
      return inferred.sinceChangeNanos(seen.timestampNanos()) >= TIME_WAIT_NANOS
          ? new StateComparison(AGREES, "its time is over")
          : explained("its time was cut short: the ports were taken anew, or too many wait");
    }
    if (socket != null
        && socket.isRequest()
        && proven == TcpState.ESTABLISHED
        && inferred.sinceChangeNanos(seen.timestampNanos()) > MOMENT_NANOS) {
      return explained(
          "the ACK has come, but Linux makes no socket of a request while the accept queue is"
              + " full");
    }
    return null;
  }

  private static StateComparison explained(String reason) {
    return new StateComparison(EXPLAINED, reason);
  }

  /** Linux's TIME_WAIT, less what its timer wheel rounds. */
  private static final long TIME_WAIT_NANOS = 59_000_000_000L;

  private static final long MOMENT_NANOS = 1_000_000;
}
