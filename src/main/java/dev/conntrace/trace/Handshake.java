package dev.conntrace.trace;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the connection was opened.
 *
 * @param synFrame the SYN
 * @param synAckFrame the SYN-ACK
 * @param ackFrame the ACK that completed it
 * @param rttServerNanos from the SYN to the SYN-ACK: capture point to server and back
 * @param rttClientNanos from the SYN-ACK to the ACK: capture point to client and back
 * @param client what the client offered
 * @param server what the server answered
 * @param inForce what both sides may use from then on
 * @param multipath which Multipath TCP connection it is a path of; null where nobody asked for that
 */
public record Handshake(
    OptionalLong synFrame,
    OptionalLong synAckFrame,
    OptionalLong ackFrame,
    OptionalLong rttServerNanos,
    OptionalLong rttClientNanos,
    Offer client,
    Offer server,
    InForce inForce,
    @Nullable Multipath multipath) {

  /**
   * What one side's SYN offered.
   *
   * @param seen whether that SYN was captured; if not, nothing else is known
   * @param mssBytes largest payload it will receive
   * @param windowScale its window shift
   * @param sack whether it understands SACK
   * @param timestamps whether it sends timestamps
   * @param ecn {@code none}, {@code ecn} or {@code accecn}
   * @param fastOpen {@code none}, {@code request}, {@code cookie}
   */
  public record Offer(
      boolean seen,
      OptionalInt mssBytes,
      OptionalInt windowScale,
      boolean sack,
      boolean timestamps,
      String ecn,
      String fastOpen) {}

  /**
   * What holds after both offers.
   *
   * @param clientMssBytes the most payload that the client may send in a segment; 536 or 1220 where
   *     the server named none (RFC 9293 3.7.1)
   * @param serverMssBytes the most payload that the server may send in a segment
   * @param clientWindowScale shift of the client's windows: 0 unless both sides offered one
   * @param serverWindowScale shift of the server's windows
   * @param sack whether both offered SACK
   * @param timestamps whether both offered timestamps
   * @param ecn {@code none}, {@code ecn} or {@code accecn}
   */
  public record InForce(
      int clientMssBytes,
      int serverMssBytes,
      int clientWindowScale,
      int serverWindowScale,
      boolean sack,
      boolean timestamps,
      String ecn) {}
}
