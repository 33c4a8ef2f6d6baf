package dev.conntrace.cli;

/** What the process tells its caller. Scripts rely on the numbers. */
enum ExitStatus {
  DONE(0, 0, "done; a reader that closes the pipe early is no error"),
  EXPECTATION_FAILED(1, 1, "an expectation does not hold, or a difference was found"),
  USAGE(2, 5, "wrong usage"),
  CAPTURE(
      3,
      2,
      "a capture is missing, empty, not a capture or damaged; everything before the damage is"
          + " still reported"),
  NOT_PERMITTED(4, 3, "capture not permitted or not possible"),
  FAULT(70, 4, "a fault of conntrace itself");

  private final int code;
  private final int weight;
  private final String meaning;

  ExitStatus(int code, int weight, String meaning) {
    this.code = code;
    this.weight = weight;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /** Returns the one of two that outweighs the other: 70, 4, 3, 1, 0. */
  ExitStatus worst(ExitStatus other) {
    return weight >= other.weight ? this : other;
  }
}
