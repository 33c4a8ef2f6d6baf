package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CongestionReport;
import dev.conntrace.trace.CongestionReport.Sender;
import org.jspecify.annotations.Nullable;

/**
 * How much each side dared to have under way: initial window, slow start, avoidance (RFC 5681 3.1,
 * RFC 6928).
 */
final class CongestionRecorder {
  private CongestionRecorder() {}

  /** Takes in a segment of which {@link RecoveryRecorder} has been told. */
  static void note(SideChronicle own, SideChronicle other, FlowSegment segment, Findings findings) {
    if (segment.isRst() || segment.isDoubtful()) {
      return;
    }
    SenderWatch sender = own.sending;
    SenderWatch acked = other.sending;
    repair(sender, own.repairs, segment, segment.sender());
    repair(acked, other.repairs, segment, segment.receiver());
    if (isNewData(segment, findings)) {
      if (sender == null) {
        own.sending = new SenderWatch(segment);
      } else {
        sender.send(segment);
      }
    }
    if (acked != null && segment.isAck()) {
      acked.acknowledged(segment);
      acked.congestionEcho(segment, findings.has(AnnotationKind.ECN_ECHO));
    }
  }

  private static void repair(
      @Nullable SenderWatch watch, @Nullable RepairLog log, FlowSegment segment, Endpoint sender) {
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

  static CongestionReport report(
      ConnectionChronicle chronicle, Connection connection, boolean timed) {
    Sender fromClient = report(chronicle.client.sending, connection.client(), connection, timed);
    Sender fromServer =
        connection.isSelf()
            ? null
            : report(chronicle.server.sending, connection.server(), connection, timed);
    return new CongestionReport(fromClient, fromServer);
  }

  private static @Nullable Sender report(
      @Nullable SenderWatch watch, Endpoint sender, Connection connection, boolean timed) {
    return watch == null ? null : watch.report(sender, connection, timed);
  }
}
