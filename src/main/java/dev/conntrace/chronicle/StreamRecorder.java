package dev.conntrace.chronicle;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.ByteArrival;
import dev.conntrace.trace.SackBlock;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamBuffers.Peak;
import dev.conntrace.trace.StreamPosition;
import dev.conntrace.trace.StreamPosition.Held;
import java.util.ArrayList;
import java.util.List;

/** The bytes of one direction: how they were cut up, sent, held and handed on. */
final class StreamRecorder {
  private final Segmentation segmentation = new Segmentation();
  private final ReceiveQueue queue;
  private final WindowRoom room;
  // The most since the last acknowledgement; counts when all of it turns out to be captured.
  private long unacknowledged;
  private long unacknowledgedFrame;
  private long mostUnacknowledged;
  private long mostUnacknowledgedFrame;

  /** Begins with the first segment of this direction that brings data or a FIN. */
  StreamRecorder(FlowSegment first) {
    Endpoint sender = first.sender();
    long start = sender.hasNxt() ? sender.nxt() : first.dataRel();
    if (sender.hasUna()) {
      start = Math.max(start, sender.una());
    }
    queue = new ReceiveQueue(start);
    room = new WindowRoom(first.receiver().announcement(), start);
  }

  /** Prepares for the next segment of the connection. */
  void begin(Endpoint sender, FlowSegment segment, StreamMove move) {
    queue.begin(sender, segment.connection());
    move.begin(queue.usable(), Math.max(queue.start(), sender.una()));
  }

  /** Takes in a segment of this direction that counts; returns what becomes of its bytes. */
  ByteArrival send(FlowSegment segment, StreamMove move) {
    Endpoint sender = segment.sender();
    long first = segment.dataRel();
    long end = segment.endRel();
    ByteArrival arrival = queue.look(sender, first, end);
    if (segment.length() > 0 && arrival != ByteArrival.NOT_TAKEN) {
      if (sender.seen().overlap(first, first + segment.length()) < segment.length()) {
        segmentation.add(segment, move);
      }
      countUnacknowledged(first + segment.length(), segment, move);
    }
    queue.arrive(arrival, first, end, segment, move);
    return arrival;
  }

  private void countUnacknowledged(long dataEnd, FlowSegment segment, StreamMove move) {
    Endpoint sender = segment.sender();
    boolean advances = !sender.hasNxt() || dataEnd > sender.nxt();
    // Where nothing was ever acknowledged the acknowledgements were not captured.
    if (advances && sender.hasUna() && dataEnd - move.ackedBefore > unacknowledged) {
      unacknowledged = dataEnd - move.ackedBefore;
      unacknowledgedFrame = segment.frame();
    }
  }

  /** Takes in an acknowledgement of this direction. */
  void confirm(FlowSegment ack, boolean reneges, StreamMove move) {
    if (ack.ackRel() > move.ackedBefore) {
      // Of what the capture never showed nobody knows when it was sent and acknowledged.
      boolean whole =
          ack.receiver().seen().overlap(move.ackedBefore, ack.ackRel())
              == ack.ackRel() - move.ackedBefore;
      keepMostUnacknowledged(whole);
    }
    if (reneges) {
      queue.renege();
    }
    queue.confirm(ack, move);
    room.take(ack);
  }

  private void keepMostUnacknowledged(boolean sure) {
    if (sure && unacknowledged > mostUnacknowledged) {
      mostUnacknowledged = unacknowledged;
      mostUnacknowledgedFrame = unacknowledgedFrame;
    }
    unacknowledged = 0;
  }

  StreamBuffers report(Endpoint sender, boolean timed) {
    keepMostUnacknowledged(true);
    return new StreamBuffers(
        segmentation.segments(),
        segmentation.fullSized(),
        segmentation.pushRuns(),
        new Peak(mostUnacknowledged, mostUnacknowledgedFrame),
        queue.log().mostHeld(),
        room.mostUnread(),
        queue.log().late(dataEnd(sender), timed),
        queue.isFar());
  }

  private static long dataEnd(Endpoint sender) {
    return sender.closing().finSent() ? sender.closing().finRel() : Long.MAX_VALUE;
  }

  /**
   * Returns where the stream stands, with the last segment applied.
   *
   * @param sender whose stream it is
   * @param receiver the other end
   * @param move what the last segment changed in it
   */
  StreamPosition position(Endpoint sender, Endpoint receiver, StreamMove move) {
    return new StreamPosition(
        queue.start(),
        move.usableBefore,
        queue.usable(),
        held(),
        move.lateBytes,
        move.waitedNanos,
        move.pushedBytes,
        move.ackedBefore,
        Math.max(queue.start(), sender.una()),
        room.unread(),
        sender.knownEnd(),
        dataEnd(sender),
        windowBytes(receiver),
        queue.isFar());
  }

  /** Returns what an end announced last, in bytes. */
  static long windowBytes(Endpoint receiver) {
    return receiver.announcement().isKnown()
        ? receiver.announcement().windowBytes()
        : StreamPosition.NO_WINDOW;
  }

  private Held held() {
    HeldRanges held = queue.held();
    if (held.isEmpty()) {
      return Held.NONE;
    }
    int named = Math.min(Held.MOST_NAMED, held.count());
    List<SackBlock> ranges = new ArrayList<>(named);
    for (int i = 0; i < named; i++) {
      ranges.add(new SackBlock(held.left(i), held.right(i)));
    }
    return new Held(ranges, held.count(), !held.isOverflown(), held.bytes());
  }
}
