package dev.conntrace.analysis;

import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SendLedger;

/**
 * Which of two segments their sender sent first, by what it wrote into them: the IP identification,
 * which most senders count up, and the timestamp (RFC 7323 3).
 */
final class SendOrder {
  /**
   * Identifications farther apart than this say nothing: the counter may have wrapped or be shared.
   */
  private static final int MAX_ID_DISTANCE = 4096;

  private SendOrder() {}

  /**
   * Compares identifications.
   *
   * @return negative if {@code segment} was sent before {@code entry}, positive if after it, 0 if
   *     they do not tell
   */
  static int byId(FlowSegment segment, SendLedger ledger, long entry) {
    int id = segment.segment().ipId();
    int other = ledger.ipId(entry);
    int distance = (short) (id - other);
    boolean tells =
        id != 0 && other != 0 && Math.abs(distance) <= MAX_ID_DISTANCE && isCounted(ledger, entry);
    return tells ? distance : 0;
  }

  /** Random identifications prove nothing: those of the neighbours must be close to each other. */
  private static boolean isCounted(SendLedger ledger, long entry) {
    if (entry <= ledger.first()) {
      return true;
    }
    int step = (short) (ledger.ipId(entry) - ledger.ipId(entry - 1));
    return Math.abs(step) <= MAX_ID_DISTANCE;
  }

  /**
   * Compares timestamps.
   *
   * @return negative if {@code segment} was sent before {@code entry}, positive if after it, 0 if
   *     they do not tell
   */
  static int byTimestamp(FlowSegment segment, SendLedger ledger, long entry) {
    return hasTimestamps(segment, ledger, entry)
        ? segment.segment().options().timestampValue() - ledger.timestampValue(entry)
        : 0;
  }

  private static boolean hasTimestamps(FlowSegment segment, SendLedger ledger, long entry) {
    boolean comparable = segment.sender().offer().timestamps() || ledger.timestampValue(entry) != 0;
    return comparable && segment.segment().options().hasTimestamps();
  }

  /**
   * Returns whether both bear the same timestamp although the sender's clock moves on at least
   * twice in a round trip: then they were sent less than a round trip apart.
   *
   * @param roundTripNanos 0 if unknown
   */
  static boolean isOfSameTick(
      FlowSegment segment, SendLedger ledger, long entry, long roundTripNanos) {
    if (!hasTimestamps(segment, ledger, entry)
        || byTimestamp(segment, ledger, entry) != 0
        || ledger.timestampValue(ledger.first()) == 0
        || roundTripNanos == 0) {
      return false;
    }
    long newest = ledger.size() - 1;
    int ticks = ledger.timestampValue(newest) - ledger.timestampValue(ledger.first());
    long nanos = ledger.timeNanos(newest) - ledger.timeNanos(ledger.first());
    return ticks > 0 && nanos >= 0 && 2 * (nanos / ticks) <= roundTripNanos;
  }
}
