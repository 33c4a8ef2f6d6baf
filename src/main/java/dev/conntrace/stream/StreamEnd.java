package dev.conntrace.stream;

import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.Side;

/**
 * Both streams of a connection are complete.
 *
 * @param connection the connection's number
 * @param key who talked to whom
 * @param firstFrame number of its first segment's packet
 * @param fromClient what the client's came to
 * @param fromServer what the server's came to
 */
public record StreamEnd(
    int connection,
    ConnectionKey key,
    long firstFrame,
    StreamTotals fromClient,
    StreamTotals fromServer) {

  /** Returns what one side's stream came to. */
  public StreamTotals from(Side side) {
    return side == Side.CLIENT ? fromClient : fromServer;
  }
}
