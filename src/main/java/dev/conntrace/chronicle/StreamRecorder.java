package dev.conntrace.chronicle;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.ByteArrival;
import dev.conntrace.trace.SackBlock;
import dev.conntrace.trace.StreamBuffers;
import dev.conntrace.trace.StreamBuffers.Peak;
import dev.conntrace.trace.StreamPosition;
import java.util.ArrayList;
import java.util.List;

/** The bytes of one direction: how they were cut up, sent, held and handed on. */
final class StreamRecorder {
  private final Endpoint sender;
  private final Segmentation segmentation = new Segmentation();
  private final ReceiveQueue queue;
  private final WindowRoom room;
  private long ackedBefore;
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
      countUnacknowledged(first, segment);
    }
    queue.arrive(arrival, first, end, segment);
    return arrival;
  }

  /** What was never captured may have been acknowledged as unseen: it does not count. */
  private void countUnacknowledged(long first, FlowSegment segment) {
    boolean advances = !sender.hasNxt() || first + segment.length() > sender.nxt();
    // Where nothing was ever acknowledged the acknowledgements were not captured.
    if (!advances || !sender.hasUna()) {
      return;
    }
    long bytes = sender.seen().overlap(ackedBefore, first) + segment.length();
    if (bytes > mostUnacknowledged) {
      mostUnacknowledged = bytes;
      mostUnacknowledgedFrame = segment.frame();
    }
  }

  /** Takes in an acknowledgement of this direction. */
  void confirm(FlowSegment ack, boolean reneges) {
    if (reneges) {
      queue.renege();
    }
    queue.confirm(ack);
    room.take(ack);
  }

  StreamBuffers report(boolean timed) {
    return new StreamBuffers(
        segmentation.segments(),
        segmentation.fullSized(),
        segmentation.pushRuns(),
        new Peak(mostUnacknowledged, mostUnacknowledgedFrame),
        queue.mostHeld(),
        room.mostUnread(),
        queue.late(dataEnd(), timed),
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
        queue.held().count(),
        !queue.held().isOverflown(),
        queue.held().bytes(),
        queue.lateBytes(),
        queue.waitedNanos(),
        ackedBefore,
        Math.max(queue.start(), sender.una()),
        sender.knownEnd(),
        dataEnd(),
        receiver.announcement().isKnown()
            ? receiver.announcement().windowBytes()
            : StreamPosition.NO_WINDOW,
        queue.isFar());
  }

  private List<SackBlock> held() {
    HeldRanges held = queue.held();
    int named = Math.min(StreamPosition.MOST_HELD, held.count());
    if (named == 0) {
      return List.of();
    }
    List<SackBlock> ranges = new ArrayList<>(named);
    for (int i = 0; i < named; i++) {
      ranges.add(new SackBlock(held.left(i), held.right(i)));
    }
    return ranges;
  }
}
