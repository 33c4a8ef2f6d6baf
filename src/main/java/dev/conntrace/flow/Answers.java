package dev.conntrace.flow;

import dev.conntrace.wire.TcpOptions;

/**
 * Which of several copies an acknowledgement answers: the timestamp that it echoes tells (RFC 3522
 * 3.2), or the time that has passed.
 */
public final class Answers {
  /** More of the latest entries are not asked about at each acknowledgement. */
  private static final int MOST_AT_ONCE = 256;

  private Answers() {}

  /**
   * Notes which of the latest retransmissions are reported for the first time.
   *
   * @param ledger what was sent
   * @param ack acknowledges everything below its number
   * @param fromRel what was acknowledged before it
   * @param reported what is reported beyond
   * @param answerNanos what was sent before or at this time can be what is answered
   */
  static void note(
      SendLedger ledger, FlowSegment ack, long fromRel, SackScoreboard reported, long answerNanos) {
    long last = Math.max(ledger.first(), ledger.size() - MOST_AT_ONCE);
    for (long i = ledger.size() - 1; i >= last; i--) {
      if (!ledger.isUnreportedResend(i)) {
        continue;
      }
      long start = ledger.start(i);
      long end = ledger.end(i);
      boolean inOrder = end <= ack.ackRel();
      if (inOrder || reported.overlap(start, end) == end - start) {
        boolean older = isOlderThan(ledger, i, ack);
        boolean echoTells = inOrder && (older || start <= fromRel);
        boolean answered =
            (echoTells && hasOwnTimestamp(ledger, i, ack))
                ? !older
                : ledger.timeNanos(i) <= answerNanos;
        ledger.markReported(i, answered);
      }
    }
  }

  /** Whether a retransmission bears another timestamp than the first copy. */
  private static boolean hasOwnTimestamp(SendLedger ledger, long entry, FlowSegment ack) {
    long original = ledger.oldestWith(ledger.start(entry), ledger.end(entry));
    return ack.segment().options().hasTimestamps()
        && ledger.timestampValue(original) != ledger.timestampValue(entry);
  }

  /**
   * Returns whether an acknowledgement echoes a timestamp older than that of a segment in the
   * ledger: it answers one that was sent before. Where the segment itself carried an outdated
   * acknowledgement nobody can tell, for Linux does not take timestamps from such segments.
   */
  public static boolean isOlderThan(SendLedger ledger, long entry, FlowSegment ack) {
    TcpOptions options = ack.segment().options();
    boolean older =
        options.hasTimestamps() && options.timestampEcho() - ledger.timestampValue(entry) < 0;
    return older && ack.sender().relative(ledger.ack(entry)) >= ack.sender().una();
  }
}
