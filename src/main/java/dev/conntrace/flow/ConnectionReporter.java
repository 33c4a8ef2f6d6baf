package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CapturePoint;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionHistory;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.DirectionTotals;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.TimeWait;
import dev.conntrace.trace.TimeWait.TakeOver;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums a finished connection up. */
final class ConnectionReporter {
  /** What a socket sends to itself is counted once, as the client's. */
  private static final DirectionTotals NOTHING_SENT = new DirectionTotals(0, 0, 0, 0);

  private static final AnnotationKind[] KINDS = AnnotationKind.values();

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

  ConnectionReport report(Connection connection) {
    Opened opened = opened(connection);
    Closed closed = closed(connection, opened);
    return new ConnectionReport(
        connection.number(),
        connection.key(),
        connection.roleEvidence(),
        connection.firstFrame(),
        connection.lastFrame(),
        time(connection.startNanos()),
        time(connection.endNanos()),
        opened,
        closed,
        closedFirst(connection, closed),
        connection.proven(connection.client().state()),
        connection.proven(connection.server().state()),
        timeWait(connection.ending()),
        HandshakeReporter.report(connection, timed),
        timed ? connection.rttSamples().statistics() : RttStatistics.NONE,
        totals(connection.client()),
        connection.isSelf() ? NOTHING_SENT : totals(connection.server()),
        annotations(connection),
        quality(connection, opened),
        connection.encapsulation(),
        connection.scopeInWords,
        timed ? Viewpoint.of(connection) : CapturePoint.UNKNOWN,
        connection.chronicle == null
            ? ConnectionHistory.NONE
            : connection.chronicle.report(connection, timed));
  }

  private static DirectionTotals totals(Endpoint endpoint) {
    return endpoint.totals().report(missingBytes(endpoint));
  }

  /** A FIN that only an acknowledgement shows is missing, too, but it is no byte. */
  private static long missingBytes(Endpoint endpoint) {
    boolean supposed = endpoint.closing().isSupposed();
    long end = supposed ? Math.min(endpoint.una(), endpoint.closing().finRel()) : endpoint.una();
    return endpoint.seen().missingBelow(end);
  }

  /** What was under way when the capture began it could not have. */
  private static long missedBytes(Endpoint endpoint, Opened opened) {
    SeenRanges seen = endpoint.seen();
    boolean begunBefore = opened == Opened.MIDSTREAM && seen.contiguousEnd() == 1;
    long underWay = begunBefore ? Math.min(seen.firstSeen(1), endpoint.una()) - 1 : 0;
    return Math.max(0, missingBytes(endpoint) - underWay);
  }

  private long time(long nanos) {
    return timed ? nanos : SegmentFacts.NO_TIMESTAMP;
  }

  static Opened opened(Connection connection) {
    Opening opening = connection.opening();
    if (opening.isMidstream()) {
      return Opened.MIDSTREAM;
    }
    if (!opening.isEstablished()) {
      return neverEstablished(opening);
    }
    if (connection.isSelf()) {
      return Opened.SELF;
    }
    if (opening.bothCalled()) {
      return opening.bothAnswered() ? Opened.SIMULTANEOUS : Opened.SPLIT;
    }
    return opening.isSynDataAccepted() ? Opened.FAST_OPEN : Opened.THREE_WAY;
  }

  private static Opened neverEstablished(Opening opening) {
    if (opening.isRefused()) {
      return Opened.REFUSED;
    }
    if (opening.synAckFrame() != 0) {
      return Opened.INCOMPLETE;
    }
    return opening.isFiltered() ? Opened.FILTERED : Opened.UNANSWERED;
  }

  static Closed closed(Connection connection, Opened opened) {
    if (isFailure(opened)) {
      return Closed.NEVER_OPENED;
    }
    if (connection.ending().isCutShort()) {
      return Closed.RESET;
    }
    Closing client = connection.client().closing();
    Closing server = connection.server().closing();
    if (!client.finSent() && !server.finSent()) {
      return Closed.OPEN;
    }
    if (!client.finSent() || !server.finSent()) {
      return Closed.HALF_CLOSED;
    }
    return shape(client, server);
  }

  private static boolean isFailure(Opened opened) {
    return switch (opened) {
      case REFUSED, FILTERED, UNANSWERED, INCOMPLETE -> true;
      case THREE_WAY, SIMULTANEOUS, SPLIT, FAST_OPEN, SELF, MIDSTREAM -> false;
    };
  }

  private static Closed shape(Closing client, Closing server) {
    boolean clientKnew = server.isCoveredBy(client.ackOfFin());
    boolean serverKnew = client.isCoveredBy(server.ackOfFin());
    if (!clientKnew && !serverKnew) {
      return Closed.SIMULTANEOUS;
    }
    Closing first = clientKnew ? server : client;
    Closing second = clientKnew ? client : server;
    return first.finAckedFrame() == second.finFrame() ? Closed.THREE_SEGMENT : Closed.FOUR_SEGMENT;
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

  private static Map<AnnotationKind, Long> annotations(Connection connection) {
    Map<AnnotationKind, Long> counts = new EnumMap<>(AnnotationKind.class);
    for (AnnotationKind kind : KINDS) {
      int count = connection.count(kind.ordinal());
      if (count > 0) {
        counts.put(kind, (long) count);
      }
    }
    return counts;
  }

  static List<CaptureQuality> quality(Connection connection, Opened opened) {
    List<CaptureQuality> list = new ArrayList<>();
    Totals client = connection.client().totals();
    Totals server = connection.server().totals();
    boolean talked = opened == Opened.MIDSTREAM || opened == Opened.THREE_WAY;
    boolean bothSeen = connection.isSelf() || (client.segments() > 0 && server.segments() > 0);
    if (talked && !bothSeen) {
      add(list, Problem.ONE_SIDED, 1);
    } else {
      long others = connection.isSelf() ? 0 : missedBytes(connection.server(), opened);
      add(list, Problem.BYTES_MISSING, missedBytes(connection.client(), opened) + others);
    }
    add(list, Problem.SNAPPED, connection.snapped());
    if (connection.clockSteps() > 0) {
      List<Long> frames = connection.clockStepFrames().list();
      list.add(new CaptureQuality(Problem.CLOCK_STEP, connection.clockSteps(), frames));
    }
    add(list, Problem.MIDSTREAM, opened == Opened.MIDSTREAM ? 1 : 0);
    ChecksumQuality.add(connection, list);
    add(list, Problem.OFFLOAD_SIZED, connection.offloadSized());
    if (isDoubled(connection)) {
      add(list, Problem.DOUBLED, connection.count(AnnotationKind.DUPLICATE_PACKET.ordinal()));
    }
    return list;
  }

  /**
   * A few copies are the network's; where nearly every segment has one, the capture took each
   * packet twice.
   */
  static boolean isDoubled(Connection connection) {
    long copies = connection.count(AnnotationKind.DUPLICATE_PACKET.ordinal());
    long segments =
        connection.client().totals().segments() + connection.server().totals().segments();
    return copies > 0 && copies * 10 >= segments * 4;
  }

  private static void add(List<CaptureQuality> list, Problem problem, long count) {
    if (count > 0) {
      list.add(new CaptureQuality(problem, count));
    }
  }
}
