package dev.conntrace.render;

import dev.conntrace.trace.AckCoverage;
import dev.conntrace.trace.Durations;
import org.jspecify.annotations.Nullable;

/** Which segments an acknowledgement newly covers, and how long they waited for it. In words. */
final class CoverageWords {
  private CoverageWords() {}

  /**
   * Adds the frames in parentheses: {@code (frame 4, after 5 us)}, {@code (frames 4-8, 5 segments,
   * 1 sent again, the oldest after 12 ms)}; nothing where none is known.
   */
  static void addFrames(Prose prose, @Nullable AckCoverage acks) {
    if (acks == null || acks.segments() == 0) {
      return;
    }
    prose.add(Meaning.FRAME, " (" + Counted.frames(acks.firstFrame(), acks.lastFrame()));
    boolean several = acks.segments() > 1;
    if (several) {
      prose.add(", " + (acks.isLeast() ? "at least " : "") + acks.segments() + " segments");
    }
    if (acks.resent() > 0) {
      prose.add(several ? ", " + acks.resent() + " sent again" : ", sent again");
    }
    if (acks.oldestWaitedNanos() != AckCoverage.UNKNOWN) {
      prose.add(several ? ", the oldest after " : ", after ");
      prose.add(Durations.text(acks.oldestWaitedNanos()));
    }
    prose.add(")");
  }

  /** Returns everything that is known of it, as a paragraph. */
  static Prose full(AckCoverage acks) {
    Prose prose = new Prose();
    prose.add(Counted.of(acks.bytes(), "byte"));
    if (acks.segments() > 0) {
      prose.add(" and the end of " + (acks.isLeast() ? "at least " : ""));
      prose.add(Counted.of(acks.segments(), "segment") + ", ");
      prose.add(Meaning.FRAME, Counted.frames(acks.firstFrame(), acks.lastFrame()));
    }
    if (acks.partlyFrame() != 0) {
      prose.add(acks.segments() > 0 ? ", and" : ":").add(" a part of that of ");
      prose.add(Meaning.FRAME, "frame " + acks.partlyFrame());
    }
    addWaiting(prose, acks);
    if (acks.resent() > 0) {
      prose.add("; sent more than once: " + Counted.of(acks.resent(), "segment"));
    }
    if (acks.unseenBytes() > 0) {
      prose.add("; not in the capture: " + acks.unseenBytes() + " of what it covers");
    }
    return prose;
  }

  private static void addWaiting(Prose prose, AckCoverage acks) {
    if (acks.oldestWaitedNanos() == AckCoverage.UNKNOWN) {
      return;
    }
    prose.add(acks.segments() > 1 ? "; the oldest had waited " : "; it had waited ");
    prose.add(Durations.text(acks.oldestWaitedNanos()));
    if (acks.segments() > 1 && acks.newestWaitedNanos() != AckCoverage.UNKNOWN) {
      prose.add(", the newest " + Durations.text(acks.newestWaitedNanos()));
    }
  }
}
