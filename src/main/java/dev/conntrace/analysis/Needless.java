package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * What an acknowledgement shows of a retransmission sent before it: that it was not needed, and why
 * it was sent all the same. Where the receiver had asked for it, the first copy was not lost but
 * overtaken; where nobody had, the sender did not wait long enough for an answer.
 */
final class Needless {
  private static final String LATE = "; the first copy was not lost, only late (reordering)";
  private static final String EARLY =
      "; the first copy was not lost, but its ACK was, or that came too late for the timer";

  private static final String BY_REPORT =
      "not needed: the {receiver} reports in {frame} that it had these bytes already";
  private static final Rule REPORTED_LATE = new Rule("dsack", BY_REPORT + LATE);
  private static final Rule REPORTED_EARLY = new Rule("dsack", BY_REPORT + EARLY);

  private static final String BY_ECHO =
      "not needed: {frame} acknowledges these bytes and echoes a timestamp older than this copy's: an earlier copy had arrived";
  private static final String ECHO_EARLY =
      "; its ACK came {1:time} after it, too late for the timer";
  private static final Rule ECHOED_LATE = new Rule("echoes-first-copy", BY_ECHO + LATE);
  private static final Rule ECHOED_EARLY = new Rule("echoes-first-copy", BY_ECHO + ECHO_EARLY);

  private static final String BY_TIME =
      "not needed: {frame} acknowledges these bytes {2:time} later, and a round trip takes {3:time}: an earlier copy had arrived";
  private static final Rule TOO_SOON_LATE = new Rule("acked-too-soon", BY_TIME + LATE);
  private static final Rule TOO_SOON_EARLY = new Rule("acked-too-soon", BY_TIME + ECHO_EARLY);

  private Needless() {}

  /** The receiver says so (RFC 2883). */
  static Finding byReport(FlowSegment ack, long entry, Findings findings) {
    return add(ack, entry, REPORTED_LATE, REPORTED_EARLY, findings);
  }

  /** The acknowledgement echoes the timestamp of an earlier copy (RFC 3522 3.2). */
  static void byEcho(FlowSegment ack, long entry, Findings findings) {
    add(ack, entry, ECHOED_LATE, ECHOED_EARLY, findings).value(sinceFirstCopy(ack, entry));
  }

  /** The acknowledgement comes sooner than any answer to this copy could. */
  static void byTime(FlowSegment ack, long entry, long roundTripNanos, Findings findings) {
    add(ack, entry, TOO_SOON_LATE, TOO_SOON_EARLY, findings)
        .value(sinceFirstCopy(ack, entry))
        .value(ack.timeNanos() - ack.receiver().ledger().timeNanos(entry))
        .value(roundTripNanos)
        .likelyNot(AnnotationKind.RETRANSMISSION);
  }

  private static Finding add(
      FlowSegment ack, long entry, Rule asked, Rule unasked, Findings findings) {
    SendLedger ledger = ack.receiver().ledger();
    return findings
        .addToEntry(
            entry,
            ledger.frame(entry),
            AnnotationKind.SPURIOUS_RETRANSMISSION,
            ledger.wasAskedFor(entry) ? asked : unasked)
        .frame(ack.frame());
  }

  private static long sinceFirstCopy(FlowSegment ack, long entry) {
    Endpoint owner = ack.receiver();
    long first = owner.ledger().oldestWith(owner.ledger().start(entry), owner.ledger().end(entry));
    return Math.max(0, ack.timeNanos() - owner.ledger().timeNanos(first));
  }
}
