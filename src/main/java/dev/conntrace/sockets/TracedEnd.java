package dev.conntrace.sockets;

import dev.conntrace.trace.KernelAgreement;
import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.SocketCall;
import dev.conntrace.trace.SocketOwner;
import dev.conntrace.trace.SocketTimer;
import dev.conntrace.trace.TcpState;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One end of a traced connection: what its segments prove, and what was told of its socket. */
final class TracedEnd {
  /** Long enough for the segment that proves a state, delayed acknowledgements included. */
  private static final long PROOF_NANOS = 1_000_000_000;

  private final int connection;
  private final Side side;
  private final StateHistory inferred;
  private final EnumSet<SocketCall> proven = EnumSet.noneOf(SocketCall.class);
  private @Nullable TcpState told;
  private @Nullable KernelSocket socket;
  private @Nullable SocketOwner owner;
  private @Nullable KernelObserved doubtful;
  private long firstBytesNanos = Long.MAX_VALUE;

  TracedEnd(int connection, Side side, TcpState first) {
    this.connection = connection;
    this.side = side;
    inferred = new StateHistory(first);
  }

  /** Takes note of the state that a segment proves, if it proves any. */
  void prove(TcpState state, long nanos) {
    if (state != TcpState.UNKNOWN) {
      inferred.note(state, nanos);
    }
  }

  /** Takes note of bytes that were sent to it. */
  void receives(long nanos) {
    firstBytesNanos = Math.min(firstBytesNanos, nanos);
  }

  /** Returns what to tell of a sighting; null if it brings nothing new. */
  @Nullable KernelObserved take(Sighting seen) {
    EnumSet<SocketCall> proves = proves(seen);
    proves.removeAll(proven);
    if (!isNews(seen, proves)) {
      return null;
    }
    proven.addAll(proves);
    SocketOwner holder = seen.owner();
    if (holder != null && !seen.isListener()) {
      owner = holder;
    }
    if (!seen.isListener()) {
      told = seen.state();
      socket = seen.socket();
    }
    StateComparison comparison = StateComparison.of(side, seen, inferred);
    KernelObserved event =
        new KernelObserved(
            connection,
            side,
            seen.timestampNanos(),
            seen.state(),
            inferred.at(seen.timestampNanos()),
            comparison.agreement(),
            comparison.reason(),
            seen.source(),
            seen.socket(),
            holder == null && !seen.isListener() ? owner : holder,
            Set.copyOf(proves));
    doubtful = comparison.agreement() == KernelAgreement.AHEAD ? event : null;
    return event;
  }

  /**
   * Returns what has to be taken back now that no segment will come any more: the kernel was ahead,
   * and nothing has ever proven that.
   *
   * @return null if there is nothing of the kind
   */
  @Nullable KernelObserved unconfirmed(long now) {
    KernelObserved last = doubtful;
    if (last == null
        || now - last.timestampNanos() < PROOF_NANOS
        || inferred.hasChangedSince(last.timestampNanos())
        || mayWait(last.state())) {
      return null;
    }
    return new KernelObserved(
        connection,
        side,
        last.timestampNanos(),
        last.state(),
        inferred.newest(),
        KernelAgreement.CONTRADICTS,
        "no segment has ever shown it",
        last.source(),
        last.socket(),
        last.owner(),
        Set.of());
  }

  /** A FIN waits for the bytes before it; who is reset need not answer. */
  private static boolean mayWait(TcpState state) {
    return state == TcpState.FIN_WAIT_1 || state == TcpState.LAST_ACK || state == TcpState.CLOSED;
  }

  /** Returns whether the server's side of the handshake is not over. */
  boolean isOpening() {
    return inferred.newest() == TcpState.LISTEN || inferred.newest() == TcpState.SYN_RECEIVED;
  }

  /** Returns whether a socket that begins can only be that of a later connection. */
  boolean isSucceededBy(Sighting seen) {
    TcpState newest = inferred.newest();
    boolean over =
        inferred.hasChanged() && (newest == TcpState.CLOSED || newest == TcpState.TIME_WAIT);
    return switch (seen.state()) {
      case SYN_SENT -> inferred.hasChanged() && newest != TcpState.SYN_SENT;
      case SYN_RECEIVED, ESTABLISHED -> over;
      default -> false;
    };
  }

  private boolean isNews(Sighting seen, Set<SocketCall> proves) {
    if (seen.isListener() || seen.state() != told || !proves.isEmpty()) {
      return true;
    }
    SocketOwner holder = seen.owner();
    if (holder != null && !holder.equals(owner)) {
      return true;
    }
    KernelSocket found = seen.socket();
    KernelSocket before = socket;
    if (found == null) {
      return false;
    }
    return before == null ? isWorthTelling(found) : isDifferent(before, found);
  }

  /** Returns whether the details of a state say something that the state alone does not. */
  private boolean isWorthTelling(KernelSocket found) {
    return found.isTimeWait()
        || WatchedSocket.isLying(found)
        || found.state() == TcpState.ESTABLISHED
        || (side == Side.SERVER && !found.isHeld() && found.state() == TcpState.CLOSE_WAIT);
  }

  private static boolean isDifferent(KernelSocket before, KernelSocket found) {
    return before.isTimeWait() != found.isTimeWait()
        || before.isHeld() != found.isHeld()
        || before.isRequest() != found.isRequest()
        || WatchedSocket.isLying(before) != WatchedSocket.isLying(found)
        || (before.timer() == SocketTimer.PERSIST) != (found.timer() == SocketTimer.PERSIST)
        || WatchedSocket.hasLostMore(before.info(), found.info());
  }

  /** Returns which calls a program must have made for this to be seen. */
  private EnumSet<SocketCall> proves(Sighting seen) {
    EnumSet<SocketCall> calls = EnumSet.noneOf(SocketCall.class);
    KernelSocket found = seen.socket();
    if (seen.isListener()) {
      if (seen.state() == TcpState.LISTEN) {
        calls.addAll(EnumSet.of(SocketCall.SOCKET, SocketCall.BIND, SocketCall.LISTEN));
      }
      return calls;
    }
    if (side == Side.CLIENT && seen.state() != TcpState.CLOSED) {
      calls.addAll(EnumSet.of(SocketCall.SOCKET, SocketCall.CONNECT));
    }
    if (found == null) {
      return calls;
    }
    if (side == Side.SERVER && found.isHeld()) {
      calls.add(SocketCall.ACCEPT);
    }
    if (found.sendQueue() > 0 && found.state() == TcpState.ESTABLISHED) {
      calls.add(SocketCall.SEND);
    }
    if (found.isHeld() && hasReadEverything(found) && firstBytesNanos < seen.timestampNanos()) {
      calls.add(SocketCall.RECEIVE);
    }
    if (!found.isHeld() && isClosing(found.state())) {
      calls.add(SocketCall.CLOSE);
    }
    return calls;
  }

  /** A FIN that the program has not asked for yet counts as one byte. */
  private static boolean hasReadEverything(KernelSocket found) {
    return found.receiveQueue() == 0
        || (found.receiveQueue() == 1 && found.state() == TcpState.CLOSE_WAIT);
  }

  private static boolean isClosing(TcpState state) {
    return switch (state) {
      case FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, TIME_WAIT -> true;
      default -> false;
    };
  }
}
