package dev.conntrace.chronicle;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.wire.TcpOptions;

/** What one acknowledgement covers of the other side's ledger; refilled for each. */
final class LedgerWalk {
  static final long NOTHING = -1;

  /** The entry with data that ends where the acknowledgement does. */
  long exact;

  /** The entry that carried the timestamp which it echoes. */
  long echoed;

  /** Whether anything that it covers was sent more than once. */
  boolean repaired;

  /**
   * Looks at the data that is newly covered: which ends where the acknowledgement does, which
   * carried the timestamp that it echoes, whether any was sent again. Returns whether there is any.
   */
  boolean over(FlowSegment ack) {
    Endpoint owner = ack.receiver();
    SendLedger ledger = owner.ledger();
    TcpOptions options = ack.segment().options();
    exact = NOTHING;
    echoed = NOTHING;
    repaired = false;
    boolean any = false;
    long i = ledger.firstUnacked();
    for (; i < ledger.size() && ledger.end(i) <= ack.ackRel(); i++) {
      if (!isData(i, owner)) {
        continue;
      }
      any = true;
      repaired |= ledger.wasSentAgain(i) || ledger.isResend(i);
      exact = ledger.end(i) == ack.ackRel() ? i : exact;
      noteEcho(i, ledger, options);
    }
    for (; repaired && echoed == NOTHING && i < ledger.size(); i++) {
      if (ledger.isResend(i) && ledger.end(i) <= ack.ackRel() && ledger.end(i) > owner.una()) {
        noteEcho(i, ledger, options);
      }
    }
    return any;
  }

  private void noteEcho(long entry, SendLedger ledger, TcpOptions options) {
    if (echoed == NOTHING
        && options.hasTimestamps()
        && ledger.timestampValue(entry) == options.timestampEcho()) {
      echoed = entry;
    }
  }

  /** Whether an entry is payload, and not only a SYN, a FIN or an acknowledgement. */
  private static boolean isData(long entry, Endpoint owner) {
    long start = owner.ledger().start(entry);
    boolean onlyFin = owner.closing().finSent() && start == owner.closing().finRel();
    return owner.ledger().end(entry) > start && start > 0 && !onlyFin;
  }
}
