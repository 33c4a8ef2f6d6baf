package dev.conntrace.expect;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what was found of one side's segments. What two captures found of the same bytes belongs
 * together; what is not a matter of bytes, the first with the first.
 */
final class DiffFindings {
  /** What was found of a segment, as far as it belongs here. */
  private record Found(DiffSegment segment, List<AnnotationKind> kinds) {
    AnnotationKind first() {
      return kinds.get(0);
    }
  }

  private final DiffNotes.Of notes;
  private final Side side;
  private final boolean sameEnd;

  private DiffFindings(DiffNotes.Of notes, Side side) {
    this.notes = notes;
    this.side = side;
    Closed first = notes.first().report().closed();
    Closed second = notes.second().report().closed();
    sameEnd = (first == Closed.RESET) == (second == Closed.RESET);
  }

  static void compare(DiffNotes.Of notes, Side side) {
    DiffFindings findings = new DiffFindings(notes, side);
    findings.compareEach();
    findings.compareCounts();
  }

  private void compareEach() {
    List<Found> first = found(notes.first());
    List<Found> second = found(notes.second());
    Map<String, Deque<Found>> waiting = new HashMap<>();
    for (Found found : second) {
      waiting.computeIfAbsent(key(found), none -> new ArrayDeque<>()).add(found);
    }
    List<Found> onlyFirst = new ArrayList<>();
    for (Found found : first) {
      Deque<Found> same = waiting.get(key(found));
      Found other = same == null ? null : same.poll();
      if (other == null) {
        onlyFirst.add(found);
      } else if (!found.kinds().equals(other.kinds())) {
        addOther(found, other);
      }
    }
    List<Found> onlySecond = new ArrayList<>();
    waiting.values().forEach(onlySecond::addAll);
    onlySecond.sort(Comparator.comparingLong(found -> found.segment().frame()));
    addOnly(onlyFirst, true);
    addOnly(onlySecond, false);
  }

  private List<Found> found(DiffConnection connection) {
    List<Found> all = new ArrayList<>();
    for (DiffSegment segment : connection.segments()) {
      if (segment.from() == side) {
        List<AnnotationKind> kinds = new ArrayList<>();
        for (AnnotationKind kind : segment.kinds()) {
          if (DiffKinds.aspectOf(kind) == DiffAspect.FINDINGS
              && (sameEnd || kind != AnnotationKind.RESET)) {
            kinds.add(kind);
          }
        }
        if (!kinds.isEmpty()) {
          kinds.sort(null);
          all.add(new Found(segment, kinds));
        }
      }
    }
    return all;
  }

  /** Beyond the first byte that differs, positions say nothing. */
  private String key(Found found) {
    DiffSegment segment = found.segment();
    if (segment.length() == 0) {
      return segment.words() + " " + found.first();
    }
    return segment.end() <= notes.comparableEnd(side)
        ? segment.words() + (segment.isRepeated() ? " again" : "")
        : found.first().id();
  }

  private void addOther(Found one, Found other) {
    notes.add(
        DiffAspect.FINDINGS,
        side,
        one.segment().words()
            + " of the "
            + side.id()
            + ": "
            + ids(one.kinds())
            + " in "
            + notes.name(true)
            + ", "
            + ids(other.kinds())
            + " in "
            + notes.name(false),
        DiffWords.frames(List.of(one.segment())),
        DiffWords.frames(List.of(other.segment())));
  }

  private void addOnly(List<Found> only, boolean isFirst) {
    Map<List<AnnotationKind>, List<DiffSegment>> alike = new LinkedHashMap<>();
    for (Found found : only) {
      alike.computeIfAbsent(found.kinds(), none -> new ArrayList<>()).add(found.segment());
    }
    alike.forEach(
        (kinds, segments) -> {
          List<Long> frames = DiffWords.frames(segments);
          notes.add(
              DiffAspect.FINDINGS,
              side,
              notes.whose(isFirst, side)
                  + " "
                  + phrase(kinds, segments)
                  + ", "
                  + notes.name(!isFirst)
                  + "'s does not",
              isFirst ? frames : List.of(),
              isFirst ? List.of() : frames);
        });
  }

  private static String phrase(List<AnnotationKind> kinds, List<DiffSegment> segments) {
    String what = DiffWords.ranges(segments);
    String times = segments.size() == 1 ? "" : " " + segments.size() + " times";
    if (kinds.contains(AnnotationKind.RETRANSMISSION)) {
      List<AnnotationKind> more = new ArrayList<>(kinds);
      more.remove(AnnotationKind.RETRANSMISSION);
      return "retransmits " + what + (more.isEmpty() ? "" : " (" + ids(more) + ")");
    }
    return switch (kinds.get(0)) {
      case OUT_OF_ORDER -> "has " + what + " arrive out of order";
      case DUPLICATE_PACKET -> "has " + what + " in the capture again";
      case ZERO_WINDOW -> "closes its window" + times;
      case ZERO_WINDOW_PROBE -> "probes a closed window" + times;
      case KEEP_ALIVE -> "sends " + DiffWords.count(segments.size(), "keep-alive");
      case RESET -> "sends " + DiffWords.count(segments.size(), "RST");
      default -> "sends " + what + " marked " + ids(kinds);
    };
  }

  private static String ids(List<AnnotationKind> kinds) {
    StringBuilder ids = new StringBuilder();
    for (AnnotationKind kind : kinds) {
      ids.append(ids.length() == 0 ? "" : ", ").append(kind.id());
    }
    return ids.toString();
  }

  /** Of what hangs on milliseconds, the numbers alone are compared. */
  private void compareCounts() {
    Map<AnnotationKind, List<DiffSegment>> first = byKind(notes.first());
    Map<AnnotationKind, List<DiffSegment>> second = byKind(notes.second());
    for (AnnotationKind kind : AnnotationKind.values()) {
      List<DiffSegment> one = first.getOrDefault(kind, List.of());
      List<DiffSegment> other = second.getOrDefault(kind, List.of());
      DiffAspect aspect = DiffKinds.aspectOf(kind);
      if (aspect != null && one.size() != other.size()) {
        notes.add(
            aspect,
            side,
            kind.id()
                + " of the "
                + side.id()
                + ": "
                + one.size()
                + " in "
                + notes.name(true)
                + ", "
                + other.size()
                + " in "
                + notes.name(false),
            DiffWords.frames(one),
            DiffWords.frames(other));
      }
    }
  }

  private Map<AnnotationKind, List<DiffSegment>> byKind(DiffConnection connection) {
    Map<AnnotationKind, List<DiffSegment>> found = new HashMap<>();
    for (DiffSegment segment : connection.segments()) {
      if (segment.from() == side) {
        for (AnnotationKind kind : segment.kinds()) {
          DiffAspect aspect = DiffKinds.aspectOf(kind);
          if (aspect != null && aspect != DiffAspect.FINDINGS) {
            found.computeIfAbsent(kind, none -> new ArrayList<>()).add(segment);
          }
        }
      }
    }
    return found;
  }
}
