package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SeenRanges;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Bytes that were acknowledged and never captured: the capture missed them. Should they turn up
 * soon after, it was only out of order, and the verdict is taken back.
 */
final class UnseenBytes {
  private static final Rule ONE_RANGE =
      new Rule(
          "beyond-seen",
          "of what is acknowledged here, up to byte {2}, bytes {3}-{4} ({1:bytes}) are not in the capture: the capture missed them, the {sender} did not");
  private static final Rule SEVERAL_RANGES =
      new Rule(
          "beyond-seen",
          "acknowledges everything up to byte {2}, of which {1:bytes} are not in the capture, bytes {3}-{4} the first: the capture missed them, the {sender} did not");

  private UnseenBytes() {}

  /**
   * Looks for bytes that {@code ack} newly covers, from {@code from} on, and that were never
   * captured; returns whether there are any.
   */
  static boolean note(FlowSegment ack, long from, Findings findings) {
    Endpoint owner = ack.receiver();
    long to = ack.ackRel();
    if (!owner.hasNxt() || to <= from || !owner.state().isSynchronized()) {
      return false;
    }
    SeenRanges seen = owner.seen();
    long missing = to - from - seen.overlap(from, to);
    if (missing <= 0) {
      return false;
    }
    long left = seen.firstMissing(from);
    long right = Math.min(to, seen.firstSeen(left));
    Finding finding =
        findings.add(
            AnnotationKind.ACKED_UNSEEN_SEGMENT,
            right - left == missing ? ONE_RANGE : SEVERAL_RANGES);
    finding.value(missing).value(to - 1).value(left).value(right - 1);
    return true;
  }
}
