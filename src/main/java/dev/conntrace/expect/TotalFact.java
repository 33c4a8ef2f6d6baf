package dev.conntrace.expect;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.field.FieldType;

/**
 * A number of the capture's totals.
 *
 * @param word its name
 * @param counted what is counted: an {@link Opened}, a {@link Closed}, an {@link AnnotationKind} or
 *     a {@link Problem}
 */
record TotalFact(String word, Object counted) implements Fact {
  static TotalFact of(Opened opened) {
    return new TotalFact("opened." + opened.id(), opened);
  }

  static TotalFact of(Closed closed) {
    return new TotalFact("closed." + closed.id(), closed);
  }

  static TotalFact of(AnnotationKind kind) {
    return new TotalFact(kind.id(), kind);
  }

  static TotalFact of(Problem problem) {
    return new TotalFact(problem.id(), problem);
  }

  @Override
  public Scope scope() {
    return Scope.CAPTURE;
  }

  @Override
  public FieldType type() {
    return FieldType.NUMBER;
  }

  /** Returns whether it is about the capture itself, so that a doubt about it is no doubt here. */
  boolean isQuality() {
    return counted instanceof Problem;
  }

  boolean isOfAnnotation() {
    return counted instanceof AnnotationKind;
  }

  @Override
  public String meaning() {
    if (counted instanceof Opened opened) {
      return "connections: " + opened.words();
    }
    if (counted instanceof Closed closed) {
      return "connections: " + closed.words();
    }
    if (counted instanceof AnnotationKind kind) {
      return "segments that carry this annotation: " + kind.title();
    }
    return ((Problem) counted).words();
  }

  @Override
  public Reading read(Observed observed) {
    CaptureReport capture = observed.trace().capture();
    if (counted instanceof Problem problem) {
      for (CaptureQuality quality : capture.quality()) {
        if (quality.problem() == problem) {
          return Reading.of(
              quality.count(), quality.frames().isEmpty() ? 0 : quality.frames().get(0));
        }
      }
      return Reading.of(0L, 0);
    }
    Long count =
        counted instanceof Opened
            ? capture.opened().get(counted)
            : counted instanceof Closed
                ? capture.closed().get(counted)
                : capture.annotations().get(counted);
    return Reading.of(count == null ? 0L : count, firstFrame(observed.trace()));
  }

  /** The frame of an annotation of the capture is that of the first connection that has it. */
  private long firstFrame(Trace trace) {
    if (!(counted instanceof AnnotationKind kind)) {
      return 0;
    }
    Occurrences all = Occurrences.NONE;
    for (ConnectionTrace connection : trace.connections()) {
      all = all.and(connection.tally().of(kind));
    }
    return all.firstFrame();
  }
}
