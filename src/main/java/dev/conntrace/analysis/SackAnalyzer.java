package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.wire.TcpOptions;

/** What the blocks of a SACK option say (RFC 2018, RFC 2883). */
final class SackAnalyzer implements SegmentAnalyzer {
  private static final Rule BLOCKS =
      new Rule("blocks", "the {sender} also has bytes {1}-{2}, beyond a hole");
  private static final Rule DUPLICATE =
      new Rule("duplicate-block", "the {sender} reports that it got bytes {1}-{2} twice");
  private static final Rule DUPLICATE_SYN =
      new Rule("duplicate-syn-block", "the {sender} reports that it got the SYN twice");

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    TcpOptions options = segment.segment().options();
    if (!segment.isAck()
        || segment.isSyn()
        || segment.isRst()
        || segment.isDoubtful()
        || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    int blocks = options.sackBlocks();
    if (blocks == 0) {
      return;
    }
    Endpoint owner = segment.receiver();
    boolean duplicateFirst = isDuplicateReport(segment, owner, options);
    if (duplicateFirst) {
      noteDuplicate(segment, owner, findings);
    }
    for (int i = duplicateFirst ? 1 : 0; i < blocks; i++) {
      long left = owner.relative(options.sackLeft(i));
      long right = owner.relative(options.sackRight(i));
      if (!SackFault.isFound(segment, left, right, findings)
          && !findings.has(AnnotationKind.SACK)) {
        findings.add(AnnotationKind.SACK, BLOCKS).value(left).value(right - 1);
      }
    }
  }

  /** RFC 2883 4: the first block lies below the acknowledgement, or inside the second. */
  static boolean isDuplicateReport(FlowSegment segment, Endpoint owner, TcpOptions options) {
    long left = owner.relative(options.sackLeft(0));
    long right = owner.relative(options.sackRight(0));
    if (left >= right) {
      return false;
    }
    if (right <= segment.ackRel()) {
      return true;
    }
    return options.sackBlocks() > 1
        && owner.relative(options.sackLeft(1)) <= left
        && right <= owner.relative(options.sackRight(1));
  }

  private static void noteDuplicate(FlowSegment segment, Endpoint owner, Findings findings) {
    long left = owner.relative(segment.segment().options().sackLeft(0));
    long right = owner.relative(segment.segment().options().sackRight(0));
    findings
        .add(AnnotationKind.DSACK, left == 0 ? DUPLICATE_SYN : DUPLICATE)
        .value(left)
        .value(right - 1);
    SendLedger ledger = owner.ledger();
    long copy = ledger.newestWith(left);
    boolean open = copy >= 0 && !segment.connection().isFinal(owner, copy, segment.latestNanos());
    boolean needed = copy >= 0 && ledger.isUnjudgedResend(copy) && ledger.wasAnswered(copy);
    if (open && ledger.isResend(copy) && !needed) {
      Finding finding = Needless.byReport(segment, copy, findings);
      if (!ledger.isUnjudgedResend(copy)) {
        finding.onlyStrengthens();
      }
    }
  }
}
