package dev.conntrace.chronicle;

import dev.conntrace.flow.FlowSegment;
import java.util.Arrays;

/**
 * Which acknowledgement a sender had heard of when it sent a segment: the one whose timestamp the
 * segment echoes (RFC 7323 4.3). So its flight is known wherever the capture was taken.
 *
 * <p>Bounded: where too many are on their way, the oldest are forgotten.
 */
final class EchoedAcks {
  /** More different timestamps are hardly on their way at once: they tick each millisecond. */
  private static final int MOST = 512;

  private int[] stamps = new int[2];
  private long[] acks = new long[2];
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
    } else if (ack.ackRel() > acks[slot(end - 1)]) {
      raise(ack.ackRel());
    }
  }

  /**
   * Returns whether a position is that of the last two kept, and none was beyond it: then a third
   * one would tell nothing. Who only listens repeats itself with each timestamp.
   */
  private boolean isOld(long position) {
    return end - first > 1
        && position == acks[slot(end - 1)]
        && position == acks[slot(end - 2)]
        && position >= floor
        && !fell;
  }

  /** The newest timestamp stands for more than it seemed. */
  private void raise(long position) {
    if (stamps[slot(end - 1)] == newest) {
      acks[slot(end - 1)] = position;
    } else {
      append(newest, position);
    }
  }

  private void append(int stamp, long position) {
    if (end - first == stamps.length) {
      makeRoom();
    }
    stamps[slot(end)] = stamp;
    acks[slot(end)] = position;
    fell |= end > first && position < acks[slot(end - 1)];
    end++;
  }

  private int slot(int index) {
    return index & (stamps.length - 1);
  }

  private void makeRoom() {
    if (stamps.length == MOST) {
      forgetFirst();
      return;
    }
    int[] widerStamps = Arrays.copyOf(stamps, 2 * stamps.length);
    long[] widerAcks = new long[2 * acks.length];
    for (int i = first; i < end; i++) {
      widerStamps[i & (widerAcks.length - 1)] = stamps[slot(i)];
      widerAcks[i & (widerAcks.length - 1)] = acks[slot(i)];
    }
    stamps = widerStamps;
    acks = widerAcks;
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
    while (end - first > 1 && echo - stamps[slot(first + 1)] >= 0) {
      forgetFirst();
    }
    boolean heard = end > first && echo - stamps[slot(first)] >= 0;
    return Math.min(heard ? acks[slot(first)] : floor, acknowledged);
  }

  private void forgetFirst() {
    floor = Math.max(floor, acks[slot(first)]);
    first++;
  }
}
