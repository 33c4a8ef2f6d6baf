package dev.conntrace;

import dev.conntrace.analysis.Analyzers;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.LossyFrames;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.chronicle.Recorders;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.IcmpError;
import dev.conntrace.decode.Reassembly;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.flow.ConnectionTracker;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.PacketSkipped;
import dev.conntrace.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/** Follows every TCP connection of one capture and tells a sink what happened. */
public final class Tracer {
  /** Captures up to this size are over before a second thread would pay. */
  private static final long PACKETS_IN_STEP = 10_000;

  private final TraceSink sink;
  private final boolean readAhead;
  private final Reassembly reassembly = new Reassembly();
  private final SegmentDecoder decoder = new SegmentDecoder(reassembly);
  private final Packet packet = new Packet();
  private final Segment segment = new Segment();
  private final ConnectionTracker tracker;
  private final CaptureCounters counters = new CaptureCounters();
  private long dropped;
  private long frame;

  /**
   * Prepares to trace one capture.
   *
   * @param sink hears everything, in the order of the capture
   */
  public Tracer(TracerOptions options, TraceSink sink) {
    this.sink = sink;
    readAhead = options.readAhead();
    long timeWaitNanos = options.timeWait().toNanos();
    tracker =
        new ConnectionTracker(
            timeWaitNanos,
            options.maxConnections(),
            options.key(),
            new Analyzers(timeWaitNanos),
            new Recorders()::begin,
            sink);
  }

  /**
   * Traces a capture from beginning to end.
   *
   * @return the totals, which the sink has also been told
   * @throws CaptureException if the capture is damaged; everything before the damage has been
   *     traced and reported to the sink by then
   */
  public CaptureReport trace(PacketSource source) throws CaptureException {
    CaptureException damage = null;
    source.tellGrowth(new Settling(tracker));
    for (LossyFrames drops : source.drops()) {
      tracker.foretellLoss(drops.afterFrame(), drops.upToFrame());
    }
    try {
      if (traceInStep(source)) {
        damage = traceAhead(source);
      }
    } catch (CaptureException e) {
      damage = e;
    }
    // Statistics that come after the last packet.
    noteLoss(source.droppedPackets());
    tracker.finish();
    CaptureReport report = counters.report(source, tracker.totals(), reassembly, damage != null);
    sink.on(new CaptureEnded(report));
    if (damage != null) {
      throw damage;
    }
    return report;
  }

  /** Reads on this thread; returns whether there may be more, for another thread to read. */
  private boolean traceInStep(PacketSource source) throws CaptureException {
    long left = readAhead ? PACKETS_IN_STEP : Long.MAX_VALUE;
    while (left-- > 0) {
      if (!source.next(packet)) {
        return false;
      }
      DecodeOutcome outcome = decoder.decode(packet, segment);
      counters.count(packet, outcome, segment);
      frame = packet.frame();
      noteLoss(source.droppedPackets());
      if (source.mayLackPackets()) {
        tracker.doubt(frame);
      }
      take(segment, outcome, decoder.icmpError());
    }
    return true;
  }

  /**
   * Takes what another thread reads and decodes, in the same order; returns the damage that ended
   * it, if any did.
   */
  private @Nullable CaptureException traceAhead(PacketSource source) {
    try (ReadAhead reader = new ReadAhead(source, counters, reassembly, sink.mayWantSegments())) {
      while (true) {
        DecodedBatch batch = reader.next();
        take(batch);
        if (batch.isLast()) {
          rethrow(batch.fault());
          return batch.damage();
        }
        reader.giveBack(batch);
      }
    }
  }

  private void take(DecodedBatch batch) {
    int size = batch.size();
    for (int i = 0; i < size; i++) {
      frame = batch.segment(i).frame();
      if (i == size - 1) {
        noteLoss(batch.droppedPackets());
      }
      take(batch.segment(i), batch.outcome(i), batch.icmpError(i));
    }
  }

  private static void rethrow(@Nullable Throwable fault) {
    if (fault instanceof RuntimeException exception) {
      throw exception;
    }
    if (fault instanceof Error error) {
      throw error;
    }
  }

  private void noteLoss(long droppedNow) {
    if (droppedNow > dropped) {
      tracker.noteLoss(new CaptureLoss(frame, droppedNow));
    }
    dropped = droppedNow;
  }

  private void take(Segment segment, DecodeOutcome outcome, @Nullable IcmpError icmpError) {
    if (outcome == DecodeOutcome.TCP) {
      tracker.track(segment);
      return;
    }
    if (outcome == DecodeOutcome.ICMP && icmpError != null && icmpError.isPresent()) {
      tracker.trackIcmpError(icmpError);
    }
    if (sink.wants(Importance.SKIPPED, 0)) {
      tracker.pass(new PacketSkipped(frame, segment.timestampNanos(), outcome.id()));
    }
  }

  /** Returns the frame that is being looked at: where to look when something went wrong. */
  public long frame() {
    return frame;
  }
}
