package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CapturePoint;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionHistory;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.DirectionTotals;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.TimeWait;
import dev.conntrace.trace.TimeWait.TakeOver;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums a finished connection up. */
final class ConnectionReporter {
  /** What a socket sends to itself is counted once, as the client's. */
  private static final DirectionTotals NOTHING_SENT = new DirectionTotals(0, 0, 0, 0);

  private final long timeWaitNanos;
  private final boolean timed;

  /**
   * @param timeWaitNanos how long TIME_WAIT is expected to last
   * @param timed whether the capture has times at all
   */
  ConnectionReporter(long timeWaitNanos, boolean timed) {
    this.timeWaitNanos = timeWaitNanos;
    this.timed = timed;
  }

  ConnectionReport report(Connection connection, Judgement judgement) {
    return new ConnectionReport(
        connection.number(),
        connection.key(),
        connection.roleEvidence(),
        connection.firstFrame(),
        connection.lastFrame(),
        time(connection.startNanos()),
        time(connection.endNanos()),
        judgement.opened(),
        judgement.closed(),
        closedFirst(connection, judgement.closed()),
        connection.proven(connection.client().state()),
        connection.proven(connection.server().state()),
        timeWait(connection.ending()),
        HandshakeReporter.report(connection, timed),
        timed ? connection.rttSamples().statistics() : RttStatistics.NONE,
        totals(connection.client()),
        connection.isSelf() ? NOTHING_SENT : totals(connection.server()),
        annotations(connection.annotationCounts()),
        judgement.quality(),
        connection.encapsulation(),
        connection.scopeInWords,
        timed ? Viewpoint.of(connection) : CapturePoint.UNKNOWN,
        connection.chronicle == null
            ? ConnectionHistory.NONE
            : connection.chronicle.report(connection, timed));
  }

  private static DirectionTotals totals(Endpoint endpoint) {
    return endpoint.totals().report(Judgement.missingBytes(endpoint));
  }

  private long time(long nanos) {
    return timed ? nanos : SegmentFacts.NO_TIMESTAMP;
  }

  private static @Nullable Party closedFirst(Connection connection, Closed closed) {
    Closing client = connection.client().closing();
    Closing server = connection.server().closing();
    return switch (closed) {
      case NEVER_OPENED, OPEN -> null;
      case SIMULTANEOUS -> Party.BOTH;
      case RESET ->
          connection.ending().resetBy() == null ? null : Party.of(connection.ending().resetBy());
      case HALF_CLOSED ->
          client.finSent()
              ? firstOfOneFin(connection.client(), connection.server())
              : firstOfOneFin(connection.server(), connection.client());
      case THREE_SEGMENT, FOUR_SEGMENT ->
          server.isCoveredBy(client.ackOfFin()) ? Party.SERVER : Party.CLIENT;
    };
  }

  /**
   * Who closed first where only one FIN was captured: a side of which nothing was captured may have
   * closed before, and one whose FIN is missing but acknowledged by the other's FIN did (rules: a
   * lone number that no captured segment holds).
   */
  private static @Nullable Party firstOfOneFin(Endpoint sender, Endpoint other) {
    if (other.totals().segments() == 0) {
      return null;
    }
    boolean finMissing =
        other.una() == other.nxt() + 1 && sender.closing().ackOfFin() > other.nxt();
    return Party.of(finMissing ? other.side() : sender.side());
  }

  private @Nullable TimeWait timeWait(Ending ending) {
    if (ending.timeWaitOwner() == null) {
      return null;
    }
    long end = timed ? ending.timeWaitNanos() + timeWaitNanos : time(0);
    return new TimeWait(
        ending.timeWaitOwner(),
        time(ending.timeWaitNanos()),
        end,
        ending.timeWaitFrame(),
        ending.timeWaitRestarts(),
        takeOver(ending));
  }

  private @Nullable TakeOver takeOver(Ending ending) {
    boolean waitedStill = ending.nextNanos() - ending.timeWaitNanos() < timeWaitNanos;
    return ending.nextConnection() == 0 || !waitedStill
        ? null
        : new TakeOver(ending.nextConnection(), ending.nextFrame(), time(ending.nextNanos()));
  }

  private static Map<AnnotationKind, Long> annotations(AnnotationCounts counted) {
    Map<AnnotationKind, Long> counts = new EnumMap<>(AnnotationKind.class);
    for (int i = 0; i < counted.size(); i++) {
      if (counted.countAt(i) > 0) {
        counts.put(counted.kindAt(i), (long) counted.countAt(i));
      }
    }
    return counts;
  }
}
