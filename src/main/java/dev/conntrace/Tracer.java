package dev.conntrace;

import dev.conntrace.analysis.Analyzers;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.flow.ConnectionTracker;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureLoss;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.PacketSkipped;
import dev.conntrace.trace.TraceSink;

/** Follows every TCP connection of one capture and tells a sink what happened. */
public final class Tracer {
  private final TraceSink sink;
  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Packet packet = new Packet();
  private final Segment segment = new Segment();
  private final ConnectionTracker tracker;
  private final CaptureCounters counters = new CaptureCounters();

  /**
   * Prepares to trace one capture.
   *
   * @param sink hears everything, in the order of the capture
   */
  public Tracer(TracerOptions options, TraceSink sink) {
    this.sink = sink;
    long timeWaitNanos = options.timeWait().toNanos();
    tracker =
        new ConnectionTracker(
            timeWaitNanos, options.maxConnections(), new Analyzers(timeWaitNanos), sink);
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
    try {
      while (source.next(packet)) {
        take(source);
      }
    } catch (CaptureException e) {
      damage = e;
    }
    tracker.finish();
    CaptureReport report = counters.report(source, tracker.totals(), damage != null);
    sink.on(new CaptureEnded(report));
    if (damage != null) {
      throw damage;
    }
    return report;
  }

  private void take(PacketSource source) {
    DecodeOutcome outcome = decoder.decode(packet, segment);
    counters.count(packet, outcome);
    if (counters.noticesLoss(source)) {
      tracker.pass(new CaptureLoss(packet.frame(), source.droppedPackets()));
    }
    if (outcome == DecodeOutcome.TCP) {
      tracker.track(segment);
      return;
    }
    if (decoder.icmpError().isPresent()) {
      tracker.trackIcmpError(decoder.icmpError());
    }
    if (sink.wants(Importance.SKIPPED, 0)) {
      tracker.pass(new PacketSkipped(packet.frame(), packet.timestampNanos(), outcome.id()));
    }
  }

  /** Returns the frame that is being looked at: where to look when something went wrong. */
  public long frame() {
    return packet.frame();
  }
}
