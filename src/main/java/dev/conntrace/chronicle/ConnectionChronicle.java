package dev.conntrace.chronicle;

import dev.conntrace.flow.Chronicle;
import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.ConnectionHistory;

/** Everything that is recorded of one connection, subject by subject. */
public final class ConnectionChronicle implements Chronicle {
  private final StallRecorder stalls = new StallRecorder();
  private final RecoveryRecorder recoveries = new RecoveryRecorder();
  private final CongestionRecorder congestion = new CongestionRecorder(recoveries);
  private final RoundTripRecorder roundTrips = new RoundTripRecorder();
  private final BufferRecorder buffers = new BufferRecorder();

  @Override
  public void note(FlowSegment segment, Findings findings) {
    stalls.note(segment, findings);
    recoveries.note(segment, findings);
    congestion.note(segment, findings);
    roundTrips.note(segment, findings);
    buffers.note(segment, findings);
  }

  @Override
  public BytesMoved moved(FlowSegment segment, Findings findings) {
    return buffers.moved(segment, findings);
  }

  @Override
  public ConnectionHistory report(Connection connection, boolean timed) {
    return new ConnectionHistory(
        stalls.report(connection, timed),
        recoveries.report(connection, timed),
        congestion.report(connection, timed),
        roundTrips.report(connection, timed),
        buffers.report(connection, timed));
  }
}
