package dev.conntrace.expect;

import dev.conntrace.trace.AnnotationKind;

/** Compares what was found of connections that are too long to be held segment by segment. */
final class DiffTotals {
  private DiffTotals() {}

  static void compare(DiffNotes.Of notes) {
    for (AnnotationKind kind : AnnotationKind.values()) {
      DiffAspect aspect = DiffKinds.aspectOf(kind);
      long first = notes.first().report().annotations().getOrDefault(kind, 0L);
      long second = notes.second().report().annotations().getOrDefault(kind, 0L);
      if (aspect != null && first != second) {
        notes.add(
            aspect,
            null,
            kind.id()
                + ": "
                + first
                + " in "
                + notes.name(true)
                + ", "
                + second
                + " in "
                + notes.name(false));
      }
    }
  }
}
