package dev.conntrace.chronicle;

import dev.conntrace.flow.Connection;
import dev.conntrace.flow.Endpoint;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
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
    if (segment.isSyn() || segment.isStray() || segment.connection().isSelf()) {
      return;
    }
    if (segment.isRst()) {
      noteReset(segment, findings);
      return;
    }
    noteSent(segment, findings);
    if (segment.isAck()) {
      noteHeard(segment);
    }
  }

  private void noteReset(FlowSegment segment, Findings findings) {
    if (!findings.has(AnnotationKind.RESET_IGNORED)) {
      end(client, segment);
      end(server, segment);
    }
  }

  private static void end(@Nullable StallWatch watch, FlowSegment segment) {
    if (watch != null) {
      watch.end(StallEnd.RESET, segment);
    }
  }

  private void noteSent(FlowSegment segment, Findings findings) {
    Endpoint sender = segment.sender();
    StallWatch watch = of(sender.side());
    if (findings.has(AnnotationKind.ZERO_WINDOW_PROBE)) {
      if (watch != null) {
        watch.probe();
      }
      return;
    }
    boolean news = segment.occupies() && segment.endRel() > sender.knownEnd();
    if (!news) {
      return;
    }
    if (watch == null && StallWatch.usesUp(segment)) {
      watch = make(sender.side());
    }
    if (watch != null) {
      watch.send(segment);
    }
  }

  private void noteHeard(FlowSegment segment) {
    Side side = segment.receiver().side();
    StallWatch watch = of(side);
    if (watch == null && StallWatch.isTooSmall(segment)) {
      watch = make(side);
    }
    if (watch != null) {
      watch.hear(segment);
    }
  }

  private @Nullable StallWatch of(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  private StallWatch make(Side side) {
    StallLog common = log == null ? new StallLog() : log;
    log = common;
    StallWatch watch = new StallWatch(side, common);
    if (side == Side.CLIENT) {
      client = watch;
    } else {
      server = watch;
    }
    return watch;
  }

  StallReport report(Connection connection, boolean timed) {
    if (client != null) {
      client.end(connection);
    }
    if (server != null) {
      server.end(connection);
    }
    return log == null ? StallReport.NONE : log.report(timed);
  }
}
