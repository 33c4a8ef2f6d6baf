package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;

/**
 * The latest acknowledgements of bytes that the capture had not shown, for one sender of such
 * bytes: if they turn up, the capture was out of order and nothing was missed.
 */
final class UnseenAcks {
  /** Of an endpoint that had no need of one yet; never changed. */
  static final UnseenAcks NONE = new UnseenAcks();

  private static final int MOST = 8;

  private final long[] from = new long[MOST];
  private final long[] to = new long[MOST];
  private final long[] frame = new long[MOST];
  private final long[] timeNanos = new long[MOST];
  private int count;
  private int oldest;

  boolean isEmpty() {
    return count == 0;
  }

  /** Notes that {@code ack} covers bytes from {@code unackedRel} on that were never captured. */
  void add(FlowSegment ack, long unackedRel) {
    int slot = (oldest + count) % MOST;
    if (count == MOST) {
      oldest = (oldest + 1) % MOST;
    } else {
      count++;
    }
    from[slot] = unackedRel;
    to[slot] = ack.ackRel();
    frame[slot] = ack.frame();
    timeNanos[slot] = ack.timeNanos();
  }

  /** Takes back what {@code seen} shows by now to have been captured after all. */
  void settle(SeenRanges seen, Findings findings) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int slot = (oldest + i) % MOST;
      if (seen.overlap(from[slot], to[slot]) == to[slot] - from[slot]) {
        findings.withdraw(frame[slot], timeNanos[slot], AnnotationKind.ACKED_UNSEEN_SEGMENT);
      } else {
        move(slot, (oldest + kept) % MOST);
        kept++;
      }
    }
    count = kept;
  }

  private void move(int slot, int target) {
    from[target] = from[slot];
    to[target] = to[slot];
    frame[target] = frame[slot];
    timeNanos[target] = timeNanos[slot];
  }
}
