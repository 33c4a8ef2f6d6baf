package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares whose bytes came before whose. Where both sides send as they like that is chance; where
 * one waits for the other's answer it is the dialogue itself.
 */
final class DiffTurns {
  private DiffTurns() {}

  /** What one side sends before the other does; {@code end} is the position after the last byte. */
  private record Turn(Side side, long start, long end, DiffSegment begin) {
    Turn goesOnWith(DiffSegment segment) {
      return new Turn(side, Math.min(start, segment.start()), Math.max(end, segment.end()), begin);
    }

    boolean isSameAs(Turn other) {
      return side == other.side && start == other.start && end == other.end;
    }
  }

  /** Tells of the first turn that differs; with other bytes the turns differ in any case. */
  static void compare(DiffNotes.Of notes) {
    for (Side side : Side.values()) {
      if (notes.comparableEnd(side) != Long.MAX_VALUE) {
        return;
      }
    }
    List<Turn> first = turns(notes.first());
    List<Turn> second = turns(notes.second());
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      if (!first.get(i).isSameAs(second.get(i))) {
        add(notes, first.get(i), second.get(i));
        return;
      }
    }
  }

  private static List<Turn> turns(DiffConnection connection) {
    List<Turn> turns = new ArrayList<>();
    for (DiffSegment segment : connection.segments()) {
      if (!segment.bringsNewBytes()) {
        continue;
      }
      int last = turns.size() - 1;
      if (last >= 0 && turns.get(last).side() == segment.from()) {
        turns.set(last, turns.get(last).goesOnWith(segment));
      } else {
        turns.add(new Turn(segment.from(), segment.start(), segment.end(), segment));
      }
    }
    return turns;
  }

  private static void add(DiffNotes.Of notes, Turn one, Turn other) {
    String text =
        one.side() == other.side()
            ? notes.whose(true, one.side())
                + " sends "
                + DiffWords.bytes(one.start(), one.end())
                + " before the "
                + one.side().opposite().id()
                + " goes on, "
                + notes.name(false)
                + "'s sends "
                + DiffWords.bytes(other.start(), other.end())
            : "the "
                + one.side().id()
                + " sends first in "
                + notes.name(true)
                + ", the "
                + other.side().id()
                + " in "
                + notes.name(false);
    notes.add(
        DiffAspect.TURNS,
        one.side() == other.side() ? one.side() : null,
        text,
        List.of(one.begin().frame()),
        List.of(other.begin().frame()));
  }
}
