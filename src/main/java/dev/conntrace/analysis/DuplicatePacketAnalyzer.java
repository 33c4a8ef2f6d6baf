package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.wire.TcpOptions;

/**
 * One packet that was delivered or captured twice: its sender sent it once, so it is judged before
 * all else.
 */
final class DuplicatePacketAnalyzer implements SegmentAnalyzer {
  private static final Rule SAME_IP_ID =
      new Rule(
          "same-ip-id",
          "the same packet as {frame}, {1:time} later: it has the same IP identification, so the {sender} sent it once");
  private static final Rule SAME_IP_ID_OTHER_HOP =
      new Rule(
          "same-ip-id-other-hop",
          "the same packet as {frame}, seen at another hop {1:time} later: it has the same IP identification but a hop limit of {2} where that had {3}, so the {sender} sent it once");
  private static final Rule ALL_TWICE =
      new Rule(
          "all-twice",
          "the same packet as {frame}, {1:time} later: every packet before it is in the capture twice");
  private static final Rule OTHER_HOP =
      new Rule(
          "other-hop",
          "the same packet as {frame}, {1:time} later, seen at another hop: only its hop limit differs");

  private static final Rule OLD_TIMESTAMP =
      new Rule(
          "old-timestamp",
          "the same packet as {frame}, {1:time} later: it has the same timestamp, although the {sender} had written newer ones since; sent again, it would bear one of those");

  /** How long after a packet its copy may come. */
  private static final long MAX_DELAY_NANOS = 100_000_000;

  /** The same without an identification to go by. */
  private static final long MAX_HOP_DELAY_NANOS = 1_000_000;

  /** How many packets may come in between. */
  private static final int MAX_DISTANCE = 32;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    if (bringsNews(segment)) {
      return;
    }
    SendLedger ledger = segment.sender().ledger();
    long oldest = Math.max(ledger.first(), ledger.size() - MAX_DISTANCE);
    for (long entry = ledger.size() - 1; entry >= oldest; entry--) {
      if (isTooOld(segment, ledger, entry)) {
        return;
      }
      if (ledger.sameHeader(entry, segment) && judge(segment, ledger, entry, findings)) {
        return;
      }
    }
  }

  /** Sends or acknowledges what no earlier segment did, so that none can be its like. */
  private static boolean bringsNews(FlowSegment segment) {
    Endpoint sender = segment.sender();
    boolean sendsNews = sender.hasNxt() && segment.endRel() > sender.nxt();
    boolean acknowledgesNews = segment.isAck() && segment.ackRel() > sender.announcement().ack();
    return sendsNews || acknowledgesNews;
  }

  /** Entries are looked at newest first; one that is too old ends the search. */
  private static boolean isTooOld(FlowSegment segment, SendLedger ledger, long entry) {
    return Math.abs(segment.timeNanos() - ledger.timeNanos(entry)) > MAX_DELAY_NANOS;
  }

  private static boolean judge(
      FlowSegment segment, SendLedger ledger, long entry, Findings findings) {
    long delay = segment.timeNanos() - ledger.timeNanos(entry);
    int id = segment.segment().ipId();
    if (id != 0) {
      if (id != ledger.ipId(entry) || isConstant(ledger, entry)) {
        return false;
      }
      int hopLimit = segment.segment().hopLimit();
      boolean sameHop = hopLimit == ledger.hopLimit(entry);
      findings
          .add(AnnotationKind.DUPLICATE_PACKET, sameHop ? SAME_IP_ID : SAME_IP_ID_OTHER_HOP)
          .frame(ledger.frame(entry))
          .value(delay)
          .value(hopLimit)
          .value(ledger.hopLimit(entry));
      return true;
    }
    if (delay <= MAX_HOP_DELAY_NANOS
        && ledger.ipId(entry) == 0
        && segment.connection().isDoubledSoFar()) {
      findings
          .add(AnnotationKind.DUPLICATE_PACKET, ALL_TWICE)
          .frame(ledger.frame(entry))
          .value(delay)
          .likelyNot(alternative(segment));
      return true;
    }
    if (ledger.ipId(entry) == 0 && bearsOldTimestamp(segment, ledger)) {
      findings
          .add(AnnotationKind.DUPLICATE_PACKET, OLD_TIMESTAMP)
          .frame(ledger.frame(entry))
          .value(delay)
          .likelyNot(alternative(segment));
      return true;
    }
    boolean otherHop =
        ledger.ipId(entry) == 0 && ledger.hopLimit(entry) != segment.segment().hopLimit();
    if (!otherHop || delay > MAX_HOP_DELAY_NANOS) {
      return false;
    }
    findings
        .add(AnnotationKind.DUPLICATE_PACKET, OTHER_HOP)
        .frame(ledger.frame(entry))
        .value(delay)
        .likelyNot(alternative(segment));
    return true;
  }

  /** A segment that is sent again gets a new timestamp (RFC 7323 3.2). */
  private static boolean bearsOldTimestamp(FlowSegment segment, SendLedger ledger) {
    TcpOptions options = segment.segment().options();
    return options.hasTimestamps()
        && ledger.timestampValue(ledger.size() - 1) - options.timestampValue() > 0;
  }

  private static AnnotationKind alternative(FlowSegment segment) {
    return segment.occupies() ? AnnotationKind.RETRANSMISSION : AnnotationKind.DUPLICATE_ACK;
  }

  /** A sender that gives all its packets one identification proves nothing with it. */
  private static boolean isConstant(SendLedger ledger, long entry) {
    return entry > ledger.first() && ledger.ipId(entry - 1) == ledger.ipId(entry);
  }
}
