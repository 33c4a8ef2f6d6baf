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
import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpOptions;
import org.jspecify.annotations.Nullable;

/** Round-trip times by how they were measured, and when the timers fired that go by them. */
final class RoundTripRecorder {
  private static final long UNKNOWN = RoundTrips.UNKNOWN;

  private long clientHandshakeNanos = UNKNOWN;
  private long serverHandshakeNanos = UNKNOWN;

  // Made when there is the first to measure; most connections of a crowd have none.
  private @Nullable SentRoundTrips fromClient;
  private @Nullable SentRoundTrips fromServer;

  void note(FlowSegment segment, Findings findings) {
    if (findings.has(AnnotationKind.TIMEOUT_RETRANSMISSION)) {
      from(segment.sender())
          .timerFired(segment, timeoutNanos(segment.sender(), segment.connection()));
    } else if (findings.has(AnnotationKind.TAIL_LOSS_PROBE)) {
      from(segment.sender()).timerStarted(segment);
    }
    Endpoint owner = segment.receiver();
    boolean progress = !owner.hasUna() || segment.ackRel() > owner.una();
    if (!segment.isAck() || !progress || segment.isRst() || segment.isDoubtful()) {
      return;
    }
    boolean answersSyn = segment.ackRel() > 0 && segment.ackRel() <= owner.nxt();
    if (owner.offer().isSeen() && owner.una() <= 0 && answersSyn) {
      noteHandshake(segment, owner);
    }
    if (segment.ackRel() > 1 && owner.ledger().firstUnacked() < owner.ledger().size()) {
      from(owner).acknowledged(segment, findings.has(AnnotationKind.DELAYED_ACK));
    }
  }

  private SentRoundTrips from(Endpoint sender) {
    SentRoundTrips known = sender.side() == Side.CLIENT ? fromClient : fromServer;
    if (known != null) {
      return known;
    }
    SentRoundTrips made = new SentRoundTrips();
    if (sender.side() == Side.CLIENT) {
      fromClient = made;
    } else {
      fromServer = made;
    }
    return made;
  }

  /** A SYN that came more than once measures something only if a timestamp tells which it was. */
  private void noteHandshake(FlowSegment answer, Endpoint owner) {
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
    long nanos = answer.timeNanos() - ledger.timeNanos(answered);
    if (owner.side() == Side.CLIENT) {
      clientHandshakeNanos = nanos;
    } else {
      serverHandshakeNanos = nanos;
    }
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

  RoundTripReport report(Connection connection, boolean timed) {
    if (!timed) {
      return RoundTripReport.NONE;
    }
    return new RoundTripReport(
        report(fromClient, clientHandshakeNanos, connection.client(), connection),
        report(fromServer, serverHandshakeNanos, connection.server(), connection));
  }

  private static RoundTrips report(
      @Nullable SentRoundTrips sent, long handshakeNanos, Endpoint sender, Connection connection) {
    if (sent == null) {
      return new RoundTrips(
          handshakeNanos, RttStatistics.NONE, RttStatistics.NONE, RttStatistics.NONE, 0, null);
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
    return sent.report(handshakeNanos, timer);
  }
}
