package dev.conntrace.expect;

import dev.conntrace.trace.field.FieldType;

/**
 * How many differences there are from a capture that is known to be good. {@link Golden} counts
 * them, as it takes two captures.
 *
 * @param golden that capture's name
 */
record GoldenFact(String golden) implements Fact {
  @Override
  public String word() {
    return "differences from " + golden;
  }

  @Override
  public Scope scope() {
    return Scope.CAPTURE;
  }

  @Override
  public FieldType type() {
    return FieldType.NUMBER;
  }

  @Override
  public String meaning() {
    return "how the capture differs from one that is known to be good";
  }

  @Override
  public Reading read(Observed observed) {
    return Reading.unknown("it takes two captures");
  }
}
