package dev.conntrace.chronicle;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.UsableWindow;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.StallEnd;
import dev.conntrace.trace.StallReport;
import org.jspecify.annotations.Nullable;

/**
 * When a side could not send because the other's window was closed or full (RFC 9293 3.8.6).
 *
 * <p>Nothing is made for a side until it first comes to the end of a window: most never do.
 */
final class StallRecorder {
  private final Announced now = new Announced();

  void note(ConnectionChronicle chronicle, FlowSegment segment, Findings findings) {
    if (segment.isSyn() || segment.isDoubtful() || segment.connection().isSelf()) {
      return;
    }
    if (segment.isRst()) {
      noteReset(chronicle, segment, findings);
      return;
    }
    noteSent(chronicle, segment, findings);
    if (segment.isAck()) {
      noteAnnounced(chronicle, segment);
    }
  }

  private static void noteReset(
      ConnectionChronicle chronicle, FlowSegment segment, Findings findings) {
    if (!findings.has(AnnotationKind.RESET_IGNORED)) {
      Connection connection = segment.connection();
      end(chronicle.client.stalls, connection.client(), segment);
      end(chronicle.server.stalls, connection.server(), segment);
    }
  }

  private static void end(@Nullable StallWatch watch, Endpoint sender, FlowSegment segment) {
    if (watch != null) {
      watch.listen(sender, segment.connection(), segment.timeNanos());
      watch.end(StallEnd.RESET, segment.frame(), segment.timeNanos());
    }
  }

  private static void noteSent(
      ConnectionChronicle chronicle, FlowSegment segment, Findings findings) {
    Endpoint sender = segment.sender();
    StallWatch watch = chronicle.of(sender).stalls;
    if (watch != null) {
      watch.listen(sender, segment.connection(), segment.timeNanos());
    }
    if (findings.has(AnnotationKind.ZERO_WINDOW_PROBE)) {
      if (watch != null) {
        watch.probe();
      }
      return;
    }
    boolean news = segment.occupies() && segment.endRel() > sender.knownEnd();
    if (news && watch == null && mayRunOut(segment)) {
      watch = make(chronicle, sender, segment.receiver());
    }
    if (news && watch != null) {
      watch.send(segment);
    }
  }

  /**
   * Returns whether the sender comes to the end of the window, or may do so unseen: far from the
   * capture it has not heard yet of the room that the capture shows.
   */
  private static boolean mayRunOut(FlowSegment segment) {
    if (!UsableWindow.isKnown(segment.receiver())) {
      return false;
    }
    Announcement allowed = segment.receiver().announcement();
    long least = UsableWindow.leastBytes(segment.sender(), segment.receiver());
    return allowed.currentEdge() - segment.endRel() < least
        || (segment.endRel() > allowed.largestWindowBytes() / 4
            && StallWatch.delayNanos(segment.sender(), segment.connection()) > 0);
  }

  private void noteAnnounced(ConnectionChronicle chronicle, FlowSegment segment) {
    Endpoint teller = segment.sender();
    Endpoint sender = segment.receiver();
    StallWatch watch = chronicle.of(sender).stalls;
    if (watch == null && isTooSmall(segment, UsableWindow.leastBytes(sender, teller))) {
      watch = make(chronicle, sender, teller);
    }
    if (watch != null) {
      now.read(segment);
      watch.announce(now, segment);
    }
  }

  private static boolean isTooSmall(FlowSegment segment, long leastBytes) {
    return segment.segment().windowField() == 0
        || (UsableWindow.isKnown(segment.sender()) && segment.windowBytes() < leastBytes);
  }

  private static StallWatch make(
      ConnectionChronicle chronicle, Endpoint sender, Endpoint receiver) {
    StallLog known = chronicle.stalls;
    StallLog log = known == null ? new StallLog() : known;
    chronicle.stalls = log;
    StallWatch watch = new StallWatch(sender.side(), receiver.announcement(), log);
    chronicle.of(sender).stalls = watch;
    return watch;
  }

  static StallReport report(ConnectionChronicle chronicle, Connection connection, boolean timed) {
    StallLog log = chronicle.stalls;
    if (log == null) {
      return StallReport.NONE;
    }
    end(chronicle.client.stalls, connection.client(), connection);
    end(chronicle.server.stalls, connection.server(), connection);
    return log.report(timed);
  }

  private static void end(@Nullable StallWatch watch, Endpoint sender, Connection connection) {
    if (watch != null) {
      watch.end(sender, connection);
    }
  }
}
