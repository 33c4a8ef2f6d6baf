package dev.conntrace.cli;

import dev.conntrace.select.Reported;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.BytesMoved;
import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.FrameNotes;
import dev.conntrace.trace.HeaderSizes;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentOptions;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.UdpReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Events made up for tests. Connection n has the client port 5000 + n and the server port 80. */
final class Told {
  private static final SegmentOptions NO_OPTIONS =
      new SegmentOptions(
          OptionalInt.empty(),
          OptionalInt.empty(),
          false,
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          List.of(),
          List.of(),
          false);

  private Told() {}

  static ConnectionOpened opened(int connection, long frame) {
    return new ConnectionOpened(connection, Reported.key(5000 + connection, 80), frame, 0);
  }

  static SegmentSeen segment(int connection, long frame, AnnotationKind... kinds) {
    List<Annotation> annotations = new ArrayList<>();
    for (AnnotationKind kind : kinds) {
      annotations.add(
          new Annotation(
              kind, new Rule("test", "as told"), List.of(), List.of(), Confidence.CERTAIN, null));
    }
    SegmentFacts facts =
        new SegmentFacts(
            frame,
            frame * 1000,
            Side.CLIENT,
            0,
            0,
            0,
            1,
            1,
            0,
            0,
            0,
            true,
            0,
            NO_OPTIONS,
            new HeaderSizes(14, 20, 20),
            54,
            0,
            64,
            0,
            "",
            null,
            FrameNotes.NONE,
            List.of(),
            null);
    return new SegmentSeen(
        connection,
        Reported.key(5000 + connection, 80),
        facts,
        annotations,
        TcpState.ESTABLISHED,
        TcpState.ESTABLISHED,
        null,
        BytesMoved.NONE);
  }

  static ConnectionClosed closed(int connection) {
    return new ConnectionClosed(
        Reported.connection(connection, Reported.key(5000 + connection, 80), 100, Map.of()));
  }

  /** Returns the totals of a capture in which these events happened. */
  static CaptureReport capture(long frames, List<TraceEvent> events) {
    long segments = 0;
    long connections = 0;
    for (TraceEvent event : events) {
      segments += event instanceof SegmentSeen ? 1 : 0;
      connections += event instanceof ConnectionClosed ? 1 : 0;
    }
    long others = frames - segments;
    return new CaptureReport(
        frames,
        segments,
        others > 0 ? Map.of("udp", others) : Map.of(),
        0,
        0,
        connections,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        "pcap",
        List.of(),
        CaptureNotes.NONE,
        UdpReport.NONE,
        0);
  }
}
