package dev.conntrace.flow;

import dev.conntrace.decode.IcmpError;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * What an ICMP error says of the segment that it quotes (RFC 792, RFC 4443, RFC 1191, RFC 8201).
 */
final class IcmpNotes {
  private static final Rule NETWORK =
      new Rule(
          "icmp-network",
          "not delivered: {frame} says that no route leads to the {receiver}'s network");
  private static final Rule HOST =
      new Rule(
          "icmp-host", "not delivered: {frame} says that the {receiver}'s host cannot be reached");
  private static final Rule PORT =
      new Rule("icmp-port", "not delivered: {frame} says that the port is closed");
  private static final Rule PROHIBITED =
      new Rule("icmp-prohibited", "not delivered: {frame} says that a firewall forbids it");
  private static final Rule EXPIRED =
      new Rule(
          "icmp-expired",
          "not delivered: {frame} says that it had passed too many routers, or its fragments came too late");
  private static final Rule OTHER =
      new Rule("icmp-other", "not delivered: {frame} is an ICMP error that quotes it");
  private static final Rule TOO_LARGE =
      new Rule(
          "icmp-too-large",
          "not delivered: {frame} says that a link on the way carries no packets above {1:bytes}");
  private static final Rule TOO_LARGE_UNTOLD =
      new Rule(
          "icmp-too-large",
          "not delivered: {frame} says that a link on the way is too narrow for it");

  private IcmpNotes() {}

  /** Adds what {@code error} says to the segment of {@code quotedFrame}. */
  static void add(IcmpError error, long quotedFrame, Findings findings) {
    if (error.reason() == IcmpError.Reason.TOO_LARGE) {
      Rule rule = error.mtuBytes() > 0 ? TOO_LARGE : TOO_LARGE_UNTOLD;
      findings
          .addTo(quotedFrame, AnnotationKind.FRAGMENTATION_NEEDED, rule)
          .frame(error.quoted().frame())
          .value(error.mtuBytes());
      return;
    }
    findings
        .addTo(quotedFrame, AnnotationKind.ICMP_UNREACHABLE, rule(error.reason()))
        .frame(error.quoted().frame());
  }

  private static Rule rule(IcmpError.Reason reason) {
    return switch (reason) {
      case NETWORK_UNREACHABLE -> NETWORK;
      case HOST_UNREACHABLE -> HOST;
      case PORT_UNREACHABLE -> PORT;
      case PROHIBITED -> PROHIBITED;
      case EXPIRED -> EXPIRED;
      case TOO_LARGE, OTHER -> OTHER;
    };
  }
}
