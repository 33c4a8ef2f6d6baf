package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Weighs segments whose numbers lie too far from everything known. One alone changes nothing: it
 * may be forged. When the other side agrees, or several follow one another, the capture has missed
 * a great deal, and both streams are taken up again where they are now.
 */
final class Resumption {
  private static final Rule HOLE =
      new Rule(
          "hole-in-capture",
          "bytes {1}-{2} before it have not been seen, more than a window: later segments go on from here, so the capture missed them");

  /** Segments of one side that follow one another are believed without the other side. */
  private static final int ENOUGH_IN_SEQUENCE = 4;

  private Resumption() {}

  /**
   * Looks at a stray: either notes it as doubtful, or takes the connection up again at its numbers,
   * after which it is none.
   */
  static void weigh(FlowSegment stray, Findings findings) {
    Endpoint sender = stray.sender();
    Endpoint receiver = stray.receiver();
    if (stray.isRst() || stray.isSyn() || !stray.isAck() || stray.connection().isSelf()) {
      return;
    }
    Doubt others = receiver.doubt();
    if (others.isOpen(receiver, sender) && fit(stray, others)) {
      resume(receiver, sender, stray, findings);
      return;
    }
    Doubt own = sender.ownDoubt();
    if (own.isRepeatedBy(stray)) {
      return;
    }
    if (!own.isOpen(sender, receiver) || !follows(stray, own)) {
      own.begin(stray);
      return;
    }
    if (own.inSequence() + 1 >= ENOUGH_IN_SEQUENCE) {
      resume(sender, receiver, stray, findings);
    } else {
      own.follow(stray);
      stray.follow();
    }
  }

  /** Two segments of different sides fit if each goes on about where the other has got to. */
  private static boolean fit(FlowSegment stray, Doubt others) {
    long seqTolerance = Acceptance.tolerance(stray.receiver().announcement());
    long ackTolerance = Acceptance.tolerance(stray.sender().announcement());
    return Math.abs(stray.seqRel() - others.ackRel()) <= seqTolerance
        && Math.abs(stray.ackRel() - others.endRel()) <= ackTolerance;
  }

  private static boolean follows(FlowSegment stray, Doubt own) {
    boolean further = stray.endRel() > own.endRel() || stray.ackRel() > own.ackRel();
    return further && stray.seqRel() == own.endRel() && stray.ackRel() >= own.ackRel();
  }

  /** Takes both streams up again where {@code doubted} stands by its latest segments. */
  private static void resume(
      Endpoint doubted, Endpoint other, FlowSegment present, Findings findings) {
    Doubt doubt = doubted.doubt();
    noteHole(doubt, doubted, present, findings);
    doubted.resumeAt(doubt.seqRel(), doubt.endRel());
    other.resumeAcknowledged(doubt);
    doubted.announcement().resume(doubt);
    other.announcement().mustHaveAllowed(doubt.endRel());
    doubt.settle();
    present.reconsider();
  }

  /** Only while the verdict on that frame is open: later news changes nothing, whoever listens. */
  private static void noteHole(
      Doubt doubt, Endpoint doubted, FlowSegment present, Findings findings) {
    boolean open = present.latestNanos() - doubt.timeNanos() < HoldBack.MIN_WAIT_NANOS;
    if (!open || doubt.seqRel() <= doubted.nxt() || doubt.frame() == present.frame()) {
      return;
    }
    findings
        .addTo(doubt.frame(), AnnotationKind.PREVIOUS_SEGMENT_MISSING, HOLE)
        .value(doubted.nxt())
        .value(doubt.seqRel() - 1)
        .frame(present.frame())
        .onlyStrengthens();
  }
}
