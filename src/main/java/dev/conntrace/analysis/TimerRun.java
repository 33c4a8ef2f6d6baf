package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SendLedger;

/**
 * How long the timer ran that sends a segment again: it begins with the segment, and begins anew
 * with each ACK of something new (RFC 6298 5.3) and each probe that is sent in its place (RFC 8985
 * 7.3).
 */
final class TimerRun {
  private final long sentFrame;
  private final long sinceSentNanos;
  private final long restartFrame;
  private final long sinceRestartNanos;

  private TimerRun(long sentFrame, long sinceSentNanos, long restartFrame, long sinceRestartNanos) {
    this.sentFrame = sentFrame;
    this.sinceSentNanos = sinceSentNanos;
    this.restartFrame = restartFrame;
    this.sinceRestartNanos = sinceRestartNanos;
  }

  /** Returns what the capture shows of the timer that ends with {@code resent}. */
  static TimerRun before(FlowSegment resent) {
    Endpoint sender = resent.sender();
    SendLedger ledger = sender.ledger();
    long last = ledger.newestWith(resent.seqRel());
    long sentNanos = last < 0 ? resent.timeNanos() : ledger.timeNanos(last);
    long restartFrame = 0;
    long restartNanos = sentNanos;
    for (long i = ledger.size() - 1; i > last && i >= ledger.first(); i--) {
      if (ledger.isResend(i) && ledger.timeNanos(i) > restartNanos) {
        restartFrame = ledger.frame(i);
        restartNanos = ledger.timeNanos(i);
        break;
      }
    }
    SendLedger acks = resent.receiver().ledger();
    long ack = acks.withFrame(sender.unaFrame());
    if (ack >= 0 && acks.timeNanos(ack) > restartNanos) {
      restartFrame = sender.unaFrame();
      restartNanos = acks.timeNanos(ack);
    }
    return new TimerRun(
        last < 0 ? 0 : ledger.frame(last),
        Math.max(0, resent.timeNanos() - sentNanos),
        restartFrame,
        Math.max(0, resent.timeNanos() - restartNanos));
  }

  /** Returns the frame that last carried the first byte; 0 where the ledger has forgotten it. */
  long sentFrame() {
    return sentFrame;
  }

  long sinceSentNanos() {
    return sinceSentNanos;
  }

  /** Returns the frame with which the timer began anew since; 0 if it did not. */
  long restartFrame() {
    return restartFrame;
  }

  /** Returns how long the timer ran, from its last beginning. */
  long sinceRestartNanos() {
    return sinceRestartNanos;
  }
}
