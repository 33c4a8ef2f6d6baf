package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import java.util.EnumMap;
import java.util.Map;

/** Lists findings with their numbers, the gravest first. */
final class Findings {
  private static final Emphasis[] GRAVEST_FIRST = {
    Emphasis.ERROR, Emphasis.WARNING, Emphasis.NOTICE
  };

  private Findings() {}

  /** Returns those that a reader who looks for trouble wants to hear of, or {@code none}. */
  static Prose standingOut(Map<AnnotationKind, Long> counts, String none) {
    Prose prose = new Prose();
    for (Emphasis emphasis : GRAVEST_FIRST) {
      addAll(prose, counts, emphasis);
    }
    return prose.isEmpty() ? prose.add(Meaning.DIM, none) : prose;
  }

  /** Returns all of them in their own order. */
  static Prose all(Map<AnnotationKind, Long> counts) {
    Prose prose = new Prose();
    for (Map.Entry<AnnotationKind, Long> entry : counts.entrySet()) {
      Emphasis emphasis = Emphasis.of(entry.getKey());
      prose.then(", ");
      prose.add(emphasis.standsOut() ? emphasis.meaning() : null, text(entry));
    }
    return prose;
  }

  /**
   * Returns the gravest of those that stand out, as many as fit into {@code columns}, and how many
   * kinds are left out. The reasons of retransmissions are left to longer lists.
   */
  static Prose brief(Map<AnnotationKind, Long> counts, int columns, String none) {
    Map<AnnotationKind, Long> main = new EnumMap<>(AnnotationKind.class);
    for (Map.Entry<AnnotationKind, Long> entry : counts.entrySet()) {
      if (Emphasis.of(entry.getKey()).standsOut() && !isReason(entry.getKey())) {
        main.put(entry.getKey(), entry.getValue());
      }
    }
    Prose prose = new Prose();
    int left = main.size();
    for (Emphasis emphasis : GRAVEST_FIRST) {
      for (Map.Entry<AnnotationKind, Long> entry : main.entrySet()) {
        if (Emphasis.of(entry.getKey()) == emphasis) {
          String more = left > 1 ? ", +" + (left - 1) : "";
          // One is always named, though it takes a second line: a bare number says nothing.
          boolean fits = prose.length() + 2 + text(entry).length() + more.length() <= columns;
          if (!fits && !prose.isEmpty()) {
            return prose.then(", ").add("+" + left);
          }
          prose.then(", ").add(emphasis.meaning(), text(entry));
          left--;
        }
      }
    }
    return prose.isEmpty() ? prose.add(Meaning.DIM, none) : prose;
  }

  private static boolean isReason(AnnotationKind kind) {
    return switch (kind) {
      case FAST_RETRANSMISSION,
          TIMEOUT_RETRANSMISSION,
          TAIL_LOSS_PROBE,
          SYN_RETRANSMISSION,
          FIN_RETRANSMISSION ->
          true;
      default -> false;
    };
  }

  private static String text(Map.Entry<AnnotationKind, Long> entry) {
    return entry.getKey().id() + " " + entry.getValue();
  }

  private static void addAll(Prose prose, Map<AnnotationKind, Long> counts, Emphasis emphasis) {
    for (Map.Entry<AnnotationKind, Long> entry : counts.entrySet()) {
      if (Emphasis.of(entry.getKey()) == emphasis) {
        prose.then(", ").add(emphasis.meaning(), text(entry));
      }
    }
  }
}
