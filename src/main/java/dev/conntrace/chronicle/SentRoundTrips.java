package dev.conntrace.chronicle;

import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.RttSamples;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.trace.RetransmissionTimer;
import dev.conntrace.trace.RetransmissionTimer.Timeout;
import dev.conntrace.trace.RoundTrips;
import dev.conntrace.trace.RttStatistics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The round trips of what one side sent, class by class. Bounded: of very many samples some are
 * kept, and of its timeouts the first {@link #MOST_TIMEOUTS}.
 */
final class SentRoundTrips {
  static final int MOST_TIMEOUTS = 16;

  private @Nullable RttSamples data;
  private @Nullable RttSamples timestamps;
  private @Nullable RttSamples delayedAcks;
  private long unmeasured;
  private long timerStartNanos = Long.MIN_VALUE;
  private long @Nullable [] timeouts;
  private int fired;

  /**
   * Takes an acknowledgement of more in, before it is applied.
   *
   * @param walk is filled with what the acknowledgement covers
   */
  void acknowledged(FlowSegment ack, boolean delayed, LedgerWalk walk) {
    timerStartNanos = ack.timeNanos();
    if (!walk.over(ack)) {
      return;
    }
    boolean late = ack.sender().announcement().duplicates() > 0;
    boolean waited = late || !ack.receiver().scoreboard().isEmpty();
    long clean = walk.repaired || waited ? LedgerWalk.NOTHING : walk.exact;
    if (delayed && clean != LedgerWalk.NOTHING) {
      delayedAcks = add(ack, clean, delayedAcks);
      return;
    }
    if (clean != LedgerWalk.NOTHING) {
      data = add(ack, clean, data);
    } else if (walk.repaired || waited) {
      unmeasured++;
    }
    if (walk.echoed != LedgerWalk.NOTHING) {
      timestamps = add(ack, walk.echoed, timestamps);
    }
  }

  /** The timer begins anew: a probe was sent in its place. */
  void timerStarted(FlowSegment segment) {
    timerStartNanos = segment.timeNanos();
  }

  /**
   * Takes a retransmission by the timer in, before it is applied.
   *
   * @param estimateNanos how long the timer would take for the first time
   */
  void timerFired(FlowSegment segment, long estimateNanos) {
    SendLedger ledger = segment.sender().ledger();
    long copy = ledger.newestWith(segment.seqRel());
    long sentNanos = copy < 0 ? Long.MIN_VALUE : ledger.timeNanos(copy);
    long startNanos = Math.max(timerStartNanos, sentNanos);
    if (startNanos == Long.MIN_VALUE || segment.timeNanos() < startNanos) {
      return;
    }
    if (timeouts == null) {
      timeouts = new long[3 * MOST_TIMEOUTS];
    }
    if (fired < MOST_TIMEOUTS) {
      int at = 3 * fired;
      timeouts[at] = segment.frame();
      timeouts[at + 1] = segment.timeNanos() - startNanos;
      timeouts[at + 2] = estimateNanos << Math.min(7, segment.sender().recovery().timeouts());
    }
    fired++;
  }

  private static @Nullable RttSamples add(
      FlowSegment ack, long entry, @Nullable RttSamples samples) {
    long nanos = ack.timeNanos() - ack.receiver().ledger().timeNanos(entry);
    if (nanos < 0) {
      return samples;
    }
    RttSamples kept = samples == null ? new RttSamples() : samples;
    kept.add(nanos);
    return kept;
  }

  /** Returns whether there is anything to say of its timer: it was measured, or it fired. */
  boolean hasTimer() {
    return data != null || timestamps != null || delayedAcks != null || fired > 0;
  }

  long fired() {
    return fired;
  }

  List<Timeout> timeouts() {
    if (timeouts == null) {
      return List.of();
    }
    List<Timeout> list = new ArrayList<>();
    for (int i = 0; i < Math.min(fired, MOST_TIMEOUTS); i++) {
      list.add(new Timeout(timeouts[3 * i], timeouts[3 * i + 1], timeouts[3 * i + 2]));
    }
    return list;
  }

  RoundTrips report(long handshakeNanos, @Nullable RetransmissionTimer timer) {
    return new RoundTrips(
        handshakeNanos,
        statistics(data),
        statistics(timestamps),
        statistics(delayedAcks),
        unmeasured,
        timer);
  }

  private static RttStatistics statistics(@Nullable RttSamples samples) {
    return samples == null ? RttStatistics.NONE : samples.statistics();
  }
}
