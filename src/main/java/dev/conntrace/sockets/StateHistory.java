package dev.conntrace.sockets;

import dev.conntrace.trace.TcpState;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last states of one end that the segments proved, each with its time. */
final class StateHistory {
  private static final int MOST = 8;

  /** What the kernel has not taken in after so long has not just been captured. */
  private static final long LATELY_NANOS = 1_000_000_000;

  private record Entry(TcpState state, long nanos) {}

  private final TcpState first;
  private final Deque<Entry> newestFirst = new ArrayDeque<>();

  /** Begins with the state before the first segment. */
  StateHistory(TcpState first) {
    this.first = first;
  }

  /** Takes note of the state after a segment. */
  void note(TcpState state, long nanos) {
    if (state == newest()) {
      return;
    }
    newestFirst.addFirst(new Entry(state, nanos));
    if (newestFirst.size() > MOST) {
      newestFirst.removeLast();
    }
  }

  /** Returns the state that the last segment proved. */
  TcpState newest() {
    return newestFirst.isEmpty() ? first : newestFirst.getFirst().state;
  }

  /** Returns the state that was proven at a time. */
  TcpState at(long nanos) {
    for (Entry entry : newestFirst) {
      if (entry.nanos <= nanos) {
        return entry.state;
      }
    }
    return first;
  }

  /** Returns how long before a time the state changed last; very long if it never did. */
  long sinceChangeNanos(long nanos) {
    for (Entry entry : newestFirst) {
      if (entry.nanos <= nanos) {
        return nanos - entry.nanos;
      }
    }
    return Long.MAX_VALUE;
  }

  /** Returns whether any segment has changed it. */
  boolean hasChanged() {
    return !newestFirst.isEmpty();
  }

  /**
   * Returns whether any segment changed it after a time. One segment may prove several states at
   * once, of which only the last is here: a FIN that acknowledges a FIN.
   */
  boolean hasChangedSince(long nanos) {
    return !newestFirst.isEmpty() && newestFirst.getFirst().nanos >= nanos;
  }

  /** Returns whether a state was left only shortly before a time. */
  boolean hadLately(TcpState state, long nanos) {
    long left = Long.MAX_VALUE;
    for (Entry entry : newestFirst) {
      if (entry.nanos <= nanos) {
        if (entry.state == state) {
          return nanos - left < LATELY_NANOS;
        }
        left = entry.nanos;
      }
    }
    return first == state && left != Long.MAX_VALUE && nanos - left < LATELY_NANOS;
  }
}
