package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Offer;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.TcpState;

/**
 * What an acknowledgement covers: part of a loss, part of a segment, many segments at once, less
 * than an earlier one (RFC 5681, RFC 6582). Bytes that were never captured are left to {@link
 * UnseenBytes}.
 */
final class AcknowledgementAnalyzer implements SegmentAnalyzer {
  private static final Rule BEYOND_ALLOWED =
      new Rule(
          "beyond-allowed",
          "acknowledges {1:bytes} more than the {receiver} was ever allowed to send: the capture missed very much, or this is not of this connection; it counts only if later segments agree");
  private static final Rule OF_OTHER_CONNECTION =
      new Rule(
          "before-first-byte",
          "its numbers lie before the first byte of this connection ({frame}): it belongs to an older one, or to another network");
  private static final Rule OF_OTHER_CALL =
      new Rule(
          "not-of-this-call",
          "acknowledges number {1}, and the SYN of {frame} asked for {2}: it belongs to an older connection between these ports that the {sender} still has, or to another network; the {receiver} answers with a RST");
  private static final Rule PARTIAL =
      new Rule(
          "below-recovery-point",
          "part of the repair: everything up to {1} has arrived, but the {receiver} had sent up to {2} when it began in {frame}");
  private static final Rule MID_SEGMENT =
      new Rule(
          "mid-segment",
          "takes only {1} of the {2:bytes} of {frame}: the rest did not fit, or the segment was cut on its way");
  private static final Rule STALE =
      new Rule(
          "overtaken",
          "stale ACK (reordered): it acknowledges up to byte {1}, and {frame} overtook it with more");
  private static final Rule BELOW_WINDOW =
      new Rule(
          "below-window",
          "its acknowledgement of byte {1} lies {2:bytes} behind {frame}, farther than any window of the {sender} reached: the {receiver} drops it and answers with a challenge ACK");
  private static final Rule STRETCH = new Rule("many-at-once", "one acknowledgement for {1:bytes}");
  private static final Rule DELAYED =
      new Rule(
          "waited",
          "the {sender} held the acknowledgement of {frame} back for {1:time}, in case data or a second segment came");

  private static final long MIN_DELAY_NANOS = 35_000_000;
  private static final long MAX_DELAY_NANOS = 250_000_000;

  /** What fits into an Ethernet frame, where nobody named a maximum. */
  private static final int USUAL_SEGMENT = 1460;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    Endpoint owner = segment.receiver();
    if (!segment.isAck() || segment.isRst() || findings.has(AnnotationKind.DUPLICATE_PACKET)) {
      return;
    }
    if (answersOtherCall(segment, owner)) {
      findings
          .add(AnnotationKind.STALE_ACK, OF_OTHER_CALL)
          .frame(segment.connection().opening().synFrame())
          .value(Integer.toUnsignedLong(segment.segment().ack()))
          .value(Integer.toUnsignedLong(owner.base() + 1))
          .likely();
      return;
    }
    if (segment.isDoubtful()) {
      noteStray(segment, owner, findings);
      return;
    }
    if (!owner.hasUna()) {
      UnseenBytes.note(segment, owner.seen().contiguousEnd(), findings);
    } else if (segment.ackRel() > owner.una()) {
      examineProgress(segment, owner, findings);
    } else if (segment.ackRel() < owner.una() && segment.isPureAck()) {
      examineOld(segment, owner, findings);
    }
  }

  /** Whoever has only called can be acknowledged no more than its SYN (RFC 9293 3.10.7.3). */
  private static boolean answersOtherCall(FlowSegment segment, Endpoint owner) {
    return owner.state() == TcpState.SYN_SENT
        && owner.hasNxt()
        && !segment.isSyn()
        && (segment.ackRel() < 0 || segment.ackRel() > owner.nxt());
  }

  private static void examineProgress(FlowSegment segment, Endpoint owner, Findings findings) {
    if (UnseenBytes.note(segment, owner.una(), findings)) {
      return;
    }
    if (owner.recovery().isActive() && segment.ackRel() < owner.recovery().point()) {
      findings
          .add(AnnotationKind.PARTIAL_ACK, PARTIAL)
          .value(segment.ackRel() - 1)
          .value(owner.recovery().point() - 1)
          .frame(owner.recovery().entryFrame());
    } else if (segment.ackRel() < owner.nxt()) {
      examineEdge(segment, owner, findings);
    }
    long covered = segment.ackRel() - owner.una();
    int full = fullSegment(segment, owner);
    if (full > 0 && covered > 2L * full) {
      findings.add(AnnotationKind.STRETCH_ACK, STRETCH).value(covered);
    } else {
      examineDelay(segment, owner, findings);
    }
  }

  /** What the receiver of the data named as the largest segment, or else the largest one seen. */
  private static int fullSegment(FlowSegment segment, Endpoint owner) {
    Offer named = segment.sender().offer();
    return named.hasMss() ? named.mssBytes() : owner.totals().largestPayload();
  }

  /**
   * It counts only if later segments agree with it; nobody can have been allowed to send so far.
   */
  private static void noteStray(FlowSegment segment, Endpoint owner, Findings findings) {
    long beyond = segment.ackRel() - segment.sender().announcement().edge();
    if (segment.isFollowingStray()) {
      return;
    }
    if (beyond > 0 && owner.hasNxt()) {
      findings
          .add(AnnotationKind.ACKED_UNSEEN_SEGMENT, BEYOND_ALLOWED)
          .value(beyond)
          .orMaybe(AnnotationKind.STALE_ACK);
    } else if (segment.isPureAck() && segment.ackRel() < owner.una()) {
      findings
          .add(AnnotationKind.STALE_ACK, OF_OTHER_CONNECTION)
          .frame(segment.connection().opening().synFrame())
          .likely();
    }
  }

  /**
   * Whether the acknowledgement ends inside a segment. One that was captured before its network
   * card cut it up is acknowledged in parts as a matter of course.
   */
  private static void examineEdge(FlowSegment segment, Endpoint owner, Findings findings) {
    SendLedger ledger = owner.ledger();
    long entry = ledger.firstUnacked();
    while (entry < ledger.size() && ledger.end(entry) <= segment.ackRel()) {
      entry++;
    }
    if (entry == ledger.size() || ledger.start(entry) >= segment.ackRel()) {
      return;
    }
    Offer named = segment.sender().offer();
    long length = ledger.end(entry) - ledger.start(entry);
    if (length <= (named.hasMss() ? named.mssBytes() : USUAL_SEGMENT)) {
      findings
          .add(AnnotationKind.PARTIAL_ACK, MID_SEGMENT)
          .frame(ledger.frame(entry))
          .value(segment.ackRel() - ledger.start(entry))
          .value(length);
    }
  }

  private static void examineOld(FlowSegment segment, Endpoint owner, Findings findings) {
    if (segment.isAckBelowWindow()) {
      findings
          .add(AnnotationKind.STALE_ACK, BELOW_WINDOW)
          .value(segment.ackRel() - 1)
          .value(owner.una() - segment.ackRel())
          .frame(owner.unaFrame());
    } else if (!DuplicateAckAnalyzer.bringsSackNews(segment)) {
      findings
          .add(AnnotationKind.STALE_ACK, STALE)
          .value(segment.ackRel() - 1)
          .frame(owner.unaFrame());
    }
  }

  /**
   * RFC 9293 3.8.6.3. Only a delay well above the quickest answers seen is the receiver's own
   * doing.
   */
  private static void examineDelay(FlowSegment segment, Endpoint owner, Findings findings) {
    SendLedger ledger = owner.ledger();
    // No byte was seen before the stream was known to reach so far: most ACKs need no search.
    boolean atOnce = segment.timeNanos() - owner.nxtTimeNanos() < MIN_DELAY_NANOS;
    if (atOnce || segment.ackRel() != owner.nxt() || !owner.rtt().isKnown()) {
      return;
    }
    long newest = ledger.newestWith(segment.ackRel() - 1);
    if (newest < 0
        || ledger.start(newest) > owner.una()
        || ledger.wasSentAgain(newest)
        || ledger.isResend(newest)) {
      return;
    }
    long waited = segment.timeNanos() - ledger.timeNanos(newest);
    boolean typical = waited >= MIN_DELAY_NANOS && waited <= MAX_DELAY_NANOS;
    if (typical && owner.rtt().minNanos() < waited / 4) {
      findings
          .add(AnnotationKind.DELAYED_ACK, DELAYED)
          .frame(ledger.frame(newest))
          .value(waited)
          .likely();
    }
  }
}
