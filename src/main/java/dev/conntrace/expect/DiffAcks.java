package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import java.util.ArrayList;
import java.util.List;

/** Compares the segments of one side that do nothing but acknowledge. */
final class DiffAcks {
  private DiffAcks() {}

  static void compare(DiffNotes.Of notes, Side side) {
    List<DiffSegment> first = pureAcks(notes.first(), side);
    List<DiffSegment> second = pureAcks(notes.second(), side);
    if (first.size() != second.size()) {
      add(
          notes,
          side,
          notes.whose(false, side)
              + " sends "
              + DiffWords.count(second.size(), "pure ACK")
              + " where "
              + notes.name(true)
              + "'s sends "
              + first.size(),
          first,
          second);
      return;
    }
    for (int i = 0; i < first.size(); i++) {
      DiffSegment one = first.get(i);
      DiffSegment other = second.get(i);
      if (one.ackRel() != other.ackRel()) {
        String text =
            notes.whose(true, side)
                + " acknowledges up to byte "
                + (one.ackRel() - 1)
                + " where "
                + notes.name(false)
                + "'s acknowledges up to byte "
                + (other.ackRel() - 1);
        add(notes, side, text, List.of(one), List.of(other));
        return;
      }
    }
  }

  private static List<DiffSegment> pureAcks(DiffConnection connection, Side side) {
    List<DiffSegment> acks = new ArrayList<>();
    for (DiffSegment segment : connection.segments()) {
      if (segment.from() == side && segment.isPureAck()) {
        acks.add(segment);
      }
    }
    return acks;
  }

  private static void add(
      DiffNotes.Of notes,
      Side side,
      String text,
      List<DiffSegment> first,
      List<DiffSegment> second) {
    notes.add(DiffAspect.ACKS, side, text, DiffWords.frames(first), DiffWords.frames(second));
  }
}
