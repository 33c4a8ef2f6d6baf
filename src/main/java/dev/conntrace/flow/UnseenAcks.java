package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.wire.TcpOptions;

/**
 * The latest acknowledgements, cumulative or selective, of bytes that the capture had not shown,
 * for one sender of such bytes: if they turn up, the capture was out of order and nothing was
 * missed.
 */
final class UnseenAcks {
  /** Of an endpoint that had no need of one yet; never changed. */
  static final UnseenAcks NONE = new UnseenAcks();

  private static final int MOST = 8;

  private final long[] from = new long[MOST];
  private final long[] to = new long[MOST];
  private final long[] frame = new long[MOST];
  private final long[] timeNanos = new long[MOST];
  private final AnnotationKind[] kind = new AnnotationKind[MOST];
  private int count;
  private int oldest;

  boolean isEmpty() {
    return count == 0;
  }

  /** Notes that {@code ack} covers bytes from {@code unackedRel} on that were never captured. */
  void add(FlowSegment ack, long unackedRel) {
    add(ack, unackedRel, ack.ackRel(), AnnotationKind.ACKED_UNSEEN_SEGMENT);
  }

  /** Notes that SACK blocks of {@code ack} name bytes that were never captured. */
  void addBlocks(FlowSegment ack) {
    Endpoint owner = ack.receiver();
    TcpOptions options = ack.segment().options();
    for (int i = 0; i < options.sackBlocks(); i++) {
      long left = owner.relative(options.sackLeft(i));
      long right = owner.relative(options.sackRight(i));
      if (left > ack.ackRel() && right > Math.max(left, owner.nxt())) {
        add(ack, left, right, AnnotationKind.SACK_INVALID);
      }
    }
  }

  private void add(FlowSegment ack, long left, long right, AnnotationKind verdict) {
    int slot = (oldest + count) % MOST;
    if (count == MOST) {
      oldest = (oldest + 1) % MOST;
    } else {
      count++;
    }
    from[slot] = left;
    to[slot] = right;
    kind[slot] = verdict;
    frame[slot] = ack.frame();
    timeNanos[slot] = ack.timeNanos();
  }

  /** Takes back what {@code seen} shows by now to have been captured after all. */
  void settle(SeenRanges seen, Findings findings) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int slot = (oldest + i) % MOST;
      if (seen.overlap(from[slot], to[slot]) == to[slot] - from[slot]) {
        findings.withdraw(frame[slot], timeNanos[slot], kind[slot]);
      } else {
        keep(slot, kept++);
      }
    }
    count = kept;
  }

  /** What was sent once more shows nothing of the first copy: the capture did miss that. */
  void confirm(FlowSegment resent) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int slot = (oldest + i) % MOST;
      if (from[slot] >= resent.endRel() || to[slot] <= resent.seqRel()) {
        keep(slot, kept++);
      }
    }
    count = kept;
  }

  private void keep(int slot, int place) {
    move(slot, (oldest + place) % MOST);
  }

  private void move(int slot, int target) {
    from[target] = from[slot];
    to[target] = to[slot];
    frame[target] = frame[slot];
    timeNanos[target] = timeNanos[slot];
    kind[target] = kind[slot];
  }
}
