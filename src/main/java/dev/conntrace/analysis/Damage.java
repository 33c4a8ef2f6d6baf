package dev.conntrace.analysis;

import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.wire.ChecksumState;

/**
 * A segment with a wrong checksum among right ones: its receiver throws it away unread (RFC 9293
 * 3.1), so none of its numbers means anything, and nothing else is said of it.
 */
final class Damage {
  private static final Rule WRONG =
      new Rule(
          "wrong-among-right",
          "its checksum is wrong, the {sender}'s others are right: it was damaged on the way, and the {receiver} will throw it away unread");

  private Damage() {}

  /** Says so where it is so, and returns whether it is. */
  static boolean isNoted(FlowSegment segment, Findings findings) {
    if (segment.checksum() != ChecksumState.BAD || !isAmongRightOnes(segment)) {
      return false;
    }
    findings.add(AnnotationKind.BAD_CHECKSUM, WRONG);
    return true;
  }

  private static boolean isAmongRightOnes(FlowSegment segment) {
    return segment.sender().totals().showsDamageByChecksum(segment.length() > 0);
  }
}
