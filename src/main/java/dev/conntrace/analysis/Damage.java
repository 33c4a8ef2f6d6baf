package dev.conntrace.analysis;

import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.wire.ChecksumState;

/**
 * A segment with a wrong checksum among right ones: its receiver throws it away unread (RFC 9293
 * 3.1).
 *
 * <p>Of one without payload nothing else is said then, and its numbers mean nothing. Payload may as
 * well have been altered in the capture, to hide what it said; whether it arrived will show in what
 * is acknowledged and what comes again, so that is followed as usual.
 */
final class Damage {
  private static final Rule WRONG =
      new Rule(
          "wrong-among-right",
          "its checksum is wrong, the {sender}'s others are right: it was damaged on the way, and the {receiver} will throw it away unread");
  private static final Rule WRONG_OVER_PAYLOAD =
      new Rule(
          "wrong-over-payload",
          "its checksum is wrong, the {sender}'s others are right: unless the payload was altered in the capture, the segment was damaged on the way; the {receiver} throws it away unread, and it has to come again");

  private Damage() {}

  /** Says so where it is so, and returns whether nothing else is to be said of the segment. */
  static boolean isNoted(FlowSegment segment, Findings findings) {
    if (segment.checksum() != ChecksumState.BAD || !isAmongRightOnes(segment)) {
      return false;
    }
    if (segment.length() > 0) {
      findings.add(AnnotationKind.BAD_CHECKSUM, WRONG_OVER_PAYLOAD).likely();
      return false;
    }
    findings.add(AnnotationKind.BAD_CHECKSUM, WRONG);
    findings.discard();
    return true;
  }

  private static boolean isAmongRightOnes(FlowSegment segment) {
    return segment.sender().totals().showsDamageByChecksum(segment.length() > 0);
  }
}
