package dev.conntrace.trace;

/**
 * A time in which a sender's flight developed in one way.
 *
 * @param kind how
 * @param startFrame its first segment
 * @param startNanos when that was seen, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param endFrame its last segment
 * @param endNanos when that was seen, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param startFlight what was on its way in the first round trip at most
 * @param endFlight what was on its way in the last round trip at most
 * @param maxFlight the most that was on its way
 * @param rounds how many round trips it lasted
 */
public record CongestionPhase(
    Kind kind,
    long startFrame,
    long startNanos,
    long endFrame,
    long endNanos,
    Flight startFlight,
    Flight endFlight,
    Flight maxFlight,
    long rounds) {

  /** How a flight develops (RFC 5681 3.1, RFC 6675, RFC 3168 6.1.2). */
  public enum Kind {
    SLOW_START("slow-start", "slow start"),
    AVOIDANCE("avoidance", "congestion avoidance"),
    STEADY("steady", "about steady"),
    RECOVERY("recovery", "repair"),
    AFTER_TIMEOUT("after-timeout", "slow start again after a timeout"),
    ECN_REDUCTION("ecn-reduction", "slowed down because of ECN"),
    APPLICATION_LIMITED("application-limited", "less than it could: the application had no more"),
    WINDOW_LIMITED("window-limited", "held by the receiver's window");

    private final String id;
    private final String words;

    Kind(String id, String words) {
      this.id = id;
      this.words = words;
    }

    /** Returns its name in records. */
    public String id() {
      return id;
    }

    /** Returns it as a phrase. */
    public String words() {
      return words;
    }
  }
}
