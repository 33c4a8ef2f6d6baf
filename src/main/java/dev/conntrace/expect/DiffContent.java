package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import java.util.List;

/** Compares the bytes that one side sent. */
final class DiffContent {
  private DiffContent() {}

  static void compare(DiffNotes.Of notes, Side side) {
    DiffStream first = notes.first().from(side);
    DiffStream second = notes.second().from(side);
    if (first.missing() != second.missing()) {
      compareMissing(notes, side, first.missing(), second.missing());
    } else if (!first.isSameAs(second)) {
      compareBytes(notes, side, first, second);
    }
  }

  private static void compareMissing(DiffNotes.Of notes, Side side, long first, long second) {
    notes.add(
        DiffAspect.CONTENT,
        side,
        notes.name(true)
            + " lacks "
            + DiffWords.count(first, "byte")
            + " of the "
            + side.id()
            + "'s stream, "
            + notes.name(false)
            + " lacks "
            + second);
  }

  private static void compareBytes(
      DiffNotes.Of notes, Side side, DiffStream first, DiffStream second) {
    if (first.isEmpty() || second.isEmpty()) {
      boolean isFirst = first.isEmpty();
      String bytes = DiffWords.count(isFirst ? second.bytes() : first.bytes(), "byte");
      notes.add(
          DiffAspect.CONTENT,
          side,
          notes.whose(isFirst, side) + " sends nothing, " + notes.name(!isFirst) + "'s " + bytes);
      return;
    }
    String text = "";
    if (first.bytes() != second.bytes()) {
      text =
          notes.whose(true, side)
              + " sends "
              + DiffWords.count(first.bytes(), "byte")
              + ", "
              + notes.name(false)
              + "'s "
              + second.bytes()
              + "; ";
    }
    long from = notes.comparableEnd(side);
    notes.add(
        DiffAspect.CONTENT,
        side,
        text + where(notes, side, from, first, second),
        holding(notes.first(), side, from),
        holding(notes.second(), side, from));
  }

  private static String where(
      DiffNotes.Of notes, Side side, long from, DiffStream first, DiffStream second) {
    if (first.knows(from) && second.knows(from)) {
      return String.format(
          "byte %d of the %s is 0x%02x in %s, 0x%02x in %s",
          from,
          side.id(),
          first.byteAt(from),
          notes.name(true),
          second.byteAt(from),
          notes.name(false));
    }
    long same = from - 1;
    boolean isPrefix = same == first.bytes() || same == second.bytes();
    String begin = same == 1 ? "the first is" : "the first " + same + " are";
    return isPrefix
        ? begin + " the same"
        : "the " + side.id() + "'s bytes differ somewhere after byte " + same;
  }

  private static List<Long> holding(DiffConnection connection, Side side, long position) {
    for (DiffSegment segment : connection.segments()) {
      if (segment.from() == side
          && segment.length() > 0
          && segment.start() <= position
          && position < segment.end()) {
        return List.of(segment.frame());
      }
    }
    return List.of();
  }
}
