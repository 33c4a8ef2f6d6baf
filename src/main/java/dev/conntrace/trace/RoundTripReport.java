package dev.conntrace.trace;

/**
 * Round-trip times by how they were measured, for each side's segments until the other answered.
 *
 * @param fromClient what the client sent, answered by the server
 * @param fromServer what the server sent, answered by the client
 */
public record RoundTripReport(RoundTrips fromClient, RoundTrips fromServer) {
  public static final RoundTripReport NONE = new RoundTripReport(RoundTrips.NONE, RoundTrips.NONE);

  /** Returns the round trips of what one side sent. */
  public RoundTrips from(Side side) {
    return side == Side.CLIENT ? fromClient : fromServer;
  }

  /** Returns whether there is nothing to tell. */
  public boolean isEmpty() {
    return fromClient.isEmpty() && fromServer.isEmpty();
  }
}
