package dev.conntrace.expect;

import dev.conntrace.trace.Durations;
import dev.conntrace.trace.SegmentFacts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares when segments came: how long each that both captures have took after the one before it.
 * Acknowledgements and repetitions have no counterpart in general, and are left out.
 */
final class DiffTimes {
  /** How many pauses are named for one connection. */
  private static final int MOST_PAUSES = 3;

  /** A segment and its counterpart. */
  private record Step(DiffSegment first, DiffSegment second) {}

  private final DiffNotes.Of notes;
  private int pauses;

  private DiffTimes(DiffNotes.Of notes) {
    this.notes = notes;
  }

  static void compare(DiffNotes.Of notes) {
    new DiffTimes(notes).compare();
  }

  private void compare() {
    Map<String, Deque<DiffSegment>> waiting = new HashMap<>();
    for (DiffSegment segment : notes.second().segments()) {
      if (isTimed(segment)) {
        waiting.computeIfAbsent(key(segment), none -> new ArrayDeque<>()).add(segment);
      }
    }
    Step before = null;
    for (DiffSegment segment : notes.first().segments()) {
      Deque<DiffSegment> same = isTimed(segment) ? waiting.get(key(segment)) : null;
      DiffSegment other = same == null ? null : same.poll();
      if (other != null) {
        Step step = new Step(segment, other);
        compare(before, step);
        before = step;
      }
    }
    if (pauses == 0) {
      compareDurations();
    } else if (pauses > MOST_PAUSES) {
      notes.add(
          DiffAspect.TIMES,
          null,
          DiffWords.count(pauses - MOST_PAUSES, "more pause") + " differ in length");
    }
  }

  private static boolean isTimed(DiffSegment segment) {
    return segment.isStep() && segment.timeNanos() != SegmentFacts.NO_TIMESTAMP;
  }

  private static String key(DiffSegment segment) {
    return segment.from().id() + " " + segment.words();
  }

  private void compare(@Nullable Step before, Step step) {
    if (before == null) {
      return;
    }
    long one = step.first().timeNanos() - before.first().timeNanos();
    long other = step.second().timeNanos() - before.second().timeNanos();
    if (notes.tolerance().allows(one, other) || ++pauses > MOST_PAUSES) {
      return;
    }
    notes.add(
        DiffAspect.TIMES,
        step.first().from(),
        named(step.first())
            + " comes "
            + Durations.text(one)
            + " after "
            + named(before.first())
            + " in "
            + notes.name(true)
            + ", "
            + Durations.text(other)
            + " in "
            + notes.name(false),
        DiffWords.frames(List.of(step.first())),
        DiffWords.frames(List.of(step.second())));
  }

  private static String named(DiffSegment segment) {
    return "the " + segment.from().id() + "'s " + segment.words().replaceFirst("^(the|an) ", "");
  }

  private void compareDurations() {
    long one = notes.first().report().durationNanos();
    long other = notes.second().report().durationNanos();
    if (!notes.tolerance().allows(one, other)) {
      notes.add(
          DiffAspect.TIMES,
          null,
          notes.name(true)
              + " lasts "
              + Durations.text(one)
              + ", "
              + notes.name(false)
              + " "
              + Durations.text(other));
    }
  }
}
