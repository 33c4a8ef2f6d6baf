package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.render.Layout;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.render.StreamText;
import dev.conntrace.stream.StreamAside;
import dev.conntrace.stream.StreamConflict;
import dev.conntrace.stream.StreamEnd;
import dev.conntrace.stream.StreamGap;
import dev.conntrace.stream.StreamId;
import dev.conntrace.stream.StreamPiece;
import dev.conntrace.stream.StreamSink;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.Side;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that streams hold together, and keeps what was told of them to have it written. */
public final class EveryStream implements StreamSink {
  private interface Event {
    void tell(StreamSink sink) throws IOException;
  }

  private final List<Event> events = new ArrayList<>();
  private final Map<StreamId, Long> positions = new HashMap<>();
  private final Map<StreamId, Long> bytes = new HashMap<>();
  private final Map<StreamId, Long> missing = new HashMap<>();
  private long ended;

  /** Returns of how many connections the end was told. */
  public long ended() {
    return ended;
  }

  @Override
  public void begin(ConnectionOpened connection) {
    events.add(sink -> sink.begin(connection));
  }

  @Override
  public void chunk(StreamId stream, StreamPiece piece) {
    follow(stream, piece.start(), piece.end());
    assertEquals(piece.length(), piece.bytes().length);
    bytes.merge(stream, piece.length(), Long::sum);
    events.add(sink -> sink.chunk(stream, piece));
  }

  @Override
  public void gap(StreamGap gap) {
    follow(gap.stream(), gap.start(), gap.end());
    missing.merge(gap.stream(), gap.length(), Long::sum);
    events.add(sink -> sink.gap(gap));
  }

  private void follow(StreamId stream, long start, long end) {
    assertTrue(end > start, "nothing was told");
    Long before = positions.put(stream, end);
    assertTrue(before == null || before == start, () -> "from " + before + " to " + start);
  }

  @Override
  public void conflict(StreamConflict conflict) {
    assertEquals(conflict.kept().start(), conflict.other().start());
    assertEquals(conflict.kept().end(), conflict.other().end());
    events.add(sink -> sink.conflict(conflict));
  }

  @Override
  public void aside(StreamAside aside) {
    events.add(sink -> sink.aside(aside));
  }

  @Override
  public void end(StreamEnd end) {
    ended++;
    for (Side side : Side.values()) {
      StreamId stream = new StreamId(end.connection(), end.key(), side);
      assertEquals(bytes.getOrDefault(stream, 0L), end.from(side).bytes());
      assertEquals(missing.getOrDefault(stream, 0L), end.from(side).missingBytes());
    }
    events.add(sink -> sink.end(end));
  }

  /** Writes everything as text and as numbers. */
  void write(StringWriter text, Layout layout) throws IOException {
    StreamText escaped = new StreamText(text, layout, null, false, true);
    StreamText hex = new StreamText(text, layout, null, true, false);
    for (Event event : events) {
      event.tell(escaped);
      event.tell(hex);
    }
  }

  /** Writes every record. */
  void write(NdjsonRecords records) throws IOException {
    for (Event event : events) {
      event.tell(
          new StreamSink() {
            @Override
            public void chunk(StreamId stream, StreamPiece piece) throws IOException {
              records.chunk("-", stream, piece);
            }

            @Override
            public void gap(StreamGap gap) throws IOException {
              records.gap("-", gap);
            }

            @Override
            public void conflict(StreamConflict conflict) throws IOException {
              records.conflict("-", conflict);
            }

            @Override
            public void aside(StreamAside aside) throws IOException {
              records.aside("-", aside);
            }

            @Override
            public void end(StreamEnd end) throws IOException {
              records.stream("-", end, "c.bin", null);
            }
          });
    }
  }
}
