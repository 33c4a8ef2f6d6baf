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
  private static final Rule REUSED_ELSEWHERE =
      new Rule(
          "new-isn-elsewhere",
          "the same addresses and ports as connection {1}, whose last segment was {frame}, {2:time} before, but other VLAN tags or another tunnel around it: a new connection, probably in another network (--key vlan,tunnel tells networks apart)");
  private static final Rule NEWER_TIMESTAMP =
      new Rule(
          "newer-timestamp",
          "allowed although the {receiver} has waited in TIME_WAIT since {frame}, {1:time}: the SYN's timestamp {2} is newer than {3}, the last one ({frame2}; RFC 6191)");
  private static final Rule HIGHER_ISN =
      new Rule(
          "higher-isn",
          "allowed although the {receiver} has waited in TIME_WAIT since {frame}, {1:time}: it starts {2} above the last sequence number that it had got");
  private static final Rule NOT_ALLOWED =
      new Rule(
          "new-isn-in-time-wait",
          "the same addresses and ports as connection {1}, for which the {receiver} has waited in TIME_WAIT since {frame}, {2:time}: with neither a newer timestamp nor a higher number it will be turned down");
  private static final Rule OWNER_REUSES =
      new Rule(
          "owner-reuses",
          "the {sender} itself waited in TIME_WAIT since {frame} and uses the port again, {1:time} later");
  private static final Rule OWNER_REMEMBERS =
      new Rule(
          "owner-echoes",
          "the {sender} itself waited in TIME_WAIT since {frame} and uses the port again, {1:time} later: its SYN echoes timestamp {2}, the last of the {receiver}, as Linux does it (tcp_tw_reuse)");
  private static final Rule LINUX_OWNER_REUSES =
      new Rule(
          "linux-tw-reuse",
          "the {sender} itself waited in TIME_WAIT since {frame} and uses the port again, {1:time} later: its number lies 65537 above its last one, as Linux does it (tcp_tw_reuse)");

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
    long waited = segment.timeNanos() - older.ending().timeWaitNanos();
    boolean waiting = older.ending().timeWaitOwner() != null && waited < timeWaitNanos;
    if (!waiting) {
      noteReuse(segment, older, findings);
    } else if (older.senderOf(segment.segment()).state() == TcpState.TIME_WAIT) {
      noteReuse(segment, older, findings);
      explainOwner(segment, older, waited, findings);
    } else if (older.peerOf(older.senderOf(segment.segment())).state() == TcpState.TIME_WAIT) {
      explainOther(segment, older, waited, findings);
    } else {
      // A RST ended the wait.
      noteReuse(segment, older, findings);
    }
  }

  private static void noteReuse(FlowSegment syn, Connection older, Findings findings) {
    findings
        .add(
            AnnotationKind.PORT_REUSED,
            syn.connection().travelsUnlike(older) ? REUSED_ELSEWHERE : REUSED)
        .frame(older.lastFrame())
        .value(older.number())
        .value(syn.timeNanos() - older.endNanos());
  }

  /** Who waits may use the port again itself; Linux then remembers where it had been. */
  private static void explainOwner(
      FlowSegment syn, Connection older, long waited, Findings findings) {
    Endpoint before = older.senderOf(syn.segment());
    SendLedger other = older.peerOf(before).ledger();
    int echo = syn.segment().options().timestampEcho();
    boolean echoes =
        syn.segment().options().hasTimestamps()
            && echo != 0
            && other.size() > 0
            && echo == other.timestampValue(other.size() - 1);
    boolean linuxStep = syn.segment().seq() == LinuxStep.above(before);
    findings
        .add(
            AnnotationKind.TIME_WAIT_REUSED,
            linuxStep ? LINUX_OWNER_REUSES : echoes ? OWNER_REMEMBERS : OWNER_REUSES)
        .frame(older.ending().timeWaitFrame())
        .value(waited)
        .value(Integer.toUnsignedLong(echo));
  }

  /** The other side waits: it lets only a call in that cannot be an old one (RFC 6191). */
  private static void explainOther(
      FlowSegment syn, Connection older, long waited, Findings findings) {
    Endpoint before = older.senderOf(syn.segment());
    long since = older.ending().timeWaitFrame();
    int above = syn.segment().seq() - (before.base() + (int) before.nxt());
    if (isNewer(syn, before.ledger())) {
      noteReuse(syn, older, findings);
      findings
          .add(AnnotationKind.TIME_WAIT_REUSED, NEWER_TIMESTAMP)
          .frame(since)
          .frame(before.ledger().frame(before.ledger().size() - 1))
          .value(waited)
          .value(Integer.toUnsignedLong(syn.segment().options().timestampValue()))
          .value(Integer.toUnsignedLong(lastTimestamp(before.ledger())));
    } else if (above > 0) {
      noteReuse(syn, older, findings);
      findings
          .add(AnnotationKind.TIME_WAIT_REUSED, HIGHER_ISN)
          .frame(since)
          .value(waited)
          .value(above);
    } else {
      findings
          .add(AnnotationKind.PORT_REUSED, NOT_ALLOWED)
          .frame(since)
          .value(older.number())
          .value(waited)
          .likely();
    }
  }

  private static int lastTimestamp(SendLedger ledger) {
    return ledger.timestampValue(ledger.size() - 1);
  }

  private static boolean isNewer(FlowSegment syn, SendLedger before) {
    return syn.segment().options().hasTimestamps()
        && before.size() > 0
        && SeqNum.lessThan(lastTimestamp(before), syn.segment().options().timestampValue());
  }
}
