package dev.conntrace.expect;

import dev.conntrace.trace.field.FieldType;

/**
 * How many connections or segments fit a subject.
 *
 * @param scope which of the two
 * @param number how many; 0 where only what is expected of it is of interest
 */
record NumberFact(Scope scope, long number) implements Fact {
  static final String WORD = "count";

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public FieldType type() {
    return FieldType.NUMBER;
  }

  @Override
  public String meaning() {
    return "how many " + scope.word() + "s fit the selector";
  }

  @Override
  public Reading read(Observed observed) {
    return Reading.of(number, 0);
  }
}
