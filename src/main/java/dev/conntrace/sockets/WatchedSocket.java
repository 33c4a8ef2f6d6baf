package dev.conntrace.sockets;

import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.SocketTimer;
import dev.conntrace.trace.TcpInfo;
import dev.conntrace.trace.TcpState;
import org.jspecify.annotations.Nullable;

/** A socket that is looked at again and again, the more often the more happens to it. */
final class WatchedSocket {
  /** A state can be over sooner; but then only the trace point sees it. */
  static final long SHORTEST_NANOS = 2_000_000;

  private static final long LONGEST_NANOS = 20_000_000;
  private static final long LONGEST_WAITING_NANOS = 500_000_000;

  /** Bytes that are read within this time were not left lying. */
  private static final long LYING_NANOS = 30_000_000;

  /** Queues and windows may change all the time; nobody would read that. */
  private static final long BETWEEN_DETAILS_NANOS = 100_000_000;

  private @Nullable KernelSocket told;
  private long toldNanos;
  private long busySince;
  private long intervalNanos = SHORTEST_NANOS;
  private long nextNanos;

  /** Returns whether any look has found it. */
  boolean wasFound() {
    return told != null;
  }

  /** Returns whether it is time to look, by a clock that only runs forward. */
  boolean isDue(long now) {
    return now - nextNanos >= 0;
  }

  /** Asks for a look at once: something has happened to it. */
  void hurry(long now) {
    intervalNanos = SHORTEST_NANOS;
    nextNanos = now;
  }

  /**
   * Takes note of what a look has found, and decides when to look next.
   *
   * @param now by a clock that only runs forward
   * @return whether something has changed that is worth telling
   */
  boolean note(KernelSocket found, long now) {
    boolean news = isNews(found, now);
    long longest = found.isTimeWait() ? LONGEST_WAITING_NANOS : LONGEST_NANOS;
    intervalNanos = news ? SHORTEST_NANOS : Math.min(longest, intervalNanos + intervalNanos / 2);
    nextNanos = now + intervalNanos;
    if (news) {
      told = found;
      toldNanos = now;
    }
    return news;
  }

  private boolean isNews(KernelSocket found, long now) {
    KernelSocket before = told;
    if (!isLying(found)) {
      busySince = now;
    }
    if (before == null
        || before.state() != found.state()
        || before.inode() != found.inode()
        || before.isTimeWait() != found.isTimeWait()) {
      return true;
    }
    if (found.isListener()) {
      return before.receiveQueue() != found.receiveQueue()
          || before.sendQueue() != found.sendQueue();
    }
    if (now - toldNanos < BETWEEN_DETAILS_NANOS) {
      return false;
    }
    boolean begunLying = isLying(found) && !isLying(before) && now - busySince >= LYING_NANOS;
    boolean read = isLying(before) && !isLying(found);
    return begunLying
        || read
        || isProbing(found) != isProbing(before)
        || hasLostMore(before.info(), found.info());
  }

  /** Returns whether the program has left bytes unread; a FIN that nobody took counts as one. */
  static boolean isLying(KernelSocket socket) {
    return socket.receiveQueue() > 0
        && (socket.state() == TcpState.ESTABLISHED
            || (socket.state() == TcpState.CLOSE_WAIT && socket.receiveQueue() > 1));
  }

  private static boolean isProbing(KernelSocket socket) {
    return socket.timer() == SocketTimer.PERSIST;
  }

  static boolean hasLostMore(@Nullable TcpInfo before, @Nullable TcpInfo now) {
    return before != null
        && now != null
        && (before.retransmissions() != now.retransmissions()
            || before.slowStartThreshold() != now.slowStartThreshold());
  }
}
