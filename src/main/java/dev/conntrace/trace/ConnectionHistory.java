package dev.conntrace.trace;

/**
 * What a connection went through that takes longer than one segment.
 *
 * @param stalls when a side could not send because of the other's window
 * @param recoveries how losses were repaired
 * @param congestion how much each side dared to have under way
 * @param roundTrips round-trip times by how they were measured
 * @param buffers what waited in send buffers and receive queues
 */
public record ConnectionHistory(
    StallReport stalls,
    RecoveryReport recoveries,
    CongestionReport congestion,
    RoundTripReport roundTrips,
    BufferReport buffers) {
  /** Of a connection of which nobody kept a history. */
  public static final ConnectionHistory NONE =
      new ConnectionHistory(
          StallReport.NONE,
          RecoveryReport.NONE,
          CongestionReport.NONE,
          RoundTripReport.NONE,
          BufferReport.NONE);
}
