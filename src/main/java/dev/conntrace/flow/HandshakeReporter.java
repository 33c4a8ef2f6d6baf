package dev.conntrace.flow;

import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Multipath;
import dev.conntrace.wire.AccurateEcn;
import dev.conntrace.wire.TcpFlags;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Sums a connection's handshake up: its legs, what was offered, what is in force. */
final class HandshakeReporter {
  /** What a sender must assume where no MSS was named (RFC 9293 3.7.1). */
  private static final int DEFAULT_MSS_IPV4 = 536;

  private static final int DEFAULT_MSS_IPV6 = 1220;

  private HandshakeReporter() {}

  /**
   * @param timed whether the capture has times at all
   */
  static @Nullable Handshake report(Connection connection, boolean timed) {
    Offer client = connection.client().offer();
    Offer server = connection.server().offer();
    if (!client.isSeen() && !server.isSeen()) {
      return null;
    }
    Opening opening = connection.opening();
    return new Handshake(
        frame(opening.synFrame()),
        frame(opening.synAckFrame()),
        frame(opening.ackFrame()),
        leg(
            opening.synFrame(),
            opening.synNanos(),
            opening.synAckFrame(),
            opening.synAckNanos(),
            !timed || opening.isSynRepeated()),
        leg(
            opening.synAckFrame(),
            opening.synAckNanos(),
            opening.ackFrame(),
            opening.ackNanos(),
            !timed || opening.isSynAckRepeated()),
        offer(client),
        offer(server),
        inForce(connection, client, server),
        connection.subflow == null ? null : multipath(connection.subflow));
  }

  private static Multipath multipath(Subflow subflow) {
    return new Multipath(
        subflow.joins,
        subflow.accepted,
        subflow.versionKnown ? OptionalInt.of(subflow.version) : OptionalInt.empty(),
        subflow.tokenKnown ? OptionalInt.of(subflow.token) : OptionalInt.empty(),
        subflow.firstConnection);
  }

  private static OptionalLong frame(long frame) {
    return frame == 0 ? OptionalLong.empty() : OptionalLong.of(frame);
  }

  /**
   * A leg of the handshake that was repeated measures nothing: nobody knows which copy was answered
   * (RFC 6298 3).
   */
  private static OptionalLong leg(
      long fromFrame, long fromNanos, long toFrame, long toNanos, boolean useless) {
    boolean measurable =
        fromFrame != 0 && toFrame != 0 && toFrame != fromFrame && !useless && toNanos >= fromNanos;
    return measurable ? OptionalLong.of(toNanos - fromNanos) : OptionalLong.empty();
  }

  private static Handshake.Offer offer(Offer offer) {
    return new Handshake.Offer(
        offer.isSeen(),
        offer.hasMss() ? OptionalInt.of(offer.mssBytes()) : OptionalInt.empty(),
        offer.hasWindowScale() ? OptionalInt.of(offer.windowScale()) : OptionalInt.empty(),
        offer.sack(),
        offer.timestamps(),
        ecn(offer),
        fastOpen(offer));
  }

  /**
   * A SYN asks with ECE and CWR (RFC 3168 6.1.1), and with AE too for accurate ECN (RFC 9768 3.1);
   * a SYN-ACK grants with ECE, or says with other combinations how the SYN arrived.
   */
  private static String ecn(Offer offer) {
    int bits = offer.ecnFlags();
    int asks = TcpFlags.ECE | TcpFlags.CWR;
    if (offer.isAnswer()) {
      boolean classic = (bits & ~TcpFlags.AE) == TcpFlags.ECE;
      return AccurateEcn.agrees(bits) ? "accecn" : classic ? "ecn" : "none";
    }
    if (AccurateEcn.asks(bits)) {
      return "accecn";
    }
    return bits == asks ? "ecn" : "none";
  }

  private static String fastOpen(Offer offer) {
    if (!offer.fastOpen()) {
      return "none";
    }
    return offer.fastOpenCookieBytes() == 0 ? "request" : "cookie";
  }

  private static Handshake.InForce inForce(Connection connection, Offer client, Offer server) {
    int fallback = connection.key().client().ipv6() ? DEFAULT_MSS_IPV6 : DEFAULT_MSS_IPV4;
    String answer = ecn(server);
    return new Handshake.InForce(
        server.hasMss() ? server.mssBytes() : fallback,
        client.hasMss() ? client.mssBytes() : fallback,
        client.scaleInForce(),
        server.scaleInForce(),
        client.sack() && server.sack(),
        client.timestamps() && server.timestamps(),
        client.isSeen() && server.isSeen() && !ecn(client).equals("none") ? answer : "none");
  }
}
