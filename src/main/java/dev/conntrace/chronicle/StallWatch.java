package dev.conntrace.chronicle;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Probing;
import dev.conntrace.flow.UsableWindow;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StallCause;
import dev.conntrace.trace.StallEnd;

/**
 * Watches one side for times in which it cannot send because the other's window does not allow it.
 *
 * <p>That a window is used up shows; that its sender had more to send shows only when it probes, or
 * sends as soon as it may. A full window after which nothing follows is no stall; a closed one is
 * told of, and not counted. A sender that uses up each piece of room at once is held up all the
 * time: that is one stall with many fills.
 */
final class StallWatch {
  /** A host that has something to send does so within this, beside the round trip. */
  private static final long PROMPT_NANOS = 10_000_000;

  /** Of a connection whose round trips nothing tells. */
  private static final long UNKNOWN_ROUND_TRIP_NANOS = 100_000_000;

  private enum Phase {
    FREE,
    BLOCKED,

    /** There is room again; what the sender makes of it decides. */
    OPENED
  }

  private final Side side;
  private final StallLog log;
  private StallEntry stall = new StallEntry();
  private Phase phase = Phase.FREE;
  private long blockedFrame;
  private long blockedNanos;
  private long openedFrame;
  private long openedNanos;
  private StallEnd openedBy = StallEnd.WINDOW_UPDATE;
  private long positionAtOpening;
  private boolean resumed;
  private boolean bursting;

  StallWatch(Side side, StallLog log) {
    this.side = side;
    this.log = log;
  }

  /** Takes in a segment of this side that says something new. */
  void send(FlowSegment segment) {
    if (phase == Phase.OPENED && !resumed) {
      resume(segment);
    }
    if (phase == Phase.OPENED && bursting) {
      stall.waitingBytes = Math.max(stall.waitingBytes, segment.endRel() - positionAtOpening);
    }
    if (phase != Phase.BLOCKED && !segment.isFin() && usesUp(segment)) {
      fill(segment);
    }
  }

  /** A FIN alone had perhaps not been waiting: its sender may have closed just now. */
  private void resume(FlowSegment segment) {
    long since = segment.timeNanos() - openedNanos;
    if (segment.length() == 0 || since > promptNanos(segment.receiver(), segment)) {
      finish();
      return;
    }
    resumed = true;
    stall.shown = true;
    stall.waitedNanos += segment.timeNanos() - blockedNanos;
    stall.end(openedBy, openedFrame);
    stall.resumedFrame = segment.frame();
    stall.resumedNanos = segment.timeNanos();
  }

  /** Returns how long after an announcement of {@code receiver} prompt data is seen, at most. */
  private static long promptNanos(Endpoint receiver, FlowSegment segment) {
    long roundTrip = Viewpoint.leastRoundTripNanos(receiver, segment.connection());
    return roundTrip == 0 ? UNKNOWN_ROUND_TRIP_NANOS : 2 * roundTrip + PROMPT_NANOS;
  }

  static boolean usesUp(FlowSegment segment) {
    Endpoint receiver = segment.receiver();
    return UsableWindow.isKnown(receiver)
        && receiver.announcement().currentEdge() - segment.endRel()
            < UsableWindow.leastBytes(segment.sender(), receiver);
  }

  private void fill(FlowSegment segment) {
    boolean goesOn =
        phase == Phase.OPENED
            && stall.cause == StallCause.WINDOW_FULL
            && segment.timeNanos() - stall.resumedNanos <= promptNanos(segment.receiver(), segment);
    if (goesOn) {
      stall.fills++;
      block(segment);
      return;
    }
    finish();
    begin(StallCause.WINDOW_FULL, segment);
  }

  private void begin(StallCause cause, FlowSegment segment) {
    stall.begin(side, cause, segment.frame(), segment.timeNanos());
    block(segment);
  }

  private void block(FlowSegment segment) {
    phase = Phase.BLOCKED;
    blockedFrame = segment.frame();
    blockedNanos = segment.timeNanos();
  }

  /** Takes in what the other side announces. */
  void hear(FlowSegment segment) {
    Announcement before = segment.sender().announcement();
    if (before.isKnown() && segment.ackRel() < before.ack()) {
      return;
    }
    bursting = false;
    if (segment.receiver().closing().finSent()) {
      end(StallEnd.CLOSE, segment);
      return;
    }
    if (isTooSmall(segment)) {
      close(segment);
    } else if (phase == Phase.BLOCKED && hasRoom(segment)) {
      open(segment);
    }
  }

  /** Returns whether the window is 0, or too small for a segment. */
  static boolean isTooSmall(FlowSegment segment) {
    return segment.segment().windowField() == 0
        || (UsableWindow.isKnown(segment.sender()) && segment.windowBytes() < leastBytes(segment));
  }

  /** Returns the least room in which the one who hears this announcement sends. */
  private static long leastBytes(FlowSegment announcement) {
    Endpoint sender = announcement.receiver();
    Endpoint receiver = announcement.sender();
    return UsableWindow.leastBytes(sender, receiver);
  }

  private static boolean hasRoom(FlowSegment segment) {
    if (!segment.sender().offer().isScaleSettled()) {
      return true;
    }
    long sent = Math.max(segment.receiver().knownEnd(), segment.ackRel());
    return segment.ackRel() + segment.windowBytes() - sent >= leastBytes(segment);
  }

  private void close(FlowSegment segment) {
    StallCause cause =
        segment.segment().windowField() == 0 ? StallCause.ZERO_WINDOW : StallCause.SMALL_WINDOW;
    boolean wasOpened = phase == Phase.OPENED;
    if (wasOpened && (resumed || stall.cause == StallCause.WINDOW_FULL)) {
      finish();
    } else if (wasOpened) {
      phase = Phase.BLOCKED;
    }
    if (phase == Phase.FREE) {
      begin(cause, segment);
    } else if (stall.cause == StallCause.WINDOW_FULL && stall.fills > 1) {
      splitRun(cause);
    }
    if (stall.cause.compareTo(cause) > 0) {
      stall.cause = cause;
    }
    if (stall.closedFrame == 0) {
      stall.closedFrame = segment.frame();
    }
  }

  /** The last fill of a run is the beginning of another stall: the window closes on it. */
  private void splitRun(StallCause cause) {
    stall = log.add(stall);
    stall.begin(side, cause, blockedFrame, blockedNanos);
  }

  private void open(FlowSegment segment) {
    Probing probing = segment.receiver().probing();
    boolean asked = probing.isAwaitingAnswer() && probing.lastWasWindowProbe();
    openedBy = asked ? StallEnd.PROBE_ANSWER : StallEnd.WINDOW_UPDATE;
    openedFrame = segment.frame();
    openedNanos = segment.timeNanos();
    phase = Phase.OPENED;
    resumed = false;
    positionAtOpening = Math.max(segment.receiver().knownEnd(), segment.ackRel());
    bursting = true;
  }

  /** Takes in a window probe of this side: it has something to send. */
  void probe() {
    if (phase != Phase.FREE) {
      stall.probes++;
      stall.shown = true;
    }
  }

  /** The connection ends, or this side has nothing more to send. */
  void end(StallEnd by, FlowSegment segment) {
    if (phase == Phase.BLOCKED) {
      end(by, segment.frame(), segment.timeNanos());
    }
    finish();
  }

  /** The capture is over. */
  void end(Connection connection) {
    if (phase == Phase.BLOCKED) {
      StallEnd by = connection.isFinished() ? StallEnd.CLOSE : StallEnd.CAPTURE_END;
      end(by, 0, connection.endNanos());
    }
    finish();
  }

  private void end(StallEnd by, long frame, long nanos) {
    stall.end(by, frame);
    stall.waitedNanos += nanos - blockedNanos;
    resumed = true;
    phase = Phase.OPENED;
  }

  private void finish() {
    if (phase == Phase.FREE) {
      return;
    }
    phase = Phase.FREE;
    if (!resumed && stall.cause == StallCause.WINDOW_FULL) {
      // Nothing shows that the last fill held anything up.
      stall.fills--;
    } else if (!resumed) {
      stall.end(openedBy, openedFrame);
      stall.waitedNanos += openedNanos - blockedNanos;
    }
    if (stall.shown || stall.cause == StallCause.ZERO_WINDOW) {
      stall = log.add(stall);
    }
  }
}
