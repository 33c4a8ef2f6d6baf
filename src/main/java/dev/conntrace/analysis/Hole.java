package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.trace.Rule;

/** What is known of the byte that a numbered duplicate acknowledgement asks for (RFC 5681 3.2). */
final class Hole {
  private static final Hole SENT = new Hole(" ({frame2})");
  private static final Hole SENT_AGAIN = new Hole(" ({frame2}, again in {frame3})");
  private static final Hole NOT_CAPTURED = new Hole(", not captured so far");
  private static final Hole FORGOTTEN = new Hole("");

  private final Rule classic;
  private final Rule sackNew;

  private Hole(String words) {
    String sentence =
        "duplicate ACK no. {1} of {frame}: the {sender} still waits for byte {2}" + words;
    classic = new Rule("classic", sentence);
    sackNew = new Rule("sack-new", sentence);
  }

  /** Returns what is known of the byte that {@code ack} acknowledges up to. */
  static Hole askedForBy(FlowSegment ack) {
    Endpoint owner = ack.receiver();
    if (owner.seen().overlap(ack.ackRel(), ack.ackRel() + 1) == 0) {
      return NOT_CAPTURED;
    }
    long first = firstWith(ack.ackRel(), owner.ledger());
    if (first < 0) {
      return FORGOTTEN;
    }
    return owner.ledger().wasSentAgain(first) ? SENT_AGAIN : SENT;
  }

  /** Returns the rule of a duplicate that has no news but its own arrival. */
  Rule classic() {
    return classic;
  }

  /** Returns the rule of a duplicate that names bytes beyond the hole for the first time. */
  Rule sackNew() {
    return sackNew;
  }

  /** Names the frames that carried the byte. */
  void addFrames(Finding finding, FlowSegment ack) {
    SendLedger ledger = ack.receiver().ledger();
    if (this == SENT || this == SENT_AGAIN) {
      finding.frame(ledger.frame(firstWith(ack.ackRel(), ledger)));
    }
    if (this == SENT_AGAIN) {
      finding.frame(ledger.frame(ledger.newestWith(ack.ackRel())));
    }
  }

  /** What is not acknowledged stands at the end of the ledger: the byte is found at once. */
  private static long firstWith(long position, SendLedger ledger) {
    for (long i = ledger.firstUnacked(); i < ledger.size(); i++) {
      if (ledger.start(i) <= position && position < ledger.end(i)) {
        return i;
      }
    }
    return -1;
  }
}
