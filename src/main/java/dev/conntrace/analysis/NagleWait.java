package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * Two rules that wait for each other: Nagle's keeps a small segment back while another is on the
 * way, and the receiver delays the acknowledgement that would release it (RFC 896, RFC 9293 3.7.4
 * and 3.8.6.3).
 */
final class NagleWait {
  private static final Rule RELEASED_BY_DELAYED_ACK =
      new Rule(
          "released-by-delayed-ack",
          "had to wait for the ACK of the small segment before it: {frame} was acknowledged only in {frame2}, {1:time} later; Nagle's rule and the delayed ACK waited for each other, one write for both or TCP_NODELAY avoids that");

  private static final long MIN_DELAY_NANOS = 35_000_000;
  private static final long MAX_DELAY_NANOS = 250_000_000;

  /** How long a sender takes to send what it has kept back, where the capture is beside it. */
  private static final long AT_ONCE_NANOS = 1_000_000;

  private NagleWait() {}

  /** Judges new data of a sender of which everything before is acknowledged. */
  static void judge(FlowSegment segment, Findings findings) {
    if (!isSmall(segment, segment.length())) {
      return;
    }
    Endpoint sender = segment.sender();
    SendLedger answers = segment.receiver().ledger();
    long answer = answers.size() - 1;
    long before = sender.ledger().newestWith(segment.seqRel() - 1);
    if (answer < 0
        || before < 0
        || answers.frame(answer) != sender.unaFrame()
        || answers.end(answer) > answers.start(answer)
        || !isSmall(segment, sender.ledger().end(before) - sender.ledger().start(before))) {
      return;
    }
    long waited = answers.timeNanos(answer) - sender.ledger().timeNanos(before);
    long after = segment.timeNanos() - answers.timeNanos(answer);
    if (isDelay(waited, sender) && isAtOnce(after, sender)) {
      findings
          .add(AnnotationKind.NAGLE_WAIT, RELEASED_BY_DELAYED_ACK)
          .frame(sender.ledger().frame(before))
          .frame(answers.frame(answer))
          .value(waited)
          .likely();
    }
  }

  private static boolean isSmall(FlowSegment segment, long length) {
    return segment.receiver().offer().hasMss() && length < segment.receiver().offer().mssBytes();
  }

  /** A delay is the receiver's own doing only if it is well above the quickest answers. */
  private static boolean isDelay(long nanos, Endpoint sender) {
    return nanos >= MIN_DELAY_NANOS
        && nanos <= MAX_DELAY_NANOS
        && sender.rtt().isKnown()
        && sender.rtt().minNanos() < nanos / 4;
  }

  /** Where the capture is not beside the sender, what it kept back comes a round trip later. */
  private static boolean isAtOnce(long nanos, Endpoint sender) {
    return nanos >= 0 && nanos <= Math.max(AT_ONCE_NANOS, sender.rtt().minNanos() / 2);
  }
}
