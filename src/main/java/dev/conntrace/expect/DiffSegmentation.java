package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Compares how the same bytes of one side were cut into segments. */
final class DiffSegmentation {
  /** How many places are named for one side. */
  private static final int MOST_PLACES = 3;

  private final DiffNotes.Of notes;
  private final Side side;
  private final List<DiffSegment> first;
  private final List<DiffSegment> second;
  private int places;

  private DiffSegmentation(DiffNotes.Of notes, Side side) {
    this.notes = notes;
    this.side = side;
    first = cuts(notes.first(), side, notes.comparableEnd(side));
    second = cuts(notes.second(), side, notes.comparableEnd(side));
  }

  static void compare(DiffNotes.Of notes, Side side) {
    DiffSegmentation segmentation = new DiffSegmentation(notes, side);
    segmentation.compare();
    segmentation.addRest();
  }

  /** Returns what brings the bytes that both have, in the order of their positions. */
  private static List<DiffSegment> cuts(DiffConnection connection, Side side, long end) {
    List<DiffSegment> cuts = new ArrayList<>();
    for (DiffSegment segment : connection.segments()) {
      if (segment.from() == side && segment.bringsNewBytes() && segment.end() <= end) {
        cuts.add(segment);
      }
    }
    cuts.sort(Comparator.comparingLong(DiffSegment::start));
    return cuts;
  }

  private void compare() {
    int i = 0;
    int j = 0;
    while (i < first.size() && j < second.size()) {
      long start = first.get(i).start();
      long otherStart = second.get(j).start();
      if (start != otherStart) {
        // Bytes that came as new in one of them only: lost there before the capture saw them.
        i += start < otherStart ? 1 : 0;
        j += otherStart < start ? 1 : 0;
        continue;
      }
      int fromFirst = i++;
      int fromSecond = j++;
      while (endOf(first, i) != endOf(second, j)) {
        boolean firstIsBehind = endOf(first, i) < endOf(second, j);
        if (firstIsBehind && goesOn(first, i)) {
          i++;
        } else if (!firstIsBehind && goesOn(second, j)) {
          j++;
        } else {
          break;
        }
      }
      if (endOf(first, i) == endOf(second, j)) {
        comparePlace(first.subList(fromFirst, i), second.subList(fromSecond, j));
      }
    }
  }

  /** Returns where the bytes end that the segments before {@code next} bring. */
  private static long endOf(List<DiffSegment> segments, int next) {
    return segments.get(next - 1).end();
  }

  /** Returns whether the segment at {@code next} begins where the one before it ends. */
  private static boolean goesOn(List<DiffSegment> segments, int next) {
    return next < segments.size() && segments.get(next).start() == endOf(segments, next);
  }

  private void comparePlace(List<DiffSegment> one, List<DiffSegment> other) {
    if (one.size() != other.size() || !haveSameEnds(one, other)) {
      addPlace(one, other);
    } else if (one.size() == 1) {
      compareFlag(one.get(0), other.get(0), TcpFlags.PSH, "PSH");
      compareFlag(one.get(0), other.get(0), TcpFlags.URG, "URG");
      compareFlag(one.get(0), other.get(0), TcpFlags.FIN, "FIN");
    }
  }

  private static boolean haveSameEnds(List<DiffSegment> one, List<DiffSegment> other) {
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i).start() != other.get(i).start() || one.get(i).end() != other.get(i).end()) {
        return false;
      }
    }
    return true;
  }

  private void addPlace(List<DiffSegment> one, List<DiffSegment> other) {
    long start = Math.min(one.get(0).start(), other.get(0).start());
    String bytes = DiffWords.bytes(start, one.get(one.size() - 1).end());
    String text =
        one.size() == other.size()
            ? notes.whose(false, side)
                + " cuts "
                + bytes
                + " into "
                + DiffWords.count(one.size(), "segment")
                + " of other lengths than "
                + notes.name(true)
                + "'s"
            : notes.whose(false, side)
                + " sends "
                + bytes
                + " in "
                + DiffWords.count(other.size(), "segment")
                + " where "
                + notes.name(true)
                + "'s sends "
                + one.size()
                + " (same bytes)";
    add(text, one, other);
  }

  private void compareFlag(DiffSegment one, DiffSegment other, int flag, String name) {
    if (one.has(flag) != other.has(flag)) {
      add(
          notes.whose(!other.has(flag), side)
              + " sets "
              + name
              + " on "
              + one.words()
              + ", "
              + notes.name(other.has(flag))
              + "'s does not",
          List.of(one),
          List.of(other));
    }
  }

  private void add(String text, List<DiffSegment> one, List<DiffSegment> other) {
    if (++places <= MOST_PLACES) {
      notes.add(DiffAspect.SEGMENTS, side, text, DiffWords.frames(one), DiffWords.frames(other));
    }
  }

  private void addRest() {
    if (places > MOST_PLACES) {
      notes.add(
          DiffAspect.SEGMENTS,
          side,
          notes.whose(false, side)
              + " cuts its bytes otherwise than "
              + notes.name(true)
              + "'s in "
              + DiffWords.count(places - MOST_PLACES, "more place"));
    }
  }
}
