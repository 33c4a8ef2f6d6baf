package dev.conntrace.flow;

import dev.conntrace.decode.Segment;

/** Settles which raw numbers are position 0 of both streams, as soon as a segment tells. */
final class Bases {
  private Bases() {}

  /**
   * Uses what {@code segment} says of both ends: a SYN names its sender's initial number; anything
   * else is byte 1 of a sender unknown so far, and what it acknowledges is byte 1 of the other
   * side.
   */
  static void prepare(Segment segment, Endpoint sender, Endpoint receiver, Connection connection) {
    if (segment.isSyn()) {
      prepareSyn(segment, sender, connection);
    } else if (!sender.isBaseKnown()) {
      sender.setBase(segment.seq() - 1);
    }
    if (segment.isAck() && !receiver.isBaseKnown()) {
      receiver.beginAt(segment.ack());
    }
  }

  private static void prepareSyn(Segment syn, Endpoint sender, Connection connection) {
    if (!sender.isBaseKnown()) {
      sender.setBase(syn.seq());
    } else if (sender.base() != syn.seq() && !connection.opening().isEstablished()) {
      sender.restart(syn.seq());
    }
  }
}
