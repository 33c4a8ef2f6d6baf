package dev.conntrace.expect;

import java.util.ArrayList;
import java.util.List;

/** Holds captures against one that is known to be good: TCP must have done the same. */
public final class Golden {
  private static final int MOST = Outcome.MAX_VIOLATIONS;

  private final Trace golden;
  private final DiffOptions options;
  private final Expectation expectation;

  /**
   * Takes a capture for granted.
   *
   * @param golden recorded with payload
   * @param options what counts as a difference
   */
  public Golden(Trace golden, DiffOptions options) {
    this.golden = golden;
    this.options = options.naming("the golden", "the capture");
    expectation =
        new Expectation(
            Subject.capture(),
            new GoldenFact(golden.name()),
            new PresenceBound("none", false),
            Origin.DIRECT);
  }

  /**
   * Returns what differs in a capture, each difference as a violation of its own. Where nothing
   * does, but one of both is damaged, lost packets or is longer than what is kept, it cannot be
   * told.
   */
  public Outcome check(Trace trace) {
    DiffResult result = CaptureDiff.between(golden, trace, options);
    List<Violation> violations = new ArrayList<>();
    for (Difference difference : result.differences()) {
      if (violations.size() < MOST) {
        violations.add(violation(difference, trace));
      }
    }
    List<String> doubts = new ArrayList<>(golden.doubts());
    golden.leftOut(true).forEach(left -> doubts.add(left + " of " + golden.name()));
    doubts.addAll(trace.doubts());
    doubts.addAll(trace.leftOut(true));
    Verdict verdict =
        !violations.isEmpty()
            ? Verdict.FAILED
            : doubts.isEmpty() ? Verdict.PASSED : Verdict.INCONCLUSIVE;
    return new Outcome(
        expectation, verdict, List.copyOf(violations), result.differences().size(), doubts);
  }

  private Violation violation(Difference difference, Trace trace) {
    ConnectionTrace connection = trace.connection(difference.secondConnection());
    long frame = difference.secondFrames().isEmpty() ? 0 : difference.secondFrames().get(0);
    return new Violation(
        expectation.words(),
        difference.aspect().id(),
        "as in " + golden.name(),
        difference.text(),
        difference.secondConnection(),
        connection == null
            ? ""
            : connection.report().key().client() + " -> " + connection.report().key().server(),
        frame,
        connection == null ? List.of() : SegmentLines.around(connection.segments(), frame));
  }
}
