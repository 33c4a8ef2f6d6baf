package dev.conntrace.analysis;

import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * A RST that does not come from where its sender's other segments come from: its TTL or its IP
 * identification is out of line with the flow. A few stacks send such RSTs themselves, so it is
 * never more than likely.
 */
final class Impostor {
  private static final Rule OTHER_TTL =
      new Rule(
          "ttl-out-of-line",
          "a RST in the {sender}'s name, but its TTL is {1} and that of {frame} and before was {2}: something in between may have sent it");
  private static final Rule OTHER_ID =
      new Rule(
          "ip-id-out-of-line",
          "a RST in the {sender}'s name, but its IP identification {1} does not follow the {2} of {frame}, as all before did: something in between may have sent it");

  /** So many identifications must have counted up before one that does not is remarkable. */
  private static final int MIN_COUNTED = 4;

  private static final int MAX_STEP = 64;
  private static final int FAR_AWAY = 2048;
  private static final int ID_MASK = 0xFFFF;

  private Impostor() {}

  /** Notes it if {@code rst} looks like one; returns whether it does. */
  static boolean note(FlowSegment rst, Findings findings) {
    SendLedger ledger = rst.sender().ledger();
    if (ledger.size() == 0) {
      return false;
    }
    long newest = ledger.size() - 1;
    int hops = rst.segment().hopLimit();
    int usual = ledger.hopLimit(newest);
    if (hops != usual && usual == ledger.hopLimit(ledger.first())) {
      findings
          .add(AnnotationKind.RESET, OTHER_TTL)
          .frame(ledger.frame(newest))
          .value(hops)
          .value(usual)
          .likely();
      return true;
    }
    if (hasOtherId(rst, ledger)) {
      findings
          .add(AnnotationKind.RESET, OTHER_ID)
          .frame(ledger.frame(newest))
          .value(rst.segment().ipId())
          .value(ledger.ipId(newest))
          .likely();
      return true;
    }
    return false;
  }

  /**
   * A stack without a socket for the RST does not count: only a RST with ACK can be out of line.
   */
  private static boolean hasOtherId(FlowSegment rst, SendLedger ledger) {
    int id = rst.segment().ipId();
    long oldest = ledger.size() - MIN_COUNTED;
    if (!rst.isAck() || id == 0 || oldest < ledger.first()) {
      return false;
    }
    for (long i = oldest + 1; i < ledger.size(); i++) {
      int step = ledger.ipId(i) - ledger.ipId(i - 1) & ID_MASK;
      if (ledger.ipId(i - 1) == 0 || step == 0 || step > MAX_STEP) {
        return false;
      }
    }
    return (id - ledger.ipId(ledger.size() - 1) & ID_MASK) > FAR_AWAY;
  }
}
