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
  private final Endpoint sender;
  private final Segmentation segmentation = new Segmentation();
  private final ReceiveQueue queue;
  private final WindowRoom room;
  private long ackedBefore;
  // The most since the last acknowledgement; counts when all of it turns out to be captured.
  private long unacknowledged;
  private long unacknowledgedFrame;
  private long mostUnacknowledged;
  private long mostUnacknowledgedFrame;

  /** Begins with the first segment of this direction that brings data or a FIN. */
  StreamRecorder(FlowSegment first) {
    sender = first.sender();
    long start = sender.hasNxt() ? sender.nxt() : first.dataRel();
    if (sender.hasUna()) {
      start = Math.max(start, sender.una());
    }
    queue = new ReceiveQueue(start);
    room = new WindowRoom(first.receiver().announcement(), start);
  }

  /** Prepares for the next segment of the connection. */
  void begin(FlowSegment segment) {
    queue.begin(sender, segment.connection());
    segmentation.begin();
    ackedBefore = Math.max(queue.start(), sender.una());
  }

  /** Takes in a segment of this direction that counts; returns what becomes of its bytes. */
  ByteArrival send(FlowSegment segment) {
    long first = segment.dataRel();
    long end = segment.endRel();
    ByteArrival arrival = queue.look(sender, first, end);
    if (segment.length() > 0 && arrival != ByteArrival.NOT_TAKEN) {
      if (sender.seen().overlap(first, first + segment.length()) < segment.length()) {
        segmentation.add(segment);
      }
      countUnacknowledged(first + segment.length(), segment);
    }
    queue.arrive(arrival, first, end, segment);
    return arrival;
  }

  private void countUnacknowledged(long dataEnd, FlowSegment segment) {
    boolean advances = !sender.hasNxt() || dataEnd > sender.nxt();
    // Where nothing was ever acknowledged the acknowledgements were not captured.
    if (advances && sender.hasUna() && dataEnd - ackedBefore > unacknowledged) {
      unacknowledged = dataEnd - ackedBefore;
      unacknowledgedFrame = segment.frame();
    }
  }

  /** Takes in an acknowledgement of this direction. */
  void confirm(FlowSegment ack, boolean reneges) {
    if (ack.ackRel() > ackedBefore) {
      // Of what the capture never showed nobody knows when it was sent and acknowledged.
      boolean whole =
          sender.seen().overlap(ackedBefore, ack.ackRel()) == ack.ackRel() - ackedBefore;
      keepMostUnacknowledged(whole);
    }
    if (reneges) {
      queue.renege();
    }
    queue.confirm(ack);
    room.take(ack);
  }

  private void keepMostUnacknowledged(boolean sure) {
    if (sure && unacknowledged > mostUnacknowledged) {
      mostUnacknowledged = unacknowledged;
      mostUnacknowledgedFrame = unacknowledgedFrame;
    }
    unacknowledged = 0;
  }

  StreamBuffers report(boolean timed) {
    keepMostUnacknowledged(true);
    return new StreamBuffers(
        segmentation.segments(),
        segmentation.fullSized(),
        segmentation.pushRuns(),
        new Peak(mostUnacknowledged, mostUnacknowledgedFrame),
        queue.log().mostHeld(),
        room.mostUnread(),
        queue.log().late(dataEnd(), timed),
        queue.isFar());
  }

  private long dataEnd() {
    return sender.closing().finSent() ? sender.closing().finRel() : Long.MAX_VALUE;
  }

  /**
   * Returns where the stream stands, with the last segment applied.
   *
   * @param receiver the other end
   */
  StreamPosition position(Endpoint receiver) {
    return new StreamPosition(
        queue.start(),
        queue.usableBefore(),
        queue.usable(),
        held(),
        queue.lateBytes(),
        queue.waitedNanos(),
        segmentation.pushedBytes(),
        ackedBefore,
        Math.max(queue.start(), sender.una()),
        room.unread(),
        sender.knownEnd(),
        dataEnd(),
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
