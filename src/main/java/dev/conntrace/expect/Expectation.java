package dev.conntrace.expect;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that a capture must fulfil: a fact of what a subject picks is within a bound. Where
 * nothing fits the subject it fails.
 */
public final class Expectation {
  private final Subject subject;
  private final Fact fact;
  private final Bound bound;
  private final Origin origin;

  /**
   * Expects that {@code fact} of {@code subject} is within {@code bound}.
   *
   * @param origin where it was written
   */
  public Expectation(Subject subject, Fact fact, Bound bound, Origin origin) {
    if (!(fact instanceof NumberFact) && fact.scope() != subject.scope()) {
      throw new ExpectationException(
          "'" + fact.word() + "' is no fact of a " + subject.scope().word());
    }
    this.subject = subject;
    this.fact = fact;
    this.bound = bound;
    this.origin = origin;
  }

  /** Returns what is looked at. */
  public Subject subject() {
    return subject;
  }

  /** Returns what is read of it. */
  public Fact fact() {
    return fact;
  }

  /** Returns what that must be. */
  public Bound bound() {
    return bound;
  }

  /** Returns where it was written. */
  public Origin origin() {
    return origin;
  }

  /** Returns it in the words of rules: {@code connection port 6573: opened three-way}. */
  public String words() {
    return subject.words() + ": " + fact.word() + " " + bound.words();
  }

  /** Returns it in words, after the name that its file gives it. */
  public String title() {
    return origin.name().isEmpty() ? words() : origin.name() + ": " + words();
  }

  /**
   * Holds it against a capture. What the capture may hide ({@link Trace#doubts}) makes it
   * inconclusive where it would hold; where it does not hold it fails all the same.
   */
  public Outcome check(Trace trace) {
    List<Observed> fitting = subject.in(trace);
    Tally tally = new Tally();
    if (fact instanceof NumberFact) {
      Observed whole = new Observed(trace, null, null);
      NumberFact number = new NumberFact(subject.scope(), fitting.size());
      tally.take(number, bound, whole, words());
    } else if (fitting.isEmpty() && !subject.mayBeMissing(trace)) {
      tally.fail(
          new Violation(
              words(),
              fact.word(),
              bound.words(),
              "no such " + subject.scope().word(),
              0,
              "",
              0,
              List.of()));
    } else {
      check(fitting, tally);
    }
    return tally.outcome(this, isAboutTheCaptureItself() ? List.of() : doubts(trace));
  }

  private void check(List<Observed> fitting, Tally all) {
    if (subject.pick() != Pick.ANY || fitting.isEmpty()) {
      for (Observed observed : subject.pick().from(fitting)) {
        all.take(fact, bound, observed, words());
      }
      return;
    }
    Tally any = new Tally();
    for (Observed observed : fitting) {
      Tally one = new Tally();
      one.take(fact, bound, observed, words());
      if (one.holds()) {
        return;
      }
      any.add(one);
    }
    all.add(any);
  }

  private List<String> doubts(Trace trace) {
    List<String> doubts = trace.doubts();
    if (subject.scope() != Scope.CAPTURE) {
      doubts.addAll(trace.leftOut(subject.asksSegments()));
    }
    return doubts;
  }

  private boolean isAboutTheCaptureItself() {
    return fact instanceof TotalFact total && total.isQuality();
  }

  /** What was found so far. */
  private static final class Tally {
    private final List<Violation> violations = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private long violated;

    void take(Fact fact, Bound bound, Observed observed, String words) {
      Judgement judgement = bound.judge(fact, observed);
      switch (judgement.verdict()) {
        case PASSED -> {}
        case FAILED -> fail(violation(fact, bound, observed, words, judgement));
        case INCONCLUSIVE -> doubt(observed, judgement.actual());
      }
    }

    private void doubt(Observed observed, String why) {
      String where = observed.connection() == null ? "" : "connection " + observed.number() + ": ";
      if (doubts.size() < Outcome.MAX_VIOLATIONS && !doubts.contains(where + why)) {
        doubts.add(where + why);
      }
    }

    void fail(Violation violation) {
      violated++;
      if (violations.size() < Outcome.MAX_VIOLATIONS) {
        violations.add(violation);
      }
    }

    boolean holds() {
      return violated == 0 && doubts.isEmpty();
    }

    void add(Tally other) {
      violated += other.violated;
      for (Violation violation : other.violations) {
        if (violations.size() < Outcome.MAX_VIOLATIONS) {
          violations.add(violation);
        }
      }
      doubts.addAll(other.doubts);
    }

    Outcome outcome(Expectation expectation, List<String> ofCapture) {
      List<String> all = new ArrayList<>(doubts);
      all.addAll(ofCapture);
      Verdict verdict =
          violated > 0 ? Verdict.FAILED : all.isEmpty() ? Verdict.PASSED : Verdict.INCONCLUSIVE;
      return new Outcome(expectation, verdict, List.copyOf(violations), violated, all);
    }

    private static Violation violation(
        Fact fact, Bound bound, Observed observed, String words, Judgement judgement) {
      ConnectionTrace connection = observed.connection();
      return new Violation(
          words,
          fact.word(),
          bound.words(),
          judgement.actual(),
          observed.number(),
          connection == null
              ? ""
              : connection.report().key().client() + " -> " + connection.report().key().server(),
          judgement.frame(),
          connection == null
              ? List.of()
              : SegmentLines.around(connection.segments(), judgement.frame()));
    }
  }
}
