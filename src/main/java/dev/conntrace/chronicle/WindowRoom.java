package dev.conntrace.chronicle;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.StreamBuffers.Peak;

/**
 * How far a receiver acknowledges without giving new room: while the right edge of its window
 * stands still, what it acknowledges stays in its queue, unread, or the room is not offered yet
 * (RFC 9293 3.8.6.2.2).
 */
final class WindowRoom {
  private long edge;
  private long ackAtEdge;
  private long unread;
  private long mostUnread;
  private long mostUnreadFrame;

  /** Begins with what the receiver has announced so far. */
  WindowRoom(Announcement announced, long firstByte) {
    edge = announced.edge();
    ackAtEdge = Math.max(firstByte, announced.ack());
  }

  /** Takes in an acknowledgement of the receiver. */
  void take(FlowSegment ack) {
    boolean scaled = ack.isSyn() || ack.sender().offer().isScaleSettled();
    if (!scaled || ack.receiver().closing().isCoveredBy(ack.ackRel())) {
      // Once everything is there, room for more means nothing.
      unread = 0;
      return;
    }
    long newEdge = ack.ackRel() + ack.windowBytes();
    if (newEdge > edge) {
      edge = newEdge;
      ackAtEdge = ack.ackRel();
    }
    unread = Math.max(0, ack.ackRel() - ackAtEdge);
    if (unread > mostUnread) {
      mostUnread = unread;
      mostUnreadFrame = ack.frame();
    }
  }

  /** Returns how much was acknowledged since the right edge moved last. */
  long unread() {
    return unread;
  }

  Peak mostUnread() {
    return new Peak(mostUnread, mostUnreadFrame);
  }
}
