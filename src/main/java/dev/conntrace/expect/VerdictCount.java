package dev.conntrace.expect;

import java.util.List;

/**
 * How many expectations came to which verdict.
 *
 * @param passed how many hold
 * @param failed how many do not
 * @param inconclusive of how many it cannot be told
 */
public record VerdictCount(int passed, int failed, int inconclusive) {
  /** Counts outcomes. */
  public static VerdictCount of(List<Outcome> outcomes) {
    int[] counts = new int[Verdict.values().length];
    for (Outcome outcome : outcomes) {
      counts[outcome.verdict().ordinal()]++;
    }
    return new VerdictCount(
        counts[Verdict.PASSED.ordinal()],
        counts[Verdict.FAILED.ordinal()],
        counts[Verdict.INCONCLUSIVE.ordinal()]);
  }

  /** Returns how many there were. */
  public int all() {
    return passed + failed + inconclusive;
  }

  /** Returns {@code 12 expectations: 10 passed, 2 failed}. */
  public String words() {
    StringBuilder words = new StringBuilder();
    words.append(all()).append(all() == 1 ? " expectation: " : " expectations: ");
    words.append(passed).append(" passed");
    words.append(failed == 0 ? "" : ", " + failed + " failed");
    return words.append(inconclusive == 0 ? "" : ", " + inconclusive + " inconclusive").toString();
  }
}
