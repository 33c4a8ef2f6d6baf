package dev.conntrace.chronicle;

import dev.conntrace.flow.FlowSegment;

/**
 * Which acknowledgement a sender had heard of when it sent a segment: the one whose timestamp the
 * segment echoes (RFC 7323 4.3). So its flight is known wherever the capture was taken.
 *
 * <p>Bounded: where too many are on their way, the oldest are forgotten.
 */
final class EchoedAcks {
  /** More different timestamps are hardly on their way at once: they tick each millisecond. */
  private static final int MOST = 512;

  private static final int FEW = 2;

  /** Pairs: a timestamp, and up to where it acknowledges. */
  private long[] pairs = new long[2 * FEW];

  private int first;
  private int end;

  /** The timestamp heard last: later than that of the last one kept if it told nothing new. */
  private int newest;

  /** Whether a later timestamp ever came with a lower position. */
  private boolean fell;

  /** Up to where the sender had heard at least, before the first one kept. */
  private long floor;

  /** Begins where everything below {@code heard} is known to have arrived. */
  EchoedAcks(long heard) {
    floor = heard;
  }

  /** Takes in what the receiver sends. */
  void add(FlowSegment ack) {
    int stamp = ack.segment().options().timestampValue();
    if (end == first) {
      append(stamp, ack.ackRel());
      newest = stamp;
    } else if (stamp - newest > 0) {
      if (!isOld(ack.ackRel())) {
        append(stamp, ack.ackRel());
      }
      newest = stamp;
    } else if (ack.ackRel() > position(end - 1)) {
      raise(ack.ackRel());
    }
  }

  /**
   * Returns whether a position is that of the last two kept, and none was beyond it: then a third
   * one would tell nothing. Who only listens repeats itself with each timestamp.
   */
  private boolean isOld(long position) {
    return end - first > 1
        && position == position(end - 1)
        && position == position(end - 2)
        && position >= floor
        && !fell;
  }

  /** The newest timestamp stands for more than it seemed. */
  private void raise(long position) {
    if (stamp(end - 1) == newest) {
      pairs[at(end - 1) + 1] = position;
    } else {
      append(newest, position);
    }
  }

  private void append(int stamp, long position) {
    if (2 * (end - first) == pairs.length) {
      makeRoom();
    }
    pairs[at(end)] = stamp;
    pairs[at(end) + 1] = position;
    fell |= end > first && position < position(end - 1);
    end++;
  }

  private int at(int index) {
    return 2 * index & (pairs.length - 1);
  }

  private int stamp(int index) {
    return (int) pairs[at(index)];
  }

  private long position(int index) {
    return pairs[at(index) + 1];
  }

  private void makeRoom() {
    if (pairs.length == 2 * MOST) {
      forgetFirst();
      return;
    }
    long[] wider = new long[2 * pairs.length];
    for (int i = first; i < end; i++) {
      System.arraycopy(pairs, at(i), wider, 2 * i & (wider.length - 1), 2);
    }
    pairs = wider;
  }

  /**
   * Returns the position up to which the sender knew its data to have arrived when it sent a
   * segment, at most {@code acknowledged}.
   */
  long heardBy(FlowSegment data, long acknowledged) {
    if (!data.segment().options().hasTimestamps()) {
      return acknowledged;
    }
    int echo = data.segment().options().timestampEcho();
    while (end - first > 1 && echo - stamp(first + 1) >= 0) {
      forgetFirst();
    }
    boolean heard = end > first && echo - stamp(first) >= 0;
    return Math.min(heard ? position(first) : floor, acknowledged);
  }

  private void forgetFirst() {
    floor = Math.max(floor, position(first));
    first++;
  }
}
