package dev.conntrace.expect;

/** What a fact must be: {@code at most 50 ms}. {@link BoundReader} reads them from words. */
public sealed interface Bound permits AllOf, FieldBound, OrderBound, PayloadBound, PresenceBound {
  /** Returns it in the words of rules. */
  String words();

  /** Judges what was read of a fact. */
  Judgement judge(Fact fact, Observed observed);
}
