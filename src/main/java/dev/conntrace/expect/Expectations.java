package dev.conntrace.expect;

import dev.conntrace.trace.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes expectations. The command line ({@code --that}), the file of rules and Java use the same
 * words: {@link Facts} lists the facts, {@link Relation} how they are held against values, {@link
 * Subject} what can be looked at.
 */
public final class Expectations {
  private static final Path HERE = Path.of("");

  private Expectations() {}

  /**
   * Returns the expectation that a line of words describes, as {@code --that} takes it: {@code
   * connection port 6573: rtt_p95 at most 50 ms}. Without a subject it is about every connection,
   * or about the capture if only that has the fact.
   *
   * @throws ExpectationException if it cannot be understood; the message says what is wrong
   */
  public static Expectation that(String line) {
    return new ExpectationLine(line).read();
  }

  /**
   * Returns the expectation that a fact of a subject is within a bound.
   *
   * @param subject what is looked at
   * @param fact the fact's name, or {@code count} for how many fit the subject
   * @param relation how it is held against the value
   * @param value the value in words: {@code three-way}, {@code 50 ms}, {@code 64 KiB}, {@code 100
   *     ms +- 20 %}
   * @throws ExpectationException if there is no such fact, or it cannot be held against the value
   */
  public static Expectation of(Subject subject, String fact, Relation relation, String value) {
    Fact found = fact(subject.scope(), fact);
    return new Expectation(
        subject, found, new BoundReader(found, HERE).bound(relation, value), Origin.DIRECT);
  }

  /**
   * Returns the expectation that a fact of a subject is none, some, absent or present.
   *
   * @throws ExpectationException if there is no such fact
   */
  public static Expectation of(Subject subject, String fact, Relation relation) {
    Fact found = fact(subject.scope(), fact);
    return new Expectation(
        subject, found, new BoundReader(found, HERE).alone(relation), Origin.DIRECT);
  }

  /**
   * Returns the expectation that a side's bytes are, are not, begin with or hold these; nothing in
   * them has a meaning of its own, as {@code 0x} has in rules.
   *
   * @throws ExpectationException if {@code relation} is another
   */
  public static Expectation payload(Subject subject, Side from, Relation relation, byte[] bytes) {
    Fact fact = new DirectionFact(from, DirectionFact.Kind.PAYLOAD);
    return new Expectation(subject, fact, BoundReader.payload(relation, bytes), Origin.DIRECT);
  }

  /**
   * Returns the expectation that on a connection something happens before something else.
   *
   * @param first an annotation or {@code data}
   * @param second what comes after it
   * @param within how far apart they may be: {@code 50 ms}; empty for any time
   * @throws ExpectationException if one of them is nothing that happens
   */
  public static Expectation order(Subject subject, String first, String second, String within) {
    Fact found = fact(subject.scope(), first);
    Bound bound = new BoundReader(found, HERE).order(Relation.BEFORE, second, within);
    return new Expectation(subject, found, bound, Origin.DIRECT);
  }

  /** Returns the fact of this name, {@code count} included. */
  static Fact fact(Scope scope, String word) {
    return word.equals(NumberFact.WORD) && scope != Scope.CAPTURE
        ? new NumberFact(scope, 0)
        : Facts.find(scope, word);
  }

  /** Returns how much of a capture must be kept to check these. */
  public static TraceBounds bounds(List<Expectation> expectations) {
    for (Expectation expectation : expectations) {
      if (expectation.fact().needsPayload()) {
        return TraceBounds.DEFAULT.withPayload();
      }
    }
    return TraceBounds.DEFAULT;
  }

  /** Holds each expectation against a capture; all are checked, whatever becomes of the first. */
  public static List<Outcome> check(List<Expectation> expectations, Trace trace) {
    List<Outcome> outcomes = new ArrayList<>(expectations.size());
    for (Expectation expectation : expectations) {
      outcomes.add(expectation.check(trace));
    }
    return outcomes;
  }
}
