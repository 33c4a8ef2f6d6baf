package dev.conntrace.chronicle;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.UsableWindow;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StallCause;
import dev.conntrace.trace.StallEnd;
import org.jspecify.annotations.Nullable;

/**
 * Watches one side for times in which it cannot send because the other's window does not allow it.
 *
 * <p>That a window is used up shows; that its sender had more to send shows only when it probes, or
 * sends as soon as it may. A full window after which nothing follows is no stall; a closed one is
 * told of, and not counted. A sender that uses up each piece of room at once is held up all the
 * time: that is one stall with many fills.
 *
 * <p>What the other side announces counts from when this side can have heard of it: far from the
 * capture, a round trip later. So a stall is as long wherever the capture was taken.
 */
final class StallWatch {
  /** A host that has something to send does so within this. */
  private static final long PROMPT_NANOS = 10_000_000;

  /** Of a connection whose round trips nothing tells. */
  private static final long UNKNOWN_ROUND_TRIP_NANOS = 100_000_000;

  /** A sender that hears of room so soon is beside the capture. */
  private static final long NEAR_NANOS = 1_000_000;

  /** The least round trip measured may not be the least that there is. */
  private static final int UNCERTAIN_PART = 8;

  private enum Phase {
    FREE,
    BLOCKED,

    /** There is room again; what the sender makes of it decides. */
    OPENED
  }

  private final Side side;
  private final StallLog log;
  private @Nullable AnnouncementQueue underWay;
  private long mostDelayNanos = Long.MAX_VALUE;
  private long heardAck;
  private long heardEdge;
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

  StallWatch(Side side, Announcement last, StallLog log) {
    this.side = side;
    this.log = log;
    heardAck = last.ack();
    heardEdge = last.currentEdge();
  }

  /** Returns how long after an announcement seen here its effect on {@code sender} is seen here. */
  static long delayNanos(Endpoint sender, Connection connection) {
    long roundTrip = Viewpoint.leastRoundTripNanos(connection.peerOf(sender), connection);
    return roundTrip <= NEAR_NANOS ? 0 : roundTrip - roundTrip / UNCERTAIN_PART;
  }

  /** Takes in a segment of this side that says something new. */
  void send(FlowSegment segment) {
    if (underWay != null && segment.endRel() > heardEdge) {
      hearEarly(underWay, segment);
    }
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

  /** What is sent beyond the last edge proves that another was heard of, sooner than expected. */
  private void hearEarly(AnnouncementQueue waiting, FlowSegment segment) {
    Announced heard = waiting.heardBy(segment.timeNanos(), 0);
    while (heard != null) {
      mostDelayNanos = Math.min(mostDelayNanos, segment.timeNanos() - heard.nanos);
      heard.nanos = segment.timeNanos();
      hear(heard, segment.sender(), segment.connection());
      heard = segment.endRel() > heardEdge ? waiting.heardBy(segment.timeNanos(), 0) : null;
    }
  }

  /** A FIN alone had perhaps not been waiting: its sender may have closed just now. */
  private void resume(FlowSegment segment) {
    long since = segment.timeNanos() - openedNanos;
    if (segment.length() == 0 || since > promptNanos(segment)) {
      finish();
      return;
    }
    resumed = true;
    stall.shown = true;
    stall.waitedNanos += Math.max(0, segment.timeNanos() - blockedNanos);
    stall.end(openedBy, openedFrame);
    stall.resumedFrame = segment.frame();
    stall.resumedNanos = segment.timeNanos();
  }

  /** Returns how long after there is room prompt data is seen, at most. */
  private static long promptNanos(FlowSegment segment) {
    long roundTrip = Viewpoint.leastRoundTripNanos(segment.receiver(), segment.connection());
    return PROMPT_NANOS + (roundTrip == 0 ? UNKNOWN_ROUND_TRIP_NANOS : roundTrip);
  }

  private boolean usesUp(FlowSegment segment) {
    return UsableWindow.isKnown(segment.receiver())
        && heardEdge - segment.endRel()
            < UsableWindow.leastBytes(segment.sender(), segment.receiver());
  }

  private void fill(FlowSegment segment) {
    boolean goesOn =
        phase == Phase.OPENED
            && stall.cause == StallCause.WINDOW_FULL
            && segment.timeNanos() - stall.resumedNanos <= promptNanos(segment);
    if (goesOn) {
      stall.fills++;
      block(segment.frame(), segment.timeNanos());
      return;
    }
    finish();
    begin(StallCause.WINDOW_FULL, segment.frame(), segment.timeNanos());
  }

  private void begin(StallCause cause, long frame, long nanos) {
    stall.begin(side, cause, frame, nanos);
    block(frame, nanos);
  }

  private void block(long frame, long nanos) {
    phase = Phase.BLOCKED;
    blockedFrame = frame;
    blockedNanos = nanos;
  }

  /** Takes in what the other side announces now, which this side may hear only later. */
  void announce(Announced now, FlowSegment segment) {
    long delay = delayNanos(segment.receiver(), segment.connection());
    if (delay == 0) {
      hear(now, segment.receiver(), segment.connection());
      return;
    }
    if (underWay == null) {
      underWay = new AnnouncementQueue();
    }
    underWay.add(now, delay);
  }

  /** Takes in what this side has heard by {@code nanos}. */
  void listen(Endpoint sender, Connection connection, long nanos) {
    if (underWay == null) {
      return;
    }
    long delay = Math.min(mostDelayNanos, delayNanos(sender, connection));
    Announced heard = underWay.heardBy(nanos, delay);
    while (heard != null) {
      heard.nanos += delay;
      hear(heard, sender, connection);
      heard = underWay.heardBy(nanos, delay);
    }
  }

  private void hear(Announced heard, Endpoint sender, Connection connection) {
    if (heard.ack < heardAck) {
      return;
    }
    heardAck = heard.ack;
    heardEdge = heard.edge;
    bursting = false;
    if (sender.closing().finSent()) {
      end(StallEnd.CLOSE, heard.frame, heard.nanos);
      return;
    }
    long least = UsableWindow.leastBytes(sender, connection.peerOf(sender));
    if (heard.isTooSmall(least)) {
      close(heard);
    } else if (phase == Phase.BLOCKED && hasRoom(heard, sender, least)) {
      open(heard, sender);
    }
  }

  private static boolean hasRoom(Announced heard, Endpoint sender, long leastBytes) {
    return !heard.isScaled || heard.edge - Math.max(sender.knownEnd(), heard.ack) >= leastBytes;
  }

  private void close(Announced heard) {
    StallCause cause = heard.isClosed ? StallCause.ZERO_WINDOW : StallCause.SMALL_WINDOW;
    boolean wasOpened = phase == Phase.OPENED;
    if (wasOpened && (resumed || stall.cause == StallCause.WINDOW_FULL)) {
      finish();
    } else if (wasOpened) {
      phase = Phase.BLOCKED;
    }
    if (phase == Phase.FREE) {
      begin(cause, heard.frame, heard.nanos);
    } else if (stall.cause == StallCause.WINDOW_FULL && stall.fills > 1) {
      splitRun(cause);
    }
    if (stall.cause.compareTo(cause) > 0) {
      stall.cause = cause;
    }
    if (stall.closedFrame == 0) {
      stall.closedFrame = heard.frame;
    }
  }

  /** The last fill of a run is the beginning of another stall: the window closes on it. */
  private void splitRun(StallCause cause) {
    stall.fills--;
    stall = log.add(stall);
    stall.begin(side, cause, blockedFrame, blockedNanos);
  }

  private void open(Announced heard, Endpoint sender) {
    openedBy = heard.wasAskedFor ? StallEnd.PROBE_ANSWER : StallEnd.WINDOW_UPDATE;
    openedFrame = heard.frame;
    openedNanos = heard.nanos;
    phase = Phase.OPENED;
    resumed = false;
    positionAtOpening = Math.max(sender.knownEnd(), heard.ack);
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
  void end(StallEnd by, long frame, long nanos) {
    if (phase == Phase.BLOCKED) {
      stall.end(by, frame);
      stall.waitedNanos += Math.max(0, nanos - blockedNanos);
      resumed = true;
    }
    finish();
  }

  /** The capture is over. */
  void end(Endpoint sender, Connection connection) {
    listen(sender, connection, connection.endNanos());
    end(connection.isFinished() ? StallEnd.CLOSE : StallEnd.CAPTURE_END, 0, connection.endNanos());
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
      stall.waitedNanos += Math.max(0, openedNanos - blockedNanos);
    }
    if (stall.shown || stall.cause == StallCause.ZERO_WINDOW) {
      stall = log.add(stall);
    }
  }
}
