package dev.conntrace.stream;

import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentPayload;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the byte streams of connections together while a tracer reads a capture. Give it to a
 * tracer, or to a sink that passes on what it is told of the connections that are wanted.
 */
public final class StreamAssembler implements TraceSink {
  private final OverlapPolicy policy;
  private final @Nullable Side only;
  private final StreamBounds bounds;
  private final StreamSink sink;
  private final Map<Integer, Streams> open = new HashMap<>();

  /** The directions that hold something, the quietest first, and how much of the total each has. */
  private final LinkedHashMap<StreamDirection, Long> holding = new LinkedHashMap<>(64, 0.75f, true);

  private long held;

  /**
   * Prepares to assemble.
   *
   * @param policy which of two contradicting copies to keep
   * @param only whose stream is wanted; null for both
   * @param bounds how much memory to take
   * @param sink where the streams go
   */
  public StreamAssembler(
      OverlapPolicy policy, @Nullable Side only, StreamBounds bounds, StreamSink sink) {
    this.policy = policy;
    this.only = only;
    this.bounds = bounds;
    this.sink = sink;
  }

  /** The two streams of one connection; one that is not wanted is null. */
  private record Streams(@Nullable StreamDirection client, @Nullable StreamDirection server) {
    @Nullable StreamDirection from(Side side) {
      return side == Side.CLIENT ? client : server;
    }
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return importance == Importance.CONNECTION || importance == Importance.PAYLOAD;
  }

  @Override
  public boolean wantsHistories() {
    return false;
  }

  @Override
  public void on(ConnectionOpened event) {
    try {
      sink.begin(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void payload(SegmentPayload segment) {
    try {
      take(segment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(SegmentPayload segment) throws IOException {
    Streams streams = open.get(segment.connection());
    if (streams == null) {
      streams = new Streams(begin(segment, Side.CLIENT), begin(segment, Side.SERVER));
      open.put(segment.connection(), streams);
    }
    StreamDirection acknowledged = streams.from(segment.to());
    StreamDirection sent = streams.from(segment.from());
    if (acknowledged != null) {
      if (segment.hasAcknowledged()) {
        acknowledged.acknowledge(segment.acknowledgedRel(), segment.frame());
      }
      acknowledged.pass(segment.timestampNanos());
      account(acknowledged);
    }
    if (sent != null) {
      sent.take(segment);
      sent.pass(segment.timestampNanos());
      account(sent);
    }
    while (held > bounds.totalBytes()) {
      letGo(holding.keySet().iterator().next());
    }
  }

  private @Nullable StreamDirection begin(SegmentPayload segment, Side from) {
    if (only != null && only != from) {
      return null;
    }
    StreamId id = new StreamId(segment.connection(), segment.key(), from);
    return new StreamDirection(id, policy, bounds, sink);
  }

  private void letGo(StreamDirection quietest) throws IOException {
    quietest.release();
    account(quietest);
  }

  private void account(StreamDirection direction) {
    long cost = direction.cost();
    Long before = cost == 0 ? holding.remove(direction) : holding.put(direction, cost);
    held += cost - (before == null ? 0 : before);
  }

  @Override
  public void on(ConnectionClosed event) {
    Streams streams = open.remove(event.report().connection());
    if (streams == null) {
      return;
    }
    try {
      StreamTotals client = finish(streams.client());
      StreamTotals server = finish(streams.server());
      ConnectionReport report = event.report();
      sink.end(
          new StreamEnd(report.connection(), report.key(), report.firstFrame(), client, server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StreamTotals finish(@Nullable StreamDirection direction) throws IOException {
    if (direction == null) {
      return StreamTotals.NONE;
    }
    direction.finish();
    Long before = holding.remove(direction);
    held -= before == null ? 0 : before;
    return direction.totals();
  }
}
