package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import dev.conntrace.trace.RoleEvidence;

/** Who is the client, judged by a connection's first segment, and why. */
final class Roles {
  /** Below this, ports belong to services (RFC 6335 6). */
  private static final int SYSTEM_PORTS = 1024;

  /** Linux hands out client ports from here on; the range of RFC 6335 begins at 49152. */
  private static final int EPHEMERAL_PORTS = 32768;

  private Roles() {}

  static RoleEvidence evidence(Segment first) {
    if (first.isSyn()) {
      return first.isAck() ? RoleEvidence.SYN_ACK : RoleEvidence.SYN;
    }
    return portClass(first.srcPort()) == portClass(first.dstPort())
        ? RoleEvidence.FIRST_PACKET
        : RoleEvidence.PORT;
  }

  static boolean senderIsClient(Segment first, RoleEvidence evidence) {
    return switch (evidence) {
      case SYN, FIRST_PACKET -> true;
      case SYN_ACK -> false;
      case PORT -> portClass(first.srcPort()) > portClass(first.dstPort());
    };
  }

  private static int portClass(int port) {
    if (port < SYSTEM_PORTS) {
      return 0;
    }
    return port < EPHEMERAL_PORTS ? 1 : 2;
  }
}
