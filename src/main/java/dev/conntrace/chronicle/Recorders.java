package dev.conntrace.chronicle;

import dev.conntrace.flow.Chronicle;

/**
 * Records every connection of one capture, subject by subject. What a recorder itself holds is of
 * one segment only; what it finds goes to the chronicle of its connection.
 */
public final class Recorders {
  final StallRecorder stalls = new StallRecorder();
  final RoundTripRecorder roundTrips = new RoundTripRecorder();
  final BufferRecorder buffers = new BufferRecorder();

  /** Returns the empty chronicle of another connection. */
  public Chronicle begin() {
    return new ConnectionChronicle(this);
  }
}
