package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.RttEstimator;
import dev.conntrace.flow.SendLedger;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.RetransmissionTimer;
import dev.conntrace.trace.RoundTripReport;
import dev.conntrace.trace.RoundTrips;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.wire.TcpOptions;

/** Round-trip times by how they were measured, and when the timers fired that go by them. */
final class RoundTripRecorder {
  private final LedgerWalk walk = new LedgerWalk();

  void note(SideChronicle own, SideChronicle other, FlowSegment segment, Findings findings) {
    if (findings.has(AnnotationKind.TIMEOUT_RETRANSMISSION)) {
      from(own).timerFired(segment, timeoutNanos(segment.sender(), segment.connection()));
    } else if (findings.has(AnnotationKind.TAIL_LOSS_PROBE)) {
      from(own).timerStarted(segment);
    }
    Endpoint owner = segment.receiver();
    boolean progress = !owner.hasUna() || segment.ackRel() > owner.una();
    if (!segment.isAck() || !progress || segment.isRst() || segment.isDoubtful()) {
      return;
    }
    boolean answersSyn = segment.ackRel() > 0 && segment.ackRel() <= owner.nxt();
    if (owner.offer().isSeen() && owner.una() <= 0 && answersSyn) {
      noteHandshake(segment, owner, other);
    }
    if (segment.ackRel() > 1 && owner.ledger().firstUnacked() < owner.ledger().size()) {
      from(other).acknowledged(segment, findings.has(AnnotationKind.DELAYED_ACK), walk);
    }
  }

  /** Most connections of a crowd have nothing to measure. */
  private static SentRoundTrips from(SideChronicle sender) {
    SentRoundTrips known = sender.roundTrips;
    if (known != null) {
      return known;
    }
    SentRoundTrips made = new SentRoundTrips();
    sender.roundTrips = made;
    return made;
  }

  /** A SYN that came more than once measures something only if a timestamp tells which it was. */
  private static void noteHandshake(FlowSegment answer, Endpoint owner, SideChronicle sender) {
    SendLedger ledger = owner.ledger();
    TcpOptions options = answer.segment().options();
    long answered = -1;
    int copies = 0;
    for (long i = ledger.first(); i < ledger.size() && ledger.start(i) <= 0; i++) {
      copies++;
      boolean echoed =
          options.hasTimestamps() && ledger.timestampValue(i) == options.timestampEcho();
      if (answered < 0 && echoed) {
        answered = i;
      }
    }
    if (copies == 1) {
      answered = ledger.first();
    }
    if (answered < 0 || answer.timeNanos() < ledger.timeNanos(answered)) {
      return;
    }
    sender.handshakeNanos = answer.timeNanos() - ledger.timeNanos(answered);
  }

  /**
   * RFC 6298 2.3, with 200 ms for the least of the second part as Linux has it. The sender's round
   * trip also has the half that the capture point does not see from here.
   */
  private static long timeoutNanos(Endpoint sender, Connection connection) {
    RttEstimator rtt = sender.rtt();
    if (!rtt.isKnown()) {
      return RttEstimator.INITIAL_TIMEOUT_NANOS;
    }
    long otherHalf = Viewpoint.leastRoundTripNanos(connection.peerOf(sender), connection);
    return rtt.smoothedNanos()
        + otherHalf
        + Math.max(RttEstimator.MIN_TIMEOUT_NANOS, 4 * rtt.variationNanos());
  }

  static RoundTripReport report(
      ConnectionChronicle chronicle, Connection connection, boolean timed) {
    if (!timed) {
      return RoundTripReport.NONE;
    }
    return new RoundTripReport(
        report(chronicle.client, connection.client(), connection),
        report(chronicle.server, connection.server(), connection));
  }

  private static RoundTrips report(SideChronicle side, Endpoint sender, Connection connection) {
    SentRoundTrips sent = side.roundTrips;
    if (sent == null) {
      return new RoundTrips(
          side.handshakeNanos, RttStatistics.NONE, RttStatistics.NONE, RttStatistics.NONE, 0, null);
    }
    RetransmissionTimer timer = null;
    if (sent.hasTimer()) {
      timer =
          new RetransmissionTimer(
              sender.rtt().smoothedNanos(),
              sender.rtt().variationNanos(),
              timeoutNanos(sender, connection),
              sent.fired(),
              sent.timeouts());
    }
    return sent.report(side.handshakeNanos, timer);
  }
}
