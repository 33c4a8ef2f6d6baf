package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.wire.TcpFlags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises segments of one side that say once more what the side said just before: the tenth
 * duplicate ACK, the next segment that uses the window up, the next RST to a socket that is gone.
 */
final class Repetition {
  /** So many of a kind are shown before more of them are folded away. */
  private static final int SHOWN = 2;

  private @Nullable SegmentSeen shown;
  private int times;

  /** Takes note of a segment that was shown because something about it stands out. */
  void shown(SegmentSeen event) {
    times = isLike(event) ? times + 1 : 1;
    shown = event;
  }

  /** Returns whether the reader has seen enough of these. */
  boolean isMoreOfTheSame(SegmentSeen event) {
    return times >= SHOWN && isLike(event);
  }

  private boolean isLike(SegmentSeen event) {
    SegmentSeen before = shown;
    if (before != null && onlyFillsWindow(event) && onlyFillsWindow(before)) {
      return true;
    }
    return before != null
        && isRepeatable(event)
        && event.segment().flags() == before.segment().flags()
        && event.segment().length() == 0
        && (isReset(event.segment()) || event.segment().ackRel() == before.segment().ackRel())
        && sameKinds(event.annotations(), before.annotations());
  }

  /** A sender that is always held up by a small window fills it with each segment. */
  private static boolean onlyFillsWindow(SegmentSeen event) {
    boolean fills = false;
    for (Annotation annotation : event.annotations()) {
      boolean full = annotation.kind() == AnnotationKind.WINDOW_FULL;
      if (!full && Emphasis.of(annotation.kind()) != Emphasis.QUIET) {
        return false;
      }
      fills |= full;
    }
    return fills;
  }

  private static boolean isRepeatable(SegmentSeen event) {
    for (Annotation annotation : event.annotations()) {
      switch (annotation.kind()) {
        case DUPLICATE_ACK, SACK, DSACK, STALE_ACK, RESET, RESET_IGNORED, DATA_AFTER_CLOSE -> {}
        default -> {
          return false;
        }
      }
    }
    return !event.annotations().isEmpty();
  }

  private static boolean isReset(SegmentFacts segment) {
    return segment.has(TcpFlags.RST);
  }

  private static boolean sameKinds(List<Annotation> some, List<Annotation> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i).kind() != others.get(i).kind()) {
        return false;
      }
    }
    return true;
  }
}
