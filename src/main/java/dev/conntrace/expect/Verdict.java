package dev.conntrace.expect;

/** What became of an expectation. */
public enum Verdict {
  /** It holds. */
  PASSED("passed"),
  /** The capture is not good enough to tell. */
  INCONCLUSIVE("inconclusive"),
  /** It does not hold. */
  FAILED("failed");

  private final String id;

  Verdict(String id) {
    this.id = id;
  }

  /** Returns the word that records use. */
  public String id() {
    return id;
  }

  /** Returns the worse of two. */
  public Verdict and(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
