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
 * A receiver that no longer names bytes which it had selectively acknowledged (RFC 2018 8).
 *
 * <p>A report has room for few blocks, and a receiver remembers no more: where there were ever more
 * than fit, an older one may only have been pushed out. An acknowledgement that was overtaken on
 * its way names less than a later one, too.
 */
final class RenegingAnalyzer implements SegmentAnalyzer {
  private static final Rule GONE =
      new Rule(
          "sacked-bytes-gone",
          "{1:bytes} up to {2} that the {sender} had reported are missing from its report, which had room for them: it threw them away");

  private static final int LONGEST_TCP_HEADER = 60;
  private static final int BLOCK_BYTES = 8;
  private static final int FIRST_BLOCK_BYTES = 12;

  /** Two acknowledgements so far apart are not swapped on their way. */
  private static final long MIN_APART_NANOS = 10_000_000;

  @Override
  public void examine(FlowSegment segment, Transitions planned, Findings findings) {
    Endpoint owner = segment.receiver();
    if (owner.scoreboard().isEmpty()
        || owner.scoreboard().wasCrowded()
        || !segment.isPureAck()
        || segment.ackRel() < owner.una()
        || findings.has(AnnotationKind.DUPLICATE_PACKET)
        || findings.has(AnnotationKind.SACK_INVALID)) {
      return;
    }
    long gone = goneBytes(segment, owner);
    if (gone > 0 && hadRoom(segment) && segment.sender().offer().sack() && isLatest(segment)) {
      findings
          .add(AnnotationKind.SACK_RENEGING, GONE)
          .value(gone)
          .value(owner.scoreboard().highest() - 1)
          .likelyNot(AnnotationKind.STALE_ACK);
    }
  }

  /** How many bytes beyond the acknowledgement were reported before and are not now. */
  private static long goneBytes(FlowSegment segment, Endpoint owner) {
    TcpOptions options = segment.segment().options();
    long gone = owner.scoreboard().overlap(segment.ackRel(), owner.scoreboard().highest());
    for (int i = 0; i < options.sackBlocks() && gone > 0; i++) {
      long left = Math.max(segment.ackRel(), owner.relative(options.sackLeft(i)));
      long right = owner.relative(options.sackRight(i));
      gone -= left < right && !isRepeated(options, i) ? owner.scoreboard().overlap(left, right) : 0;
    }
    return gone;
  }

  /** Whether a block lies inside the next one, as the first does when it reports a duplicate. */
  private static boolean isRepeated(TcpOptions options, int i) {
    return i == 0
        && options.sackBlocks() > 1
        && options.sackLeft(0) - options.sackLeft(1) >= 0
        && options.sackRight(1) - options.sackRight(0) >= 0;
  }

  private static boolean hadRoom(FlowSegment segment) {
    int more = segment.segment().options().sackBlocks() == 0 ? FIRST_BLOCK_BYTES : BLOCK_BYTES;
    return segment.segment().tcpHeaderLength() + more <= LONGEST_TCP_HEADER;
  }

  /** Whether it left its sender after everything that the capture shows of it. */
  private static boolean isLatest(FlowSegment segment) {
    SendLedger sent = segment.sender().ledger();
    long last = sent.size() - 1;
    if (last < 0) {
      return false;
    }
    int id = segment.segment().ipId();
    if (id != 0 && sent.ipId(last) != 0) {
      return (short) (id - sent.ipId(last)) > 0;
    }
    TcpOptions options = segment.segment().options();
    int later = options.timestampValue() - sent.timestampValue(last);
    boolean stamped = options.hasTimestamps() && later != 0;
    return stamped ? later > 0 : segment.timeNanos() - sent.timeNanos(last) >= MIN_APART_NANOS;
  }
}
