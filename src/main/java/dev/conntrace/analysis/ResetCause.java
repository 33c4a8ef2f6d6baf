package dev.conntrace.analysis;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.ResetTest;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.TcpState;

/**
 * Why a RST that its receiver believes was sent (RFC 9293 3.5.2, 3.10.7), as far as the wire tells.
 *
 * <p>A stack without the connection answers with the number that was acknowledged and no ACK; one
 * that ends a connection of its own sends its next number and an ACK.
 */
final class ResetCause {
  private static final Rule AGAIN =
      new Rule(
          "reset-before",
          "the {sender} ended this connection with the RST of {frame}; that did not arrive, so it answers {frame2} with another");
  private static final Rule OVER =
      new Rule(
          "already-over",
          "the connection was over already: this RST answers {frame} and changes nothing");
  private static final Rule ENDS_TIME_WAIT =
      new Rule(
          "ends-time-wait",
          "it ends the TIME_WAIT that began with {frame}, {1:time} before: nothing is lost, but nobody watches for late segments any more (RFC 1337)");
  private static final Rule OLDER_CONNECTION =
      new Rule(
          "half-open",
          "the {sender} is calling anew, and {frame} answers for a connection that it knows nothing of: the RST makes the {receiver} forget that");
  private static final Rule REPLACED =
      new Rule(
          "half-open",
          "the {sender} calls anew in {frame} and gets an answer of this connection, which it knows nothing of: the RST ends it here too");
  private static final Rule ANSWER_UNWANTED =
      new Rule(
          "rst-for-syn-ack",
          "the {sender} does not want the answer of {frame}: it gave up, or only tried whether somebody listens");
  private static final Rule NEVER_CALLED =
      new Rule(
          "rst-for-syn-ack",
          "the {sender} does not want the answer of {frame}: the capture shows no call of its own; somebody else may have called in its name");
  private static final Rule QUEUE_FULL =
      new Rule(
          "queue-overflow",
          "the {sender} throws away the connection that {frame} has just opened: its queue of connections to be accepted is full, or nobody listens any more");
  private static final Rule QUIET =
      new Rule(
          "instead-of-last-ack",
          "the {sender} was gone already: a RST answers the FIN of {frame} instead of the last ACK; every byte before was acknowledged, nothing is lost");
  private static final Rule GONE =
      new Rule(
          "closed-completely",
          "the {sender} had closed completely, not only its own direction: it answers {frame}, which nobody will read");
  private static final Rule NO_CONNECTION =
      new Rule(
          "no-connection",
          "the {sender} knows no such connection and answers {frame}: it restarted, or its socket is gone");
  private static final Rule AFTER_FIN =
      new Rule(
          "rst-after-fin",
          "the {sender} tears the connection down after its FIN of {frame}, without waiting for the rest");
  private static final Rule LATE_DATA =
      new Rule(
          "rst-after-fin",
          "the {sender} had sent its FIN in {frame} and closed: {frame2} brought data that nobody will read, so it tears the connection down");
  private static final Rule UNREAD =
      new Rule(
          "unread-data",
          "the {sender} closes with unread data: its window was still {1:bytes} short of its largest after {frame}; what its program had not read is lost");
  private static final Rule NEVER_READ =
      new Rule(
          "never-accepted",
          "the {sender} closes without a word and with unread data: its kernel had acknowledged {1:bytes}, the last in {frame}, but its program read none of them, or never accepted the connection");
  private static final Rule NEVER_ACCEPTED =
      new Rule(
          "never-accepted",
          "the {sender} never sent a byte: its program did not accept the connection before it stopped listening, or aborted it at once");
  private static final Rule ABORT =
      new Rule(
          "abort",
          "the {sender} tears the connection down: its program aborted it (linger 0), was killed, or closed with unread data; what was on the way is lost");

  /** An answer follows what it answers within this time, round trips beside. */
  private static final long PROMPT_NANOS = 200_000_000;

  private ResetCause() {}

  static void note(FlowSegment rst, Findings findings) {
    if (noteOver(rst, findings)
        || noteOtherConnection(rst, findings)
        || GivingUp.note(rst, findings)
        || Impostor.note(rst, findings)) {
      return;
    }
    if (isAnswer(rst)) {
      noteAnswer(rst, findings);
    } else if (rst.sender().closing().finSent()) {
      noteAfterFin(rst, findings);
    } else {
      noteAbort(rst, findings);
    }
  }

  private static Finding reset(Findings findings, Rule rule) {
    return findings.add(AnnotationKind.RESET, rule);
  }

  private static boolean noteOver(FlowSegment rst, Findings findings) {
    Connection connection = rst.connection();
    if (connection.ending().resetBy() == rst.sender().side()) {
      reset(findings, AGAIN).frame(connection.ending().resetFrame()).frame(trigger(rst));
      return true;
    }
    if (!connection.isFinished()) {
      return false;
    }
    if (rst.receiver().state() != TcpState.TIME_WAIT) {
      reset(findings, OVER).frame(trigger(rst));
      return true;
    }
    if (connection.successorCall() != 0) {
      reset(findings, REPLACED).frame(connection.successorCall()).frame(trigger(rst));
    } else {
      reset(findings, ENDS_TIME_WAIT)
          .frame(connection.ending().timeWaitFrame())
          .value(rst.timeNanos() - connection.ending().timeWaitNanos());
    }
    return true;
  }

  private static boolean noteOtherConnection(FlowSegment rst, Findings findings) {
    if (ResetTest.isForOlderConnection(rst)) {
      reset(findings, OLDER_CONNECTION).frame(trigger(rst));
      return true;
    }
    if (rst.connection().successorCall() != 0 && isAnswer(rst)) {
      reset(findings, REPLACED).frame(rst.connection().successorCall()).frame(trigger(rst));
      return true;
    }
    if (rst.receiver().state() == TcpState.SYN_RECEIVED) {
      boolean called = rst.connection().opening().synFrame() != 0;
      reset(findings, called ? ANSWER_UNWANTED : NEVER_CALLED).frame(trigger(rst));
      return true;
    }
    return false;
  }

  /** Returns the frame that the RST may answer. */
  private static long trigger(FlowSegment rst) {
    return rst.receiver().totals().lastFrame();
  }

  /** RFC 9293 3.10.7.1: without a connection, the number that was acknowledged, and no ACK. */
  private static boolean isAnswer(FlowSegment rst) {
    Endpoint asked = rst.receiver();
    long since = rst.timeNanos() - asked.totals().lastTimeNanos();
    return !rst.isAck()
        && rst.seqRel() == asked.announcement().ack()
        && since <= PROMPT_NANOS + 2 * asked.rtt().smoothedNanos();
  }

  private static void noteAnswer(FlowSegment rst, Findings findings) {
    Endpoint receiver = rst.receiver();
    boolean finSent = rst.sender().closing().finSent();
    if (finSent && answersLastFin(receiver)) {
      reset(findings, QUIET).frame(receiver.closing().finFrame());
    } else if (finSent) {
      reset(findings, GONE).frame(trigger(rst));
    } else if (answersHandshake(rst)) {
      reset(findings, QUEUE_FULL).frame(trigger(rst)).likely();
    } else {
      reset(findings, NO_CONNECTION).frame(trigger(rst));
    }
  }

  private static boolean answersLastFin(Endpoint receiver) {
    boolean closes = receiver.state() == TcpState.LAST_ACK || receiver.state() == TcpState.CLOSING;
    return closes && receiver.una() >= receiver.closing().finRel();
  }

  private static boolean answersHandshake(FlowSegment rst) {
    return rst.sender().offer().isAnswer()
        && rst.sender().totals().bytes() == 0
        && rst.connection().opening().ackFrame() == trigger(rst);
  }

  private static void noteAfterFin(FlowSegment rst, Findings findings) {
    long fin = rst.sender().closing().finFrame();
    long data = newestDataFrame(rst.receiver());
    boolean late = data > fin && rst.receiver().nxt() > rst.sender().closing().ackOfFin();
    reset(findings, late ? LATE_DATA : AFTER_FIN).frame(fin).frame(late ? data : 0);
  }

  private static void noteAbort(FlowSegment rst, Findings findings) {
    Endpoint sender = rst.sender();
    Announcement allowed = sender.announcement();
    long data = newestDataFrame(rst.receiver());
    long taken = Math.max(0, allowed.ack() - 1);
    boolean silent = sender.totals().bytes() == 0;
    int shortOf = allowed.largestWindowBytes() - allowed.windowBytes();
    boolean took = taken > 0 && data != 0;
    if (took && shortOf > allowed.largestWindowBytes() / 8) {
      reset(findings, UNREAD).frame(data).value(shortOf).likely();
    } else if (took && silent) {
      reset(findings, NEVER_READ).frame(data).value(taken).likely();
    } else if (silent && sender.offer().isAnswer() && data == 0) {
      reset(findings, NEVER_ACCEPTED).frame(trigger(rst)).likely();
    } else {
      reset(findings, ABORT).frame(trigger(rst));
    }
  }

  /** Returns the newest frame with bytes of {@code end} that its ledger still knows, or 0. */
  private static long newestDataFrame(Endpoint end) {
    SendLedger ledger = end.ledger();
    for (long i = ledger.size() - 1; i >= ledger.first(); i--) {
      long fin = end.closing().finSent() && ledger.end(i) > end.closing().finRel() ? 1 : 0;
      if (ledger.end(i) - ledger.start(i) > fin && ledger.start(i) > 0) {
        return ledger.frame(i);
      }
    }
    return 0;
  }
}
