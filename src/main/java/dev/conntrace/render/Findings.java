package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import java.util.Map;

/** Lists findings with their numbers, the gravest first. */
final class Findings {
  private Findings() {}

  /** Returns those that a reader who looks for trouble wants to hear of, or {@code none}. */
  static Prose standingOut(Map<AnnotationKind, Long> counts, String none) {
    Prose prose = new Prose();
    addAll(prose, counts, Emphasis.ERROR);
    addAll(prose, counts, Emphasis.WARNING);
    addAll(prose, counts, Emphasis.NOTICE);
    return prose.isEmpty() ? prose.add(Meaning.DIM, none) : prose;
  }

  private static void addAll(Prose prose, Map<AnnotationKind, Long> counts, Emphasis emphasis) {
    for (Map.Entry<AnnotationKind, Long> entry : counts.entrySet()) {
      if (Emphasis.of(entry.getKey()) == emphasis) {
        prose.then(", ").add(emphasis.meaning(), entry.getKey().id() + " " + entry.getValue());
      }
    }
  }
}
