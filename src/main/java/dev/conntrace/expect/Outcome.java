package dev.conntrace.expect;

import java.util.List;

/**
 * What became of one expectation.
 *
 * @param expectation it
 * @param verdict whether it holds
 * @param violations where it does not hold, all of them up to {@link #MAX_VIOLATIONS}
 * @param violated how many they are
 * @param doubts why it cannot be told, in words; empty where it can
 */
public record Outcome(
    Expectation expectation,
    Verdict verdict,
    List<Violation> violations,
    long violated,
    List<String> doubts) {
  /** How many violations of one expectation are described. */
  public static final int MAX_VIOLATIONS = 100;
}
