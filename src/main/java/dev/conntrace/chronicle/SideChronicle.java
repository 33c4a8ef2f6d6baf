package dev.conntrace.chronicle;

import dev.conntrace.trace.RoundTrips;
import org.jspecify.annotations.Nullable;

/** What is recorded of one side: each subject from when there is the first of it to record. */
final class SideChronicle {
  @Nullable StallWatch stalls;
  @Nullable RepairLog repairs;
  @Nullable SenderWatch sending;
  @Nullable SentRoundTrips roundTrips;
  @Nullable StreamRecorder stream;
  long handshakeNanos = RoundTrips.UNKNOWN;
}
