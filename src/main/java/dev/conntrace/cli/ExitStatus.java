package dev.conntrace.cli;

/**
 * What the process tells its caller. Scripts rely on the numbers.
 *
 * @param code the number
 * @param weight of several the heaviest is told
 * @param meaning what it says, for help
 */
record ExitStatus(int code, int weight, String meaning) {
  static final ExitStatus DONE =
      new ExitStatus(0, 0, "done; a reader that closes the pipe early is no error");
  static final ExitStatus EXPECTATION_FAILED =
      new ExitStatus(1, 1, "an expectation does not hold, or a difference was found");
  static final ExitStatus USAGE = new ExitStatus(2, 5, "wrong usage");
  static final ExitStatus CAPTURE =
      new ExitStatus(
          3,
          2,
          "a capture is missing, empty, not a capture or damaged; everything before the damage is"
              + " still reported");
  static final ExitStatus NOT_PERMITTED =
      new ExitStatus(4, 3, "capture not permitted or not possible");
  static final ExitStatus FAULT = new ExitStatus(70, 4, "a fault of conntrace itself");

  private static final int OF_COMMAND = 6;

  /** Returns the status of a command that was run: if that failed, nothing else matters. */
  static ExitStatus ofCommand(int code) {
    return code == 0 ? DONE : new ExitStatus(code, OF_COMMAND, "the command's own");
  }

  /** Returns the one of two that outweighs the other: a command's own, 2, 70, 4, 3, 1, 0. */
  ExitStatus worst(ExitStatus other) {
    return weight >= other.weight ? this : other;
  }
}
