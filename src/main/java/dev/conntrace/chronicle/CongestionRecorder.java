package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CongestionReport;
import dev.conntrace.trace.CongestionReport.Sender;
import dev.conntrace.trace.Side;
import org.jspecify.annotations.Nullable;

/**
 * How much each side dared to have under way: initial window, slow start, avoidance (RFC 5681 3.1,
 * RFC 6928).
 */
final class CongestionRecorder {
  private final RecoveryRecorder recoveries;
  private @Nullable SenderWatch client;
  private @Nullable SenderWatch server;

  /**
   * Uses {@code recoveries}, which is told of each segment first, to know when a repair goes on.
   */
  CongestionRecorder(RecoveryRecorder recoveries) {
    this.recoveries = recoveries;
  }

  void note(FlowSegment segment, Findings findings) {
    if (segment.isRst() || segment.isDoubtful()) {
      return;
    }
    SenderWatch sender = watch(segment.sender());
    SenderWatch acked = watch(segment.receiver());
    repair(sender, segment, segment.sender());
    repair(acked, segment, segment.receiver());
    if (isNewData(segment, findings)) {
      if (sender == null) {
        begin(segment);
      } else {
        sender.send(segment);
      }
    }
    if (acked != null && segment.isAck()) {
      acked.acknowledged(segment);
      acked.congestionEcho(segment, findings.has(AnnotationKind.ECN_ECHO));
    }
  }

  private void repair(@Nullable SenderWatch watch, FlowSegment segment, Endpoint sender) {
    RepairLog log = recoveries.log(sender);
    if (watch != null && log != null) {
      watch.repair(log, segment, sender);
    }
  }

  private static boolean isNewData(FlowSegment segment, Findings findings) {
    return segment.length() > 0
        && !segment.isSyn()
        && (!segment.sender().hasNxt() || segment.endRel() > segment.sender().nxt())
        && !findings.has(AnnotationKind.ZERO_WINDOW_PROBE)
        && !findings.has(AnnotationKind.KEEP_ALIVE);
  }

  private @Nullable SenderWatch watch(Endpoint sender) {
    return sender.side() == Side.CLIENT ? client : server;
  }

  private void begin(FlowSegment data) {
    if (data.sender().side() == Side.CLIENT) {
      client = new SenderWatch(data);
    } else {
      server = new SenderWatch(data);
    }
  }

  CongestionReport report(Connection connection, boolean timed) {
    Sender fromClient = report(client, connection.client(), connection, timed);
    Sender fromServer =
        connection.isSelf() ? null : report(server, connection.server(), connection, timed);
    return new CongestionReport(fromClient, fromServer);
  }

  private static @Nullable Sender report(
      @Nullable SenderWatch watch, Endpoint sender, Connection connection, boolean timed) {
    return watch == null ? null : watch.report(sender, connection, timed);
  }
}
