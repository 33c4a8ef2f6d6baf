package dev.conntrace.analysis;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Transitions;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.TcpState;
import dev.conntrace.wire.SeqNum;

/**
 * A new connection between addresses and ports that were used before, perhaps while one side still
 * waited (RFC 6191).
 */
final class PortReuseAnalyzer implements SegmentAnalyzer {
  private static final Rule REUSED =
      new Rule(
          "new-isn",
          "the same addresses and ports as connection {1}, whose last segment was {frame}, {2:time} before: a new connection");
  private static final Rule NEWER_TIMESTAMP =
      new Rule(
          "newer-timestamp",
          "allowed although the {receiver} waited in TIME_WAIT since {frame}: the SYN's timestamp is newer than the last one");
  private static final Rule HIGHER_ISN =
      new Rule(
          "higher-isn",
          "allowed although the {receiver} waited in TIME_WAIT since {frame}: it starts above the last sequence number");
  private static final Rule OWNER_REUSES =
      new Rule(
          "owner-reuses",
          "the {sender} itself waited in TIME_WAIT since {frame} and uses the port again, {1:time} later");
  private static final Rule LINUX_OWNER_REUSES =
      new Rule(
          "linux-tw-reuse",
          "the {sender} itself waited in TIME_WAIT since {frame} and uses the port again, {1:time} later: its number lies 65537 above its last one, as Linux does it");

  /** How far above its last sequence number Linux starts when it reuses a port out of TIME_WAIT. */
  private static final int LINUX_STEP = 65537;

  private final long timeWaitNanos;

  PortReuseAnalyzer(long timeWaitNanos) {
    this.timeWaitNanos = timeWaitNanos;
  }

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    Connection older = segment.connection().older();
    boolean firstSyn =
        segment.isSyn() && !segment.isAck() && segment.connection().opening().synFrame() == 0;
    if (older == null || !firstSyn) {
      return;
    }
    findings
        .add(AnnotationKind.PORT_REUSED, REUSED)
        .frame(older.lastFrame())
        .value(older.number())
        .value(segment.timeNanos() - older.endNanos());
    long waited = segment.timeNanos() - older.ending().timeWaitNanos();
    if (older.ending().timeWaitOwner() != null && waited < timeWaitNanos) {
      explainTimeWait(segment, older, waited, findings);
    }
  }

  private static void explainTimeWait(
      FlowSegment segment, Connection older, long waited, Findings findings) {
    Endpoint before = older.senderOf(segment.segment());
    long since = older.ending().timeWaitFrame();
    if (before.state() == TcpState.TIME_WAIT) {
      boolean linux = segment.segment().seq() == before.base() + (int) before.nxt() + LINUX_STEP;
      findings
          .add(AnnotationKind.TIME_WAIT_REUSED, linux ? LINUX_OWNER_REUSES : OWNER_REUSES)
          .frame(since)
          .value(waited);
      return;
    }
    if (isNewer(segment, before.ledger())) {
      findings.add(AnnotationKind.TIME_WAIT_REUSED, NEWER_TIMESTAMP).frame(since);
    } else if (SeqNum.lessThan(before.base() + (int) before.nxt(), segment.segment().seq())) {
      findings.add(AnnotationKind.TIME_WAIT_REUSED, HIGHER_ISN).frame(since);
    }
  }

  private static boolean isNewer(FlowSegment syn, SendLedger before) {
    return syn.segment().options().hasTimestamps()
        && before.size() > 0
        && SeqNum.lessThan(
            before.timestampValue(before.size() - 1), syn.segment().options().timestampValue());
  }
}
