package dev.conntrace.chronicle;

import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.Stall;
import dev.conntrace.trace.StallCause;
import dev.conntrace.trace.StallEnd;

/** One stall while it lasts, and afterwards in the list; refilled, so that many cost no garbage. */
final class StallEntry {
  Side side = Side.CLIENT;
  StallCause cause = StallCause.WINDOW_FULL;
  StallEnd endedBy = StallEnd.CAPTURE_END;
  boolean shown;
  long startFrame;
  long startNanos;
  long closedFrame;
  long endFrame;
  long resumedFrame;
  long resumedNanos;
  long waitedNanos;
  long waitingBytes;
  int probes;
  int fills;

  void begin(Side side, StallCause cause, long frame, long nanos) {
    this.side = side;
    this.cause = cause;
    endedBy = StallEnd.CAPTURE_END;
    shown = false;
    startFrame = frame;
    startNanos = nanos;
    closedFrame = 0;
    endFrame = 0;
    resumedFrame = 0;
    resumedNanos = 0;
    waitedNanos = 0;
    waitingBytes = 0;
    probes = 0;
    fills = 1;
  }

  /** States what ended it; whether anything was sent at once is not known yet. */
  void end(StallEnd by, long frame) {
    endedBy = by;
    endFrame = frame;
    resumedFrame = 0;
  }

  Stall report(boolean timed) {
    return new Stall(
        side,
        cause,
        shown,
        startFrame,
        closedFrame,
        endFrame,
        resumedFrame,
        timed ? startNanos : SegmentFacts.NO_TIMESTAMP,
        timed ? waitedNanos : 0,
        endedBy,
        probes,
        fills,
        waitingBytes);
  }
}
