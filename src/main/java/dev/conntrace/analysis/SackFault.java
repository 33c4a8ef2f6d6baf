package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Offer;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What can be wrong with a SACK block (RFC 2018 3, 4). A good one lies beyond the acknowledgement
 * and within what was sent.
 */
final class SackFault {
  private static final Rule NOT_PERMITTED =
      new Rule(
          "not-permitted",
          "a SACK block, {1}-{2}, although the SYNs did not agree on SACK: its receiver ignores it");
  private static final Rule UPSIDE_DOWN =
      new Rule(
          "upside-down-block", "the SACK block that begins at {1} ends at {2}, before it begins");
  private static final Rule ELSEWHERE =
      new Rule(
          "foreign-numbers",
          "the SACK block {1}-{2} lies far from everything sent: some device rewrites sequence numbers on the way and forgets those in SACK");
  private static final Rule NEVER_SENT =
      new Rule(
          "never-sent",
          "the SACK block {1}-{2} names bytes beyond {4}, where the {receiver} had stopped sending");
  private static final Rule NOT_CAPTURED =
      new Rule(
          "beyond-seen",
          "the SACK block {1}-{2} names bytes beyond {4}, the last one captured: never sent, or missed by the capture");
  private static final Rule CONTRADICTION =
      new Rule(
          "contradicts-ack",
          "the SACK block {1}-{2} contradicts the acknowledgement: the {sender} would have byte {3}, for which it asks");
  private static final Rule OLD =
      new Rule(
          "below-ack",
          "the SACK block {1}-{2} is acknowledged already, and only the first block may report a duplicate");

  /** No window is larger (RFC 7323 2.3). */
  private static final long FARTHEST_BYTES = 1L << 30;

  private SackFault() {}

  /**
   * Judges the block from {@code left} to {@code right}, no report of a duplicate; returns whether
   * anything is wrong with it.
   */
  static boolean isFound(FlowSegment segment, long left, long right, Findings findings) {
    Rule rule = rule(segment, left, right);
    if (rule == null) {
      return false;
    }
    if (!findings.has(AnnotationKind.SACK_INVALID)) {
      Finding finding = findings.add(AnnotationKind.SACK_INVALID, rule).value(left);
      finding.value(right - 1).value(segment.ackRel()).value(segment.receiver().nxt() - 1);
      if (rule.equals(NOT_CAPTURED)) {
        finding.orMaybe(AnnotationKind.SACK);
      }
    }
    return true;
  }

  private static @Nullable Rule rule(FlowSegment segment, long left, long right) {
    Endpoint owner = segment.receiver();
    if (isRuledOut(segment.sender().offer(), owner.offer())) {
      return NOT_PERMITTED;
    }
    if (left >= right) {
      return UPSIDE_DOWN;
    }
    if (Math.abs(left - owner.knownEnd()) > FARTHEST_BYTES) {
      return ELSEWHERE;
    }
    if (owner.hasNxt() && right > owner.nxt()) {
      return right > segment.sender().announcement().edge() ? NEVER_SENT : NOT_CAPTURED;
    }
    if (right <= segment.ackRel()) {
      return OLD;
    }
    return left <= segment.ackRel() ? CONTRADICTION : null;
  }

  private static boolean isRuledOut(Offer one, Offer other) {
    return one.isSeen() && other.isSeen() && !(one.sack() && other.sack());
  }
}
