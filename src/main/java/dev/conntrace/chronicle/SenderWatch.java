package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.UsableWindow;
import dev.conntrace.flow.Viewpoint;
import dev.conntrace.trace.CongestionPhase.Kind;
import dev.conntrace.trace.CongestionReport.Basis;
import dev.conntrace.trace.CongestionReport.Sender;
import dev.conntrace.trace.Flight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One side as a sender: what it began with, and how its flight developed. */
final class SenderWatch {
  /** Shorter pauses are the sender's own work. */
  private static final long LEAST_PAUSE_NANOS = 1_000_000;

  private final long firstByte;
  private final long firstFrame;
  private final long firstNanos;
  private final int firstLength;

  /** Of a stream that began before the capture the first flight is not known. */
  private final boolean fromStart;

  private @Nullable FlightWatch flights;
  private @Nullable EchoedAcks echoes;
  private boolean echoed;
  private boolean initialOver;
  private long initialBytes;
  private long lastAckNanos;
  private long lastFlight;
  private boolean echoHeard;

  /** A repair or reduction ends when the sender hears that what lies below a point arrived. */
  private boolean ending;

  private long endPoint;
  private boolean doublesThen;
  private boolean timeoutThen;

  /** Begins with the first data: many connections have no more. */
  SenderWatch(FlowSegment data) {
    firstByte = data.dataRel();
    firstLength = data.length();
    firstFrame = data.frame();
    firstNanos = data.timeNanos();
    initialBytes = data.length();
    fromStart = !data.connection().opening().isMidstream();
  }

  private FlightWatch flights() {
    FlightWatch made = flights;
    if (made == null) {
      made = new FlightWatch();
      if (fromStart) {
        made.send(firstFrame, firstNanos, firstByte + firstLength, firstByte, firstLength, 1);
      }
      flights = made;
    }
    return made;
  }

  /** The other side acknowledges, and perhaps more than before. */
  void acknowledged(FlowSegment ack) {
    Endpoint sender = ack.receiver();
    if (ack.ackRel() > sender.una()) {
      lastAckNanos = ack.timeNanos();
    }
    if (ack.segment().options().hasTimestamps() && isSeenFromAfar(sender, ack.connection())) {
      if (echoes == null) {
        echoes = new EchoedAcks(firstByte);
      }
      echoes.add(ack);
    }
  }

  private static boolean isSeenFromAfar(Endpoint sender, Connection connection) {
    return !connection.isOfOneHost() && !Viewpoint.isAt(sender, connection);
  }

  /** It sends further data. */
  void send(FlowSegment data) {
    Endpoint sender = data.sender();
    long heard = heard(data);
    long end = data.dataRel() + data.length();
    initialOver |= heard > firstByte;
    if (!initialOver && !fromStart) {
      return;
    }
    initialBytes = initialOver ? initialBytes : end - firstByte;
    if (heard >= sender.nxt() && data.timeNanos() - lastAckNanos > leastPauseNanos(sender)) {
      flights().pause();
    }
    long flight = Math.max(0, end - Math.max(heard, firstByte) - sacked(sender, heard));
    lastFlight = flight;
    long segmentBytes = InFlight.segmentBytes(sender, data.connection());
    if (ending && heard >= endPoint) {
      ending = false;
      flights().endApart(data.frame(), data.timeNanos(), flight, doublesThen, timeoutThen);
    }
    flights().send(data.frame(), data.timeNanos(), end, heard, flight, segmentBytes);
    Endpoint receiver = data.receiver();
    if (UsableWindow.isKnown(receiver)
        && receiver.announcement().edge() - end < UsableWindow.leastBytes(sender, receiver)) {
      flights().reachEdge();
    }
  }

  private long heard(FlowSegment data) {
    Endpoint sender = data.sender();
    long una = sender.hasUna() ? sender.una() : firstByte;
    if (echoes == null || !isSeenFromAfar(sender, data.connection())) {
      return una;
    }
    echoed = true;
    return echoes.heardBy(data, una);
  }

  /** Seen from afar, the sender has not heard yet what the last acknowledgements report. */
  private long sacked(Endpoint sender, long heard) {
    boolean known = !echoed && !sender.scoreboard().isEmpty();
    return known ? sender.scoreboard().overlap(heard, sender.nxt()) : 0;
  }

  /** Returns what the sender has on its way, as far as it knows. */
  private long flightOf(Endpoint sender) {
    return echoed ? lastFlight : InFlight.bytes(sender);
  }

  private static long leastPauseNanos(Endpoint sender) {
    return Math.max(LEAST_PAUSE_NANOS, sender.rtt().smoothedNanos() / 4);
  }

  /** A repair of what it sent goes on after this segment, or not. */
  void repair(RepairLog repairs, FlowSegment segment, Endpoint sender) {
    boolean known = flights().kind() == Kind.RECOVERY;
    if (repairs.isOpen() && !known) {
      long segmentBytes = InFlight.segmentBytes(sender, segment.connection());
      ending = false;
      flights()
          .beginApart(
              Kind.RECOVERY, segment.frame(), segment.timeNanos(), flightOf(sender), segmentBytes);
    } else if (!repairs.isOpen() && known && !ending) {
      timeoutThen = repairs.hadTimeout() && !repairs.wasNeedless();
      doublesThen = timeoutThen || repairs.wasNeedless();
      endRepair(repairs, segment, sender);
    }
  }

  /** Seen from afar, the sender learns of it only when the acknowledgement reaches it. */
  private void endRepair(RepairLog repairs, FlowSegment ack, Endpoint sender) {
    if (isSeenFromAfar(sender, ack.connection())) {
      ending = true;
      endPoint = repairs.point();
    } else {
      flights()
          .endApart(
              ack.frame(), ack.timeNanos(), repairs.endFlightBytes(), doublesThen, timeoutThen);
    }
  }

  /** The other side says, or says no longer, that packets were marked on their way (RFC 3168). */
  void congestionEcho(FlowSegment ack, boolean echo) {
    Endpoint sender = ack.receiver();
    boolean first = echo && !echoHeard;
    echoHeard = echo;
    if (first && !flights().isApart()) {
      ending = true;
      endPoint = sender.nxt();
      doublesThen = false;
      timeoutThen = false;
      flights()
          .beginApart(
              Kind.ECN_REDUCTION,
              ack.frame(),
              ack.timeNanos(),
              flightOf(sender),
              InFlight.segmentBytes(sender, ack.connection()));
    }
  }

  /** Returns what there is to tell; null where it sent too little. */
  @Nullable Sender report(Endpoint sender, Connection connection, boolean timed) {
    long segmentBytes = InFlight.segmentBytes(sender, connection);
    if (flights == null || sender.totals().bytes() <= segmentBytes) {
      return null;
    }
    Basis basis = basis(sender, connection);
    boolean ahead =
        basis == Basis.CAPTURE_POINT && Viewpoint.isAt(connection.peerOf(sender), connection);
    boolean beginning = !ahead && fromStart;
    PhaseLog phases = flights().finish(segmentBytes);
    return new Sender(
        basis,
        beginning ? InFlight.flight(initialBytes, segmentBytes) : Flight.NONE,
        InFlight.flight(flights().maxFlight(), segmentBytes),
        flights().rounds(),
        ahead ? List.of() : phases.report(segmentBytes, timed),
        ahead ? 0 : phases.leftOut());
  }

  private Basis basis(Endpoint sender, Connection connection) {
    if (connection.isOfOneHost() || Viewpoint.isAt(sender, connection)) {
      return Basis.SENDER;
    }
    return echoed ? Basis.TIMESTAMPS : Basis.CAPTURE_POINT;
  }
}
