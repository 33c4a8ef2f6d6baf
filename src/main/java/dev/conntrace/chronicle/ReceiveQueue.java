package dev.conntrace.chronicle;

import dev.conntrace.decode.Segment;
import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.ByteArrival;

/**
 * What the receiver of one stream has: up to where without a hole, and what waits beyond it.
 *
 * <p>Beside the capture point, what passed has arrived, unless a SACK says otherwise. From afar
 * only acknowledgements and SACK tell, for what passed may be lost behind the capture point.
 */
final class ReceiveQueue {
  /** Who needs longer than this to answer is not on the capturing host. */
  private static final long NEAR_NANOS = 1_000_000;

  private final long start;
  private long usable;
  private HeldRanges held = HeldRanges.NONE;
  private HoldLog log = HoldLog.NONE;
  private boolean viewpointKnown;
  private boolean far;
  private long filledNanos;

  /** Begins where the first byte is expected. */
  ReceiveQueue(long start) {
    this.start = start;
    usable = start;
  }

  /** Prepares for the next segment of the connection. */
  void begin(Endpoint sender, Connection connection) {
    if (!viewpointKnown && !connection.isOfOneHost()) {
      long roundTripNanos = Viewpoint.leastRoundTripNanos(sender, connection);
      viewpointKnown = roundTripNanos != 0;
      far = roundTripNanos > NEAR_NANOS;
    }
  }

  /** Returns what becomes of the positions from {@code first} to {@code end}; changes nothing. */
  ByteArrival look(Endpoint sender, long first, long end) {
    if (end <= start) {
      return ByteArrival.NOT_TAKEN;
    }
    if (far) {
      boolean again = sender.seen().overlap(first, end) == end - first;
      return again ? ByteArrival.AGAIN : ByteArrival.ON_THE_WAY;
    }
    if (end <= usable || held.covers(first, end)) {
      return ByteArrival.AGAIN;
    }
    if (first > usable) {
      return ByteArrival.WAITS;
    }
    return !held.isEmpty() && held.left(0) <= end ? ByteArrival.FILLS : ByteArrival.IN_ORDER;
  }

  /** Takes in the positions from {@code first} to {@code end}, of which {@link #look} told. */
  void arrive(ByteArrival arrival, long first, long end, FlowSegment segment, StreamMove move) {
    if (arrival == ByteArrival.WAITS) {
      hold(first, end, segment);
    } else if (arrival == ByteArrival.IN_ORDER || arrival == ByteArrival.FILLS) {
      if (!held.isEmpty()) {
        filledNanos = segment.timeNanos();
      }
      advance(end, true, segment, move);
    }
  }

  /**
   * Takes in what the receiver says that it has. Beside it, what fills a hole is captured before it
   * is acknowledged: where it was not, it is the capture that has the hole.
   */
  void confirm(FlowSegment ack, StreamMove move) {
    advance(ack.ackRel(), far, ack, move);
    Segment segment = ack.segment();
    Endpoint sender = ack.receiver();
    for (int i = 0; i < segment.options().sackBlocks(); i++) {
      long left = sender.relative(segment.options().sackLeft(i));
      long right = sender.relative(segment.options().sackRight(i));
      if (left > ack.ackRel() && left < right && right <= sender.nxt()) {
        report(left, right, ack);
      }
    }
  }

  /** A SACK shows a hole below it, also where nothing was missing when it passed. */
  private void report(long left, long right, FlowSegment ack) {
    if (ack.ackRel() < usable && left > ack.ackRel() && !isStale(ack)) {
      usable = ack.ackRel();
    }
    if (left > usable) {
      hold(left, right, ack);
      log.keepMostHeld();
    }
  }

  /** It may have been sent before what filled the hole came there. */
  private boolean isStale(FlowSegment ack) {
    boolean old = ack.receiver().hasUna() && ack.ackRel() < ack.receiver().una();
    return old
        || ack.timeNanos() - filledNanos
            < Viewpoint.leastRoundTripNanos(ack.receiver(), ack.connection());
  }

  /** The receiver forgot what it had said it held (RFC 2018 8). */
  void renege() {
    held.clear();
  }

  private void hold(long first, long end, FlowSegment segment) {
    if (held == HeldRanges.NONE) {
      held = new HeldRanges();
      log = new HoldLog();
    }
    held.add(first, end, segment.timeNanos(), segment.frame());
    log.hold(held.bytes(), segment);
  }

  private void advance(long position, boolean wasHole, FlowSegment segment, StreamMove move) {
    if (position <= usable) {
      return;
    }
    long since = Long.MAX_VALUE;
    long sinceFrame = 0;
    long before = usable;
    usable = position;
    while (!held.isEmpty() && held.left(0) <= usable) {
      move.lateBytes += held.right(0) - held.left(0);
      if (held.sinceNanos(0) < since) {
        since = held.sinceNanos(0);
        sinceFrame = held.sinceFrame(0);
      }
      usable = Math.max(usable, held.right(0));
      held.removeFirst();
    }
    if (sinceFrame == 0) {
      return;
    }
    if (wasHole) {
      log.keepMostHeld();
      move.waitedNanos = Math.max(0, segment.timeNanos() - since);
      log.countLate(move, sinceFrame, before, usable, segment);
    } else {
      move.lateBytes = 0;
    }
    log.fill(held.bytes(), segment);
  }

  long start() {
    return start;
  }

  /** Returns the first position that the receiver may still lack. */
  long usable() {
    return usable;
  }

  HeldRanges held() {
    return held;
  }

  /** Returns whether only what the receiver confirms counts as arrived. */
  boolean isFar() {
    return far;
  }

  /** Returns what was counted of all that it held. */
  HoldLog log() {
    return log;
  }
}
