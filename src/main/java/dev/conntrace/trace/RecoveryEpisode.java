package dev.conntrace.trace;

/**
 * One repair of a loss, or of what its sender took for one: from the first retransmission until the
 * recovery point is acknowledged (RFC 6675 5, RFC 6582 3.2).
 *
 * @param number counts the connection's repairs from 1, whichever side made them
 * @param trigger why the first segment was sent again
 * @param firstFrame the first retransmission
 * @param startNanos when it was seen, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param recoveryPoint relative acknowledgement number that ends the repair: the position after
 *     everything that had been sent when it began
 * @param startFlight what was on its way when it began, lost or not
 * @param resends segments and payload bytes that were sent again
 * @param timeouts how often the timer fired
 * @param partialAcks acknowledgements of more, but not of everything up to the recovery point
 * @param spurious how many of the segments sent again the receiver had already
 * @param end how it ended
 * @param lastFrame the frame that ended it; 0 if none did
 * @param endNanos when that was seen, or {@link SegmentFacts#NO_TIMESTAMP}
 * @param endFlight what was on its way then
 */
public record RecoveryEpisode(
    int number,
    Trigger trigger,
    long firstFrame,
    long startNanos,
    long recoveryPoint,
    Flight startFlight,
    Flight resends,
    long timeouts,
    long partialAcks,
    long spurious,
    End end,
    long lastFrame,
    long endNanos,
    Flight endFlight) {

  /** Returns whether nothing of it was needed: the receiver had everything that was sent again. */
  public boolean isNeedless() {
    return spurious >= resends.segments();
  }

  /** Returns whether the capture tells how long it took. */
  public boolean isTimed() {
    return startNanos != SegmentFacts.NO_TIMESTAMP
        && endNanos != SegmentFacts.NO_TIMESTAMP
        && endNanos >= startNanos;
  }

  /** Returns how long it took in nanoseconds, if it {@linkplain #isTimed is known}. */
  public long durationNanos() {
    return endNanos - startNanos;
  }

  /** Why a repair began. */
  public enum Trigger {
    DUPLICATE_ACKS("duplicate-acks", "duplicate ACKs asked for it"),
    SACK("sack", "SACK showed the hole"),
    TIMEOUT("timeout", "the timer fired"),
    TAIL_LOSS_PROBE("tail-loss-probe", "a tail loss probe"),
    ICMP_ERROR("icmp-error", "an ICMP error said that it did not arrive"),
    UNKNOWN("unknown", "the capture does not show why");

    private final String id;
    private final String words;

    Trigger(String id, String words) {
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

  /** How a repair ended. */
  public enum End {
    ACKNOWLEDGED("acknowledged", "everything up to the recovery point is acknowledged"),
    RESET("reset", "the connection was reset"),
    CLOSED("closed", "the connection was over"),
    CAPTURE_END("capture-end", "it was not over when the capture ended");

    private final String id;
    private final String words;

    End(String id, String words) {
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
