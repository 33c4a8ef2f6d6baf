package dev.conntrace.expect;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.UnwantedConnections;
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
import dev.conntrace.trace.ConnectionReport;
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

/**
 * Collects of one capture what a comparison needs. Give it to a tracer, and then to {@link
 * CaptureDiff}.
 *
 * <p>It holds at most {@link #MOST_SEGMENTS} segments; of connections that come later only totals
 * and contents are compared.
 */
public final class DiffCapture implements TraceSink {
  /** How many segments are held. */
  public static final int MOST_SEGMENTS = 1 << 20;

  private final ConnectionSelection selection;
  private final UnwantedConnections unwanted;
  private final StreamAssembler assembler;
  private final Map<Integer, Open> open = new HashMap<>();
  private final List<DiffConnection> connections = new ArrayList<>();
  private int held;
  private @Nullable CaptureReport report;

  /** What is collected of a connection that is not finished. */
  private static final class Open {
    private final DiffStream fromClient = new DiffStream();
    private final DiffStream fromServer = new DiffStream();
    private final List<DiffSegment> segments = new ArrayList<>();
    private boolean isWhole = true;

    private DiffStream from(Side side) {
      return side == Side.CLIENT ? fromClient : fromServer;
    }
  }

  /** Prepares to collect everything. */
  public DiffCapture() {
    this(ConnectionSelection.all());
  }

  /** Prepares to collect the selected connections. */
  public DiffCapture(ConnectionSelection selection) {
    this.selection = selection;
    unwanted = new UnwantedConnections(selection);
    assembler =
        new StreamAssembler(OverlapPolicy.FIRST, null, StreamBounds.DEFAULT, new Contents());
  }

  /** Returns how many connections were collected. */
  public int size() {
    return connections.size();
  }

  /** Returns the capture's totals; null before its end. */
  public @Nullable CaptureReport report() {
    return report;
  }

  /** Returns the connections in the order of their first frames. */
  List<DiffConnection> connections() {
    connections.sort(Comparator.comparingInt(DiffConnection::number));
    return connections;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case CONNECTION -> true;
      case SEGMENT, PAYLOAD -> !unwanted.contains(connection);
      case STATE, BYTES, SKIPPED -> false;
    };
  }

  @Override
  public void on(ConnectionOpened event) {
    unwanted.judge(event);
  }

  @Override
  public void payload(SegmentPayload payload) {
    assembler.payload(payload);
  }

  @Override
  public void on(SegmentSeen event) {
    Open connection = collected(event.connection());
    if (held < MOST_SEGMENTS) {
      held++;
      connection.segments.add(DiffSegment.of(event));
    } else {
      connection.isWhole = false;
    }
  }

  @Override
  public void on(ConnectionClosed event) {
    assembler.on(event);
    ConnectionReport closed = event.report();
    Open connection = open.remove(closed.connection());
    if (connection == null || !selection.includes(closed)) {
      held -= connection == null ? 0 : connection.segments.size();
      return;
    }
    connection.fromClient.finish();
    connection.fromServer.finish();
    connections.add(
        new DiffConnection(
            closed,
            connection.fromClient,
            connection.fromServer,
            List.copyOf(connection.segments),
            connection.isWhole));
  }

  @Override
  public void on(CaptureEnded event) {
    report = event.report();
  }

  private Open collected(int connection) {
    return open.computeIfAbsent(connection, number -> new Open());
  }

  /** Takes the streams as they are put together. */
  private final class Contents implements StreamSink {
    @Override
    public void chunk(StreamId stream, StreamPiece piece) {
      collected(stream.connection()).from(stream.from()).add(piece.start(), piece.bytes());
    }

    @Override
    public void gap(StreamGap gap) {
      StreamId stream = gap.stream();
      // What ends the stream was not captured: whether a last position is its FIN's is a guess.
      long end = gap.mayIncludeFin() ? gap.end() - 1 : gap.end();
      if (end > gap.start()) {
        collected(stream.connection()).from(stream.from()).addGap(gap.start(), end);
      }
    }

    /** The first copy counts. */
    @Override
    public void conflict(StreamConflict conflict) {}

    @Override
    public void aside(StreamAside aside) {}

    @Override
    public void end(StreamEnd end) {}
  }
}
