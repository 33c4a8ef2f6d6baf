package dev.conntrace.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Notices where the clock of the capture was set.
 *
 * <p>Where time jumps ahead by a second or more, or back by 10 ms or more, the next segments of
 * each sender are heard as witnesses: does the sender's own clock, its TCP timestamps (RFC 7323 4),
 * say that as much time has passed since its last segment before? Without timestamps a jump back is
 * contradicted by news that carries an earlier time than what went before it, and a jump ahead by a
 * retransmission timer that stayed silent. The clock was set if a witness contradicts it and none
 * bears it out: a capture that is only out of order, or a pause, has none that contradict.
 */
final class CaptureClock {
  private static final long LEAST_AHEAD_NANOS = 1_000_000_000;
  static final long LEAST_BACK_NANOS = 10_000_000;

  /** How many segments are heard before it is decided. */
  private static final int HEARD = 64;

  private final ClockWitness witness = new ClockWitness();
  private final @Nullable Connection[] contradicted = new @Nullable Connection[HEARD];
  private int contradictions;
  private int left;
  private long frame;
  private boolean doubted;
  private long steps;
  private FirstFrames frames = FirstFrames.NONE;

  /** Takes note of the time of a segment and of the one before it. */
  void pass(long previousNanos, long nanos, long frame) {
    long step = nanos - previousNanos;
    if (step >= LEAST_AHEAD_NANOS || step <= -LEAST_BACK_NANOS) {
      decide();
      this.frame = frame;
      left = HEARD;
      witness.begin(frame, step);
    }
    doubted = false;
  }

  /** Returns whether there was a jump of which not all witnesses were heard. */
  boolean isHearing() {
    return left > 0;
  }

  /** Hears what a segment says of the last jump, before it is applied to its connection. */
  void hear(FlowSegment segment) {
    left--;
    switch (witness.ask(segment)) {
      case BEARS_OUT -> forget();
      case CONTRADICTS -> {
        contradicted[contradictions++] = segment.connection();
        doubted = true;
      }
      case KNOWS_NOTHING -> {}
    }
    if (left == 0) {
      decide();
    }
  }

  /** Decides with the witnesses heard so far. */
  void decide() {
    left = 0;
    if (contradictions == 0) {
      return;
    }
    steps++;
    frames = frames.with(frame);
    for (int i = 0; i < contradictions; i++) {
      Connection connection = contradicted[i];
      if (connection != null) {
        connection.noteClockStep(frame);
      }
    }
    forget();
  }

  private void forget() {
    Arrays.fill(contradicted, 0, contradictions, null);
    contradictions = 0;
    left = 0;
  }

  /** Returns whether the present segment's sender contradicts the capture's clock. */
  boolean isDoubted() {
    return doubted;
  }

  /** Returns how often the clock was set. */
  long steps() {
    return steps;
  }

  /** Returns the first frames that came after. */
  FirstFrames frames() {
    return frames;
  }
}
