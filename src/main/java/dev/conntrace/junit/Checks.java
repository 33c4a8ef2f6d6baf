package dev.conntrace.junit;

import dev.conntrace.expect.Expectation;
import dev.conntrace.expect.FailureText;
import dev.conntrace.expect.Outcome;
import dev.conntrace.expect.Trace;
import dev.conntrace.expect.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** Checks expectations, and throws what does not hold or collects it. */
final class Checks {
  /** Throws. */
  static final Checks AT_ONCE = new Checks(null);

  private final @Nullable List<AssertionError> failures;

  /**
   * Prepares to check.
   *
   * @param failures where failures go; null to throw them
   */
  Checks(@Nullable List<AssertionError> failures) {
    this.failures = failures;
  }

  void check(Expectation expectation, Trace trace) {
    check(expectation.check(trace), trace);
  }

  void check(Outcome outcome, Trace trace) {
    if (outcome.verdict() == Verdict.PASSED) {
      return;
    }
    String verdict = outcome.verdict() == Verdict.FAILED ? "" : " (inconclusive)";
    StringBuilder message = new StringBuilder(trace.name());
    message.append(": ").append(outcome.expectation().words()).append(verdict);
    for (String line : FailureText.of(outcome)) {
      message.append("\n  ").append(line);
    }
    if (outcome.violations().isEmpty()) {
      fail(new AssertionFailedError(message.toString()));
    } else {
      // What a development environment shows side by side.
      String expected = outcome.violations().get(0).expected();
      String actual = outcome.violations().get(0).actual();
      fail(new AssertionFailedError(message.toString(), expected, actual));
    }
  }

  private void fail(AssertionError failure) {
    if (failures == null) {
      throw failure;
    }
    failures.add(failure);
  }
}
