package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Opened;
import java.util.ArrayList;
import java.util.List;

/** How a connection opened and closed, and what was wrong with its capture. */
record Judgement(Opened opened, Closed closed, List<CaptureQuality> quality) {
  static Judgement of(Connection connection) {
    Opened opened = opened(connection);
    return new Judgement(opened, closed(connection, opened), quality(connection, opened));
  }

  private static Opened opened(Connection connection) {
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

  private static Closed closed(Connection connection, Opened opened) {
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

  /** A FIN that only an acknowledgement shows is missing, too, but it is no byte. */
  static long missingBytes(Endpoint endpoint) {
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

  private static List<CaptureQuality> quality(Connection connection, Opened opened) {
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
      add(list, Problem.DOUBLED, connection.counted(AnnotationKind.DUPLICATE_PACKET));
    }
    return list;
  }

  /**
   * A few copies are the network's; where nearly every segment has one, the capture took each
   * packet twice.
   */
  static boolean isDoubled(Connection connection) {
    long copies = connection.counted(AnnotationKind.DUPLICATE_PACKET);
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
