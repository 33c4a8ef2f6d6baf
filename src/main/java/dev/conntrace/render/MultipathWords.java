package dev.conntrace.render;

import dev.conntrace.trace.Multipath;
import dev.conntrace.trace.MultipathOption;
import dev.conntrace.trace.MultipathOption.Subtype;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.wire.TcpFlags;

/** Says in words what Multipath TCP is about (RFC 8684). */
final class MultipathWords {
  private MultipathWords() {}

  /** Returns which path a connection is, and of what. */
  static String of(Multipath multipath) {
    StringBuilder text = new StringBuilder();
    if (multipath.joins()) {
      text.append(multipath.accepted() ? "joined as one more path of " : "asked to join ");
      int first = multipath.firstConnection();
      text.append(first > 0 ? "connection " + first : "a connection that is not in the capture");
    } else if (multipath.accepted()) {
      text.append("the first path of a Multipath TCP connection");
    } else {
      text.append("offered, but the other side did not take it up: plain TCP");
    }
    if (multipath.version().isPresent()) {
      text.append(", version ").append(multipath.version().getAsInt());
    }
    if (multipath.token().isPresent()) {
      text.append(" (token ").append(multipath.tokenText()).append(')');
    }
    return text.toString();
  }

  /** Adds what the segment's options say about paths; that bytes are placed goes without saying. */
  static void addTo(Prose prose, SegmentFacts segment) {
    for (MultipathOption option : segment.options().multipath()) {
      if (option.subtype() != Subtype.DSS) {
        prose.then("; ").add(of(option, segment) + " (" + option.subtype().id() + ")");
      }
    }
  }

  /** Returns whether the segment acknowledges, or brings, bytes of all paths together. */
  static boolean tellOfTheWhole(SegmentFacts segment) {
    for (MultipathOption option : segment.options().multipath()) {
      if (option.subtype() == Subtype.DSS) {
        return true;
      }
    }
    return false;
  }

  /** Returns one option by name, with what it says. */
  static String named(MultipathOption option, SegmentFacts segment) {
    return option.subtype().id() + ": " + of(option, segment);
  }

  private static String of(MultipathOption option, SegmentFacts segment) {
    boolean syn = segment.has(TcpFlags.SYN);
    boolean ack = segment.has(TcpFlags.ACK);
    return switch (option.subtype()) {
      case MP_CAPABLE -> capable(option, syn, ack);
      case MP_JOIN -> join(option, syn, ack);
      case MP_TCPRST -> option.subtype().words() + reason(option);
      default -> option.subtype().words();
    };
  }

  private static String capable(MultipathOption option, boolean syn, boolean ack) {
    if (!syn) {
      return "confirms Multipath TCP with the keys of both sides";
    }
    return ack
        ? "agrees to Multipath TCP and names its key"
        : "offers Multipath TCP, version " + option.version().orElse(1);
  }

  private static String join(MultipathOption option, boolean syn, boolean ack) {
    if (!syn) {
      return "proves that it knows the keys: one more path of the same connection";
    }
    if (ack) {
      return "agrees to one more path and proves that it knows the keys";
    }
    String token =
        option.token().isPresent() ? String.format(" %08x", option.token().getAsInt()) : "";
    return "asks to join one more path to the Multipath TCP connection with the token" + token;
  }

  /** RFC 8684 3.6. */
  private static String reason(MultipathOption option) {
    return switch (option.reason().orElse(0)) {
      case 1 -> ": an error of Multipath TCP";
      case 2 -> ": lack of resources";
      case 3 -> ": administratively prohibited";
      case 4 -> ": too much data outstanding";
      case 5 -> ": unacceptable performance";
      case 6 -> ": a middlebox interferes";
      default -> ", without naming a reason";
    };
  }
}
