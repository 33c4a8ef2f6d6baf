package dev.conntrace.chronicle;

import dev.conntrace.flow.Announcement;
import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.UsableWindow;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StallEnd;
import dev.conntrace.trace.StallReport;
import org.jspecify.annotations.Nullable;

/**
 * When a side could not send because the other's window was closed or full (RFC 9293 3.8.6).
 *
 * <p>Nothing is made for a side until it first comes to the end of a window: most never do.
 */
final class StallRecorder {
  private @Nullable StallLog log;
  private @Nullable StallWatch client;
  private @Nullable StallWatch server;

  void note(FlowSegment segment, Findings findings) {
    if (segment.isSyn() || segment.isDoubtful() || segment.connection().isSelf()) {
      return;
    }
    if (segment.isRst()) {
      noteReset(segment, findings);
      return;
    }
    noteSent(segment, findings);
    if (segment.isAck()) {
      noteAnnounced(segment);
    }
  }

  private void noteReset(FlowSegment segment, Findings findings) {
    if (!findings.has(AnnotationKind.RESET_IGNORED)) {
      Connection connection = segment.connection();
      end(client, connection.client(), segment);
      end(server, connection.server(), segment);
    }
  }

  private static void end(@Nullable StallWatch watch, Endpoint sender, FlowSegment segment) {
    if (watch != null) {
      watch.listen(sender, segment.connection(), segment.timeNanos());
      watch.end(StallEnd.RESET, segment.frame(), segment.timeNanos());
    }
  }

  private void noteSent(FlowSegment segment, Findings findings) {
    Endpoint sender = segment.sender();
    StallWatch watch = of(sender.side());
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
      watch = make(sender.side(), segment.receiver());
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

  private void noteAnnounced(FlowSegment segment) {
    Endpoint teller = segment.sender();
    Endpoint sender = segment.receiver();
    StallWatch watch = of(sender.side());
    if (watch == null && isTooSmall(segment, UsableWindow.leastBytes(sender, teller))) {
      watch = make(sender.side(), teller);
    }
    if (watch != null) {
      watch.announce(segment);
    }
  }

  private static boolean isTooSmall(FlowSegment segment, long leastBytes) {
    return segment.segment().windowField() == 0
        || (UsableWindow.isKnown(segment.sender()) && segment.windowBytes() < leastBytes);
  }

  private @Nullable StallWatch of(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  private StallWatch make(Side side, Endpoint receiver) {
    StallLog common = log == null ? new StallLog() : log;
    log = common;
    StallWatch watch = new StallWatch(side, receiver.announcement(), common);
    if (side == Side.CLIENT) {
      client = watch;
    } else {
      server = watch;
    }
    return watch;
  }

  StallReport report(Connection connection, boolean timed) {
    if (client != null) {
      client.end(connection.client(), connection);
    }
    if (server != null) {
      server.end(connection.server(), connection);
    }
    return log == null ? StallReport.NONE : log.report(timed);
  }
}
