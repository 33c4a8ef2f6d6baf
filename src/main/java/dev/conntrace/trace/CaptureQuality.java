package dev.conntrace.trace;

/**
 * Something about the capture that limits what can be concluded from it.
 *
 * @param problem which
 * @param count how often
 */
public record CaptureQuality(Problem problem, long count) {

  /** The kinds of trouble that a capture can have. */
  public enum Problem {
    DROPS(
        "drops",
        "packets were dropped while the capture was taken: what seems lost may only be missing from the file"),
    ONE_SIDED("one-sided", "connections of which only one direction was captured"),
    DOUBLED("doubled", "packets are in the capture twice"),
    SNAPPED(
        "snapped",
        "packets were cut short when they were captured: lengths are right, payload is missing"),
    TIME_BACKWARDS("time-backwards", "packets carry an earlier time than the one before them"),
    CLOCK_STEP("clock-step", "times at which the capture's clock seems to have been set"),
    MIDSTREAM(
        "midstream",
        "connections were already open when the capture began: window scale and options are unknown"),
    CHECKSUM_PARTIAL(
        "checksum-partial",
        "checksums were left to the network card, as always on loopback: nothing is wrong"),
    CHECKSUM_BAD("checksum-bad", "checksums do not fit"),
    OFFLOAD_SIZED(
        "offload-sized",
        "segments are larger than the MSS: the capture saw them before the network card split them or after it joined them"),
    DAMAGED("damaged", "the file is damaged: everything before the damage was read"),
    BOUND_REACHED(
        "bound-reached",
        "times a limit was reached: the oldest or quietest entries of a table were given up, or comments and names were cut");

    private final String id;
    private final String words;

    Problem(String id, String words) {
      this.id = id;
      this.words = words;
    }

    public String id() {
      return id;
    }

    /** Returns what it means for the reader. */
    public String words() {
      return words;
    }
  }
}
