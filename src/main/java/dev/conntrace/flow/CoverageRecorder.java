package dev.conntrace.flow;

import dev.conntrace.trace.AckCoverage;
import dev.conntrace.trace.SegmentFacts;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which segments an acknowledgement newly covers, for a sink that wants segments: what is
 * acknowledged after it and was not before.
 */
final class CoverageRecorder {
  private long from;
  private long firstUnacked;

  /** Remembers how far the other side's bytes are acknowledged before a segment is applied. */
  void begin(FlowSegment segment) {
    Endpoint owner = segment.receiver();
    SendLedger ledger = owner.ledger();
    boolean begins = !owner.hasUna() && ledger.size() > 0;
    from = begins ? ledger.start(ledger.first()) : owner.una();
    firstUnacked = ledger.firstUnacked();
  }

  /** Returns what the segment, now applied, newly covers; null if nothing. */
  @Nullable AckCoverage end(FlowSegment segment) {
    Endpoint owner = segment.receiver();
    if (!segment.isAck() || !owner.hasUna() || owner.una() <= from) {
      return null;
    }
    long to = owner.una();
    long unseen = to - from - owner.seen().overlap(from, to);
    Walk walk = new Walk(from, to, owner.ledger());
    walk.run(firstUnacked, to - from - unseen);
    boolean timed = segment.segment().timestampNanos() != SegmentFacts.NO_TIMESTAMP;
    return new AckCoverage(
        walk.segments,
        walk.bytes < to - from - unseen,
        Math.max(0, to - from - controls(owner, from, to)),
        unseen,
        walk.firstFrame,
        walk.lastFrame,
        walk.partlyFrame,
        walk.resent,
        timed ? waited(segment, walk.firstNanos) : AckCoverage.UNKNOWN,
        timed ? waited(segment, walk.lastNanos) : AckCoverage.UNKNOWN);
  }

  /** SYN and FIN take a number and are no bytes. */
  private static int controls(Endpoint owner, long from, long to) {
    boolean syn = from <= 0 && to > 0;
    boolean fin = owner.closing().isCoveredBy(to) && !owner.closing().isCoveredBy(from);
    return (syn ? 1 : 0) + (fin ? 1 : 0);
  }

  private static long waited(FlowSegment ack, long sentNanos) {
    boolean known = sentNanos != SegmentFacts.NO_TIMESTAMP && ack.timeNanos() >= sentNanos;
    return known ? ack.timeNanos() - sentNanos : AckCoverage.UNKNOWN;
  }

  /** One way through the ledger, over the segments between two positions. */
  private static final class Walk {
    private final long from;
    private final long to;
    private final SendLedger ledger;
    private int segments;
    private int resent;
    private long bytes;
    private long firstFrame;
    private long lastFrame;
    private long partlyFrame;
    private long firstNanos = SegmentFacts.NO_TIMESTAMP;
    private long lastNanos = SegmentFacts.NO_TIMESTAMP;

    Walk(long from, long to, SendLedger ledger) {
      this.from = from;
      this.to = to;
      this.ledger = ledger;
    }

    /** Goes on until all that was seen is found, which lies near the beginning. */
    void run(long entry, long seenBytes) {
      for (long i = Math.max(entry, ledger.first()); i < ledger.size() && bytes < seenBytes; i++) {
        boolean within = ledger.start(i) < to && ledger.end(i) > Math.max(from, ledger.start(i));
        if (within && !isCopy(i)) {
          take(i);
        }
      }
    }

    private boolean isCopy(long i) {
      return ledger.isResend(i) && ledger.oldestWith(ledger.start(i), ledger.end(i)) < i;
    }

    private void take(long i) {
      bytes += Math.min(to, ledger.end(i)) - Math.max(from, ledger.start(i));
      if (ledger.end(i) > to) {
        partlyFrame = ledger.frame(i);
        return;
      }
      if (segments++ == 0) {
        firstFrame = ledger.frame(i);
        firstNanos = ledger.timeNanos(i);
      }
      lastFrame = ledger.frame(i);
      lastNanos = ledger.timeNanos(i);
      resent += ledger.wasSentAgain(i) || ledger.isResend(i) ? 1 : 0;
    }
  }
}
