package dev.conntrace.expect;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.field.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * How many segments of a connection carry an annotation, a control bit or payload. What is counted
 * happens at a time, so that one can be asked to come before another.
 *
 * @param annotation the annotation; null where a bit is counted
 * @param bit the bit; null where an annotation is counted
 * @param side whose segments; null for both sides'
 */
record EventFact(@Nullable AnnotationKind annotation, @Nullable ControlBit bit, @Nullable Side side)
    implements Fact {

  @Override
  public String word() {
    return (side == null ? "" : "from_" + side.id() + ".") + name();
  }

  private String name() {
    return annotation != null ? annotation.id() : bit == null ? "" : bit.word();
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public FieldType type() {
    return FieldType.NUMBER;
  }

  @Override
  public String meaning() {
    return annotation != null
        ? "segments that carry this annotation: " + annotation.title()
        : bit == null ? "" : bit.meaning();
  }

  /** Returns how often it happened on a connection, and when first. */
  Occurrences in(ConnectionTally tally) {
    if (side != null) {
      return in(tally, side);
    }
    return in(tally, Side.CLIENT).and(in(tally, Side.SERVER));
  }

  private Occurrences in(ConnectionTally tally, Side from) {
    if (annotation != null) {
      return tally.of(annotation, from);
    }
    return bit == null ? Occurrences.NONE : tally.of(bit, from);
  }

  @Override
  public Reading read(Observed observed) {
    Occurrences occurrences = in(observed.inConnection().tally());
    return Reading.of(occurrences.count(), occurrences.firstFrame());
  }
}
