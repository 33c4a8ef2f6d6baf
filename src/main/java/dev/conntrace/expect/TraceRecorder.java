package dev.conntrace.expect;

import dev.conntrace.stream.OverlapPolicy;
import dev.conntrace.stream.StreamAside;
import dev.conntrace.stream.StreamAssembler;
import dev.conntrace.stream.StreamBounds;
import dev.conntrace.stream.StreamConflict;
import dev.conntrace.stream.StreamEnd;
import dev.conntrace.stream.StreamGap;
import dev.conntrace.stream.StreamId;
import dev.conntrace.stream.StreamPiece;
import dev.conntrace.stream.StreamSink;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentPayload;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TraceSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what a tracer tells of one capture, up to bounds, and makes a {@link Trace} of it. */
public final class TraceRecorder implements TraceSink {
  private final String name;
  private final TraceBounds bounds;
  private final Map<Integer, Recording> open = new HashMap<>();
  private final Map<Integer, Streams> streams = new HashMap<>();
  private final List<ConnectionTrace> connections = new ArrayList<>();
  private final @Nullable StreamAssembler assembler;
  private int begun;
  private int segments;
  private long payloadBytes;
  private boolean connectionsLeftOut;
  private boolean segmentsLeftOut;
  private @Nullable CaptureReport capture;

  /** What is known of a connection before its end. */
  private static final class Recording {
    final ConnectionOpened opened;
    final ConnectionTally tally = new ConnectionTally();
    final List<SegmentSeen> segments = new ArrayList<>();

    Recording(ConnectionOpened opened) {
      this.opened = opened;
    }
  }

  /** Both streams of a connection; their bytes come before the events, which wait for verdicts. */
  private record Streams(RecordedStream client, RecordedStream server) {
    static final Streams NONE = new Streams(RecordedStream.NONE, RecordedStream.NONE);
  }

  /**
   * Begins with nothing.
   *
   * @param name what to call the capture
   */
  public TraceRecorder(String name, TraceBounds bounds) {
    this.name = name;
    this.bounds = bounds;
    assembler =
        bounds.payloadBytes() == 0
            ? null
            : new StreamAssembler(OverlapPolicy.FIRST, null, StreamBounds.DEFAULT, new Bytes());
  }

  /**
   * Returns what was kept.
   *
   * @throws IllegalStateException if no capture was traced to its end or to its damage
   */
  public Trace trace() {
    if (capture == null) {
      throw new IllegalStateException("a trace is complete when its capture has ended");
    }
    connections.sort(Comparator.comparingInt(ConnectionTrace::number));
    return new Trace(name, capture, List.copyOf(connections), limits());
  }

  private List<String> limits() {
    List<String> limits = new ArrayList<>();
    if (connectionsLeftOut) {
      limits.add("only the first " + bounds.connections() + " connections were looked at");
    }
    if (segmentsLeftOut) {
      limits.add("only the first " + bounds.segments() + " segments were kept");
    }
    return limits;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case CONNECTION, SEGMENT -> true;
      case PAYLOAD -> assembler != null;
      case STATE, BYTES, SKIPPED -> false;
    };
  }

  @Override
  public void on(ConnectionOpened event) {
    if (begun == bounds.connections()) {
      connectionsLeftOut = true;
      return;
    }
    begun++;
    open.put(event.connection(), new Recording(event));
  }

  @Override
  public void payload(SegmentPayload payload) {
    if (assembler != null) {
      assembler.payload(payload);
    }
  }

  @Override
  public void on(SegmentSeen event) {
    Recording recording = open.get(event.connection());
    if (recording == null) {
      return;
    }
    recording.tally.take(event);
    if (segments < bounds.segments()) {
      segments++;
      recording.segments.add(event);
    } else {
      segmentsLeftOut = true;
    }
  }

  @Override
  public void on(ConnectionClosed event) {
    if (assembler != null) {
      assembler.on(event);
    }
    Recording recording = open.remove(event.report().connection());
    Streams both = streams.remove(event.report().connection());
    if (recording == null) {
      return;
    }
    if (both == null) {
      both = assembler == null ? Streams.NONE : newStreams();
    }
    both.client.end();
    both.server.end();
    connections.add(
        new ConnectionTrace(
            recording.opened,
            event.report(),
            List.copyOf(recording.segments),
            recording.tally,
            both.client,
            both.server));
  }

  private Streams newStreams() {
    return new Streams(
        new RecordedStream(bounds.payloadBytes()), new RecordedStream(bounds.payloadBytes()));
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }

  /** Puts the streams' bytes where they belong. */
  private final class Bytes implements StreamSink {
    private @Nullable RecordedStream of(StreamId id) {
      if (id.connection() > bounds.connections()) {
        return null;
      }
      Streams both = streams.computeIfAbsent(id.connection(), number -> newStreams());
      return id.from() == Side.CLIENT ? both.client : both.server;
    }

    @Override
    public void chunk(StreamId id, StreamPiece piece) {
      RecordedStream stream = of(id);
      if (stream != null) {
        payloadBytes += stream.add(piece, bounds.totalPayloadBytes() - payloadBytes);
      }
    }

    @Override
    public void gap(StreamGap gap) {
      RecordedStream stream = of(gap.stream());
      if (stream != null) {
        stream.addGap(gap.length());
      }
    }

    @Override
    public void conflict(StreamConflict conflict) {}

    @Override
    public void aside(StreamAside aside) {}

    @Override
    public void end(StreamEnd end) {}
  }
}
