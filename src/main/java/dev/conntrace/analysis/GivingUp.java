package dev.conntrace.analysis;

import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.Probing;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;

/**
 * A side that asks several times in vain and then ends the connection: keep-alives, window probes,
 * or its own data (RFC 9293 3.8.3, 3.8.4).
 */
final class GivingUp {
  private static final Rule SILENT_PEER =
      new Rule(
          "no-answer",
          "the {sender} gives up: {1} keep-alives in a row had no answer, the last in {frame}");
  private static final Rule TIMED_OUT = new Rule("timed-out", "so it tears the connection down");
  private static final Rule SILENT_WINDOW =
      new Rule(
          "probes-unanswered",
          "the {sender} gives up and tears the connection down: the {receiver} was full and answered none of the last window probes, the last in {frame}");
  private static final Rule SILENT_RECEIVER =
      new Rule(
          "data-unanswered",
          "the {sender} gives up and tears the connection down: its timer fired {1} times in a row, the last time for {frame}, and nothing was acknowledged");

  private static final int MIN_UNANSWERED = 2;
  private static final int MIN_TIMEOUTS = 3;
  private static final int MOST_NAMED = 4;

  private GivingUp() {}

  /** Notes it if that is why {@code rst} was sent; returns whether it is. */
  static boolean note(FlowSegment rst, Findings findings) {
    Endpoint sender = rst.sender();
    Probing probing = sender.probing();
    int unanswered = probing.unansweredKeepAlives();
    if (unanswered >= MIN_UNANSWERED && !probing.lastWasWindowProbe()) {
      Finding silent =
          findings.add(AnnotationKind.KEEP_ALIVE_TIMEOUT, SILENT_PEER).value(unanswered).likely();
      nameNewest(sender.ledger(), unanswered, silent);
      findings.add(AnnotationKind.RESET, TIMED_OUT).frame(probing.lastFrame()).likely();
      return true;
    }
    if (probing.isAwaitingAnswer() && probing.windowProbes() >= MIN_UNANSWERED) {
      findings.add(AnnotationKind.RESET, SILENT_WINDOW).frame(probing.lastFrame()).likely();
      return true;
    }
    if (sender.hasOutstanding() && sender.recovery().timeouts() >= MIN_TIMEOUTS) {
      findings
          .add(AnnotationKind.RESET, SILENT_RECEIVER)
          .frame(sender.totals().lastFrame())
          .value(sender.recovery().timeouts())
          .likely();
      return true;
    }
    return false;
  }

  /** The newest segments of the sender are its probes; the latest of them comes first. */
  private static void nameNewest(SendLedger ledger, int count, Finding silent) {
    long oldest = Math.max(ledger.first(), ledger.size() - Math.min(count, MOST_NAMED));
    for (long i = ledger.size() - 1; i >= oldest; i--) {
      silent.frame(ledger.frame(i));
    }
  }
}
