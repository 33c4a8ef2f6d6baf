package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins the verdicts on a segment to one sentence. */
final class VerdictWords {
  private static final int LAST_PLACE = 2;

  private VerdictWords() {}

  /** Adds the verdicts, and how sure they are. */
  static void addTo(Prose prose, SegmentSeen event) {
    List<Annotation> annotations = told(event.annotations());
    for (int i = 0; i < annotations.size(); i++) {
      prose.then(i > 0 && isReasonOf(annotations.get(i), annotations.get(i - 1)) ? ": " : "; ");
      addVerdict(prose, annotations.get(i), event.segment());
    }
  }

  /** Returns the verdicts in reading order, without those of which another one says more. */
  static List<Annotation> told(List<Annotation> annotations) {
    if (annotations.size() < 2) {
      return annotations;
    }
    List<Annotation> told = new ArrayList<>(annotations.size());
    for (Annotation annotation : inReadingOrder(annotations)) {
      if (!isSaidBetter(annotation.kind(), annotations)) {
        told.add(annotation);
      }
    }
    return told;
  }

  private static boolean isSaidBetter(AnnotationKind kind, List<Annotation> annotations) {
    return switch (kind) {
      // What it was the first time.
      case SYN, SYN_ACK, FIN -> contains(annotations, AnnotationKind.RETRANSMISSION);
      case FIN_RETRANSMISSION ->
          contains(annotations, AnnotationKind.TIMEOUT_RETRANSMISSION)
              || contains(annotations, AnnotationKind.FAST_RETRANSMISSION)
              || contains(annotations, AnnotationKind.SPURIOUS_RETRANSMISSION);
      case DUPLICATE_ACK -> contains(annotations, AnnotationKind.CHALLENGE_ACK);
      case FIN_ACKED -> contains(annotations, AnnotationKind.CLOSE_COMPLETE);
      default -> false;
    };
  }

  /**
   * Returns the verdicts in the order in which they make a sentence: that it is a retransmission,
   * why, and circumstances last.
   */
  private static List<Annotation> inReadingOrder(List<Annotation> annotations) {
    if (annotations.size() < 2) {
      return annotations;
    }
    List<Annotation> ordered = new ArrayList<>(annotations.size());
    for (int place = 0; place <= LAST_PLACE; place++) {
      for (Annotation annotation : annotations) {
        if (placeOf(annotation.kind()) == place) {
          ordered.add(annotation);
        }
      }
    }
    return ordered;
  }

  private static int placeOf(AnnotationKind kind) {
    return switch (kind) {
      case RETRANSMISSION -> 0;
      case SACK, STRETCH_ACK, DELAYED_ACK -> LAST_PLACE;
      default -> 1;
    };
  }

  private static boolean contains(List<Annotation> annotations, AnnotationKind kind) {
    for (Annotation annotation : annotations) {
      if (annotation.kind() == kind) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the verdicts say already what the segment acknowledges. */
  static boolean nameAcknowledgement(SegmentSeen event) {
    return event.is(AnnotationKind.FIN_ACKED) || event.is(AnnotationKind.CLOSE_COMPLETE);
  }

  private static boolean isReasonOf(Annotation annotation, Annotation before) {
    if (before.kind() != AnnotationKind.RETRANSMISSION) {
      return false;
    }
    return switch (annotation.kind()) {
      case RETRANSMISSION,
          FAST_RETRANSMISSION,
          TIMEOUT_RETRANSMISSION,
          TAIL_LOSS_PROBE,
          SYN_RETRANSMISSION,
          FIN_RETRANSMISSION ->
          true;
      default -> false;
    };
  }

  /**
   * Returns whether the verdicts alone say what the segment is, and with it which bytes it holds.
   */
  static boolean tellWhatItIs(SegmentSeen event) {
    for (Annotation annotation : event.annotations()) {
      if (event.segment().length() > 0
          ? namesBytes(annotation.kind())
          : namesSegment(annotation.kind())) {
        return true;
      }
    }
    return false;
  }

  private static boolean namesBytes(AnnotationKind kind) {
    return switch (kind) {
      case RETRANSMISSION, OUT_OF_ORDER, DUPLICATE_PACKET, KEEP_ALIVE, ZERO_WINDOW_PROBE -> true;
      default -> false;
    };
  }

  private static boolean namesSegment(AnnotationKind kind) {
    return switch (kind) {
      case PREVIOUS_SEGMENT_MISSING,
          ACKED_UNSEEN_SEGMENT,
          STRETCH_ACK,
          SACK,
          DSACK,
          SACK_INVALID,
          SACK_RENEGING,
          DELAYED_ACK,
          ZERO_WINDOW,
          WINDOW_SHRUNK,
          IDLE_RESTART,
          ECN_CE,
          ECN_ECHO,
          CWR,
          ICMP_UNREACHABLE,
          FRAGMENTATION_NEEDED,
          HALF_CLOSE,
          TIME_WAIT,
          DATA_AFTER_CLOSE ->
          false;
      default -> true;
    };
  }

  private static void addVerdict(Prose prose, Annotation annotation, SegmentFacts segment) {
    prose.add(colour(annotation.kind()), annotation.text(segment));
    if (annotation.confidence() == Confidence.CERTAIN) {
      return;
    }
    AnnotationKind alternative = annotation.alternative();
    CaptureQuality.Problem doubt = annotation.doubt();
    prose.add(
        Meaning.DIM,
        " ("
            + annotation.confidence().id()
            + (alternative == null ? "" : "; could be " + alternative.id())
            + (doubt == null ? "" : "; " + QualityWords.asReason(doubt))
            + ")");
  }

  private static @Nullable Meaning colour(AnnotationKind kind) {
    if (Emphasis.of(kind).standsOut()) {
      return Emphasis.of(kind).meaning();
    }
    return kind == AnnotationKind.HANDSHAKE_COMPLETE || kind == AnnotationKind.CLOSE_COMPLETE
        ? Meaning.GOOD
        : null;
  }

  /**
   * Adds the ids of what stands out: they are what {@code explain} and the selection options
   * understand.
   */
  static void addIds(Prose prose, SegmentSeen event) {
    StringBuilder ids = new StringBuilder();
    EnumSet<AnnotationKind> named = EnumSet.noneOf(AnnotationKind.class);
    for (Annotation annotation : inReadingOrder(event.annotations())) {
      AnnotationKind kind = annotation.kind();
      if (Emphasis.of(kind).standsOut() && named.add(kind)) {
        ids.append(ids.length() == 0 ? " [" : " ").append(kind.id());
      }
    }
    if (ids.length() > 0) {
      prose.add(Meaning.DIM, ids.append(']').toString());
    }
  }
}
