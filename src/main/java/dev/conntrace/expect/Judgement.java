package dev.conntrace.expect;

/**
 * Whether a reading is within a bound.
 *
 * @param verdict whether it is
 * @param actual what was found, in words
 * @param frame the frame that shows it best; 0 if none does
 */
record Judgement(Verdict verdict, String actual, long frame) {
  static Judgement of(boolean holds, String actual, long frame) {
    return new Judgement(holds ? Verdict.PASSED : Verdict.FAILED, actual, frame);
  }
}
