package dev.conntrace.select;

import dev.conntrace.trace.AnnotationKind;
import java.util.ArrayList;
import java.util.List;

/** Annotations by the names that users type. */
public final class AnnotationNames {
  private AnnotationNames() {}

  /**
   * Returns the annotation with this id.
   *
   * @throws SelectionException if there is none; the message names the nearest
   */
  public static AnnotationKind parse(String id) throws SelectionException {
    AnnotationKind kind = AnnotationKind.ofId(id);
    if (kind == null) {
      throw new SelectionException(
          "there is no annotation '"
              + id
              + "'"
              + NearestWords.question(id, all())
              + " ('conntrace explain' lists them all)");
    }
    return kind;
  }

  /** Returns the ids of all annotations. */
  public static List<String> all() {
    List<String> ids = new ArrayList<>();
    for (AnnotationKind kind : AnnotationKind.values()) {
      ids.add(kind.id());
    }
    return ids;
  }
}
