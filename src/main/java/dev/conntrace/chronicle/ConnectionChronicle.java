package dev.conntrace.chronicle;

import dev.conntrace.flow.Chronicle;
import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.ConnectionHistory;
import dev.conntrace.trace.Side;
import org.jspecify.annotations.Nullable;

/** Everything that is recorded of one connection. */
final class ConnectionChronicle implements Chronicle {
  final SideChronicle client = new SideChronicle();
  final SideChronicle server = new SideChronicle();

  /** The stalls of both sides; null before the first end of a window. */
  @Nullable StallLog stalls;

  /** How many repairs both sides have begun. */
  long repairs;

  private final Recorders recorders;

  ConnectionChronicle(Recorders recorders) {
    this.recorders = recorders;
  }

  /** Returns what is recorded of an end. */
  SideChronicle of(Endpoint end) {
    return end.side() == Side.CLIENT ? client : server;
  }

  @Override
  public void note(FlowSegment segment, Findings findings) {
    SideChronicle sender = of(segment.sender());
    SideChronicle receiver = of(segment.receiver());
    recorders.stalls.note(this, segment, findings);
    RecoveryRecorder.note(this, segment, findings);
    CongestionRecorder.note(sender, receiver, segment, findings);
    recorders.roundTrips.note(sender, receiver, segment, findings);
    recorders.buffers.note(sender, receiver, segment, findings);
  }

  @Override
  public BytesMoved moved(FlowSegment segment, Findings findings) {
    return recorders.buffers.moved(of(segment.sender()), of(segment.receiver()), segment, findings);
  }

  @Override
  public ConnectionHistory report(Connection connection, boolean timed) {
    return new ConnectionHistory(
        StallRecorder.report(this, connection, timed),
        RecoveryRecorder.report(this, connection, timed),
        CongestionRecorder.report(this, connection, timed),
        RoundTripRecorder.report(this, connection, timed),
        BufferRecorder.report(this, connection, timed));
  }
}
