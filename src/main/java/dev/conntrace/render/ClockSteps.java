package dev.conntrace.render;

import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.ConnectionReport;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Before which segments of a connection the capture's clock was set, as far as frames are named.
 */
final class ClockSteps {
  /** What to say of the first segment behind a step. */
  static final String WORDS =
      "the capture's clock was set before this: how long it really took is not known";

  private final Deque<Long> frames = new ArrayDeque<>();

  ClockSteps(ConnectionReport report) {
    for (CaptureQuality quality : report.quality()) {
      if (quality.problem() == Problem.CLOCK_STEP) {
        frames.addAll(quality.frames());
      }
    }
  }

  /** Returns whether there is any. */
  boolean any() {
    return !frames.isEmpty();
  }

  /** Returns whether a step lies between this frame and the ones asked for before. */
  boolean isBehind(long frame) {
    boolean behind = false;
    while (!frames.isEmpty() && frames.getFirst() <= frame) {
      frames.removeFirst();
      behind = true;
    }
    return behind;
  }
}
