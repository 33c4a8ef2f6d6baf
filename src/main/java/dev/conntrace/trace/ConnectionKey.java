package dev.conntrace.trace;

/**
 * Who talks to whom. Two connections may share a key one after the other: the connection's number
 * tells them apart.
 *
 * @param client the side that opened the connection, as far as the evidence goes
 * @param server the side that was called
 */
public record ConnectionKey(TransportAddress client, TransportAddress server) {

  /** Returns the address of one side. */
  public TransportAddress of(Side side) {
    return side == Side.CLIENT ? client : server;
  }
}
