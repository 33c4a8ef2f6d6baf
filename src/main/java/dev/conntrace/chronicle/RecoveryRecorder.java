package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Finding;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Flight;
import dev.conntrace.trace.RecoveryEpisode;
import dev.conntrace.trace.RecoveryEpisode.End;
import dev.conntrace.trace.RecoveryEpisode.Trigger;
import dev.conntrace.trace.RecoveryReport;
import dev.conntrace.trace.RecoveryReport.Repairs;
import dev.conntrace.trace.SegmentFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How losses were repaired: from the first segment sent again to the recovery point (RFC 6675 5).
 *
 * <p>A SYN that comes again is no repair: nothing but the SYN can be lost then, and the handshake
 * tells of it.
 */
final class RecoveryRecorder {
  private static final int DUPLICATES_TO_RESEND = 3;

  private RecoveryRecorder() {}

  static void note(ConnectionChronicle chronicle, FlowSegment segment, Findings findings) {
    SideChronicle sender = chronicle.of(segment.sender());
    RepairLog sent = sender.repairs;
    RepairLog acked = chronicle.of(segment.receiver()).repairs;
    if (findings.has(AnnotationKind.RETRANSMISSION) && segment.occupies() && !segment.isSyn()) {
      noteResend(chronicle, sender, segment, findings);
    }
    if (findings.has(AnnotationKind.RESET)) {
      endByReset(sent, segment, segment.sender());
      endByReset(acked, segment, segment.receiver());
      return;
    }
    if (acked == null) {
      return;
    }
    noteUnneeded(acked, segment, findings);
    if (acked.isOpen() && segment.isAck() && !segment.isRst() && !segment.isDoubtful()) {
      noteAck(acked, segment);
    }
  }

  private static void endByReset(@Nullable RepairLog log, FlowSegment reset, Endpoint sender) {
    if (log != null && log.isOpen()) {
      log.end(End.RESET, reset, InFlight.bytes(sender));
    }
  }

  private static void noteResend(
      ConnectionChronicle chronicle, SideChronicle sender, FlowSegment segment, Findings findings) {
    RepairLog known = sender.repairs;
    RepairLog log = known == null ? new RepairLog() : known;
    sender.repairs = log;
    if (!log.isOpen()) {
      log.begin(++chronicle.repairs, trigger(segment, findings), segment);
    }
    log.resend(
        segment,
        findings.has(AnnotationKind.TIMEOUT_RETRANSMISSION),
        findings.has(AnnotationKind.SPURIOUS_RETRANSMISSION));
  }

  private static Trigger trigger(FlowSegment segment, Findings findings) {
    if (findings.has(AnnotationKind.TIMEOUT_RETRANSMISSION)) {
      return Trigger.TIMEOUT;
    }
    if (findings.has(AnnotationKind.TAIL_LOSS_PROBE)) {
      return Trigger.TAIL_LOSS_PROBE;
    }
    Endpoint sender = segment.sender();
    if (!findings.has(AnnotationKind.FAST_RETRANSMISSION)) {
      long before = sender.ledger().newestWith(segment.seqRel());
      boolean quoted = before >= 0 && sender.ledger().wasQuoted(before);
      return quoted ? Trigger.ICMP_ERROR : Trigger.UNKNOWN;
    }
    boolean asked =
        segment.receiver().announcement().duplicates() >= DUPLICATES_TO_RESEND
            && segment.seqRel() == sender.una();
    return asked ? Trigger.DUPLICATE_ACKS : Trigger.SACK;
  }

  private static void noteUnneeded(RepairLog log, FlowSegment segment, Findings findings) {
    for (int i = 0; i < findings.count(); i++) {
      Finding finding = findings.get(i);
      if (finding.kind() == AnnotationKind.SPURIOUS_RETRANSMISSION
          && finding.target() < segment.frame()
          && !finding.isOnlyStrengthening()
          && !finding.isWithdrawal()) {
        log.unneeded(finding.target());
      }
    }
  }

  private static void noteAck(RepairLog log, FlowSegment segment) {
    if (segment.ackRel() >= log.point()) {
      log.end(End.ACKNOWLEDGED, segment, InFlight.bytesAfter(segment));
    } else if (segment.ackRel() > segment.receiver().una()) {
      log.partialAck();
    }
  }

  static RecoveryReport report(
      ConnectionChronicle chronicle, Connection connection, boolean timed) {
    RepairLog fromClient = chronicle.client.repairs;
    RepairLog fromServer = chronicle.server.repairs;
    if (fromClient == null && fromServer == null) {
      return RecoveryReport.NONE;
    }
    return new RecoveryReport(
        repairs(fromClient, connection.client(), connection, timed),
        repairs(fromServer, connection.server(), connection, timed));
  }

  private static Repairs repairs(
      @Nullable RepairLog log, Endpoint sender, Connection connection, boolean timed) {
    if (log == null) {
      return Repairs.NONE;
    }
    if (log.isOpen()) {
      boolean reset = connection.ending().resetBy() != null;
      boolean over = reset || connection.isFinished();
      log.endUnfinished(reset ? End.RESET : over ? End.CLOSED : End.CAPTURE_END);
    }
    long segmentBytes = InFlight.segmentBytes(sender, connection);
    List<RecoveryEpisode> list = new ArrayList<>(log.listed());
    for (int row = 0; row < log.listed(); row++) {
      list.add(episode(log, row, segmentBytes, timed));
    }
    return new Repairs(
        log.count(), log.segments(), log.bytes(), log.timeouts(), log.needless(), list);
  }

  private static RecoveryEpisode episode(RepairLog log, int row, long segmentBytes, boolean timed) {
    long lastFrame = log.get(row, RepairLog.LAST_FRAME);
    return new RecoveryEpisode(
        (int) log.get(row, RepairLog.NUMBER),
        Trigger.values()[(int) log.get(row, RepairLog.TRIGGER)],
        log.get(row, RepairLog.FIRST_FRAME),
        timed ? log.get(row, RepairLog.START_NANOS) : SegmentFacts.NO_TIMESTAMP,
        log.get(row, RepairLog.POINT),
        InFlight.flight(log.get(row, RepairLog.START_FLIGHT), segmentBytes),
        new Flight(log.get(row, RepairLog.BYTES), log.get(row, RepairLog.SEGMENTS)),
        log.get(row, RepairLog.TIMEOUTS),
        log.get(row, RepairLog.PARTIAL_ACKS),
        log.get(row, RepairLog.SPURIOUS),
        End.values()[(int) log.get(row, RepairLog.END)],
        lastFrame,
        timed && lastFrame > 0 ? log.get(row, RepairLog.END_NANOS) : SegmentFacts.NO_TIMESTAMP,
        InFlight.flight(log.get(row, RepairLog.END_FLIGHT), segmentBytes));
  }
}
