package dev.conntrace.render;

import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.Side;
import dev.conntrace.wire.AccurateEcn;
import dev.conntrace.wire.TcpFlags;

/**
 * Follows how accurate ECN is agreed on: each side tells how the other's first segment arrived, so
 * that a path that erases or changes the bits is found out (RFC 9768 3.1.2).
 */
final class AccurateEcnWords {
  private boolean asked;
  private int sentInSyn;
  private boolean agreed;
  private int sentInSynAck;
  private boolean told;

  /** Adds what a segment says that follows all those remembered. */
  void addTo(Prose prose, SegmentFacts segment) {
    if (segment.has(TcpFlags.RST)) {
      return;
    }
    if (asks(segment)) {
      prose.then("; ").add("asks for accurate ECN");
    } else if (agrees(segment)) {
      prose.then("; ").add("agrees to accurate ECN: the SYN " + arrived(segment, sentInSyn));
    } else if (tells(segment)) {
      prose.then("; ").add("for accurate ECN: the SYN-ACK " + arrived(segment, sentInSynAck));
    }
  }

  /** Takes note of a segment. */
  void remember(SegmentFacts segment) {
    if (asks(segment)) {
      asked = true;
      sentInSyn = segment.ecn();
    } else if (agrees(segment)) {
      agreed = true;
      sentInSynAck = segment.ecn();
    } else if (agreed && segment.from() == Side.CLIENT) {
      told = true;
    }
  }

  private static boolean asks(SegmentFacts segment) {
    return segment.has(TcpFlags.SYN)
        && !segment.has(TcpFlags.ACK)
        && AccurateEcn.asks(segment.flags());
  }

  private boolean agrees(SegmentFacts segment) {
    return asked
        && segment.has(TcpFlags.SYN)
        && segment.has(TcpFlags.ACK)
        && AccurateEcn.agrees(segment.flags());
  }

  /** Only the client's first segment after the SYN-ACK tells it; later ones count. */
  private boolean tells(SegmentFacts segment) {
    return agreed
        && !told
        && segment.from() == Side.CLIENT
        && !segment.has(TcpFlags.SYN)
        && AccurateEcn.agrees(segment.flags());
  }

  private static String arrived(SegmentFacts segment, int sent) {
    int reflected = AccurateEcn.reflected(segment.flags());
    String words = "arrived " + marked(reflected);
    boolean changed = reflected != sent && reflected != 3;
    return changed ? words + ", though here it was " + marked(sent) : words;
  }

  private static String marked(int ecn) {
    return switch (ecn) {
      case 0 -> "not capable of marks";
      case 1 -> "as ECT(1)";
      case 2 -> "as ECT(0)";
      default -> "with a congestion mark";
    };
  }
}
