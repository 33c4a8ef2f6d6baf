package dev.conntrace.render;

import dev.conntrace.stream.StreamAside;
import dev.conntrace.stream.StreamConflict;
import dev.conntrace.stream.StreamEnd;
import dev.conntrace.stream.StreamGap;
import dev.conntrace.stream.StreamId;
import dev.conntrace.stream.StreamPiece;
import dev.conntrace.stream.StreamSink;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.Side;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Prints a connection's streams for people, by turns. Every line of bytes begins with a mark that
 * says whose they are, so that nothing in them can pass for a line of ours: {@code >} the client's,
 * {@code <} the server's.
 */
public final class StreamText implements StreamSink {
  private static final int INDENT = 2;

  private final Appendable out;
  private final Layout layout;
  private final @Nullable Side only;
  private final boolean frames;
  private final StreamLines lines;
  private final Line line;
  private ClockText clock;
  private long previousNanos = SegmentFacts.NO_TIMESTAMP;
  private @Nullable Side speaking;

  /** Gaps that follow each other are one line: of a capture that was cut short, every packet is. */
  private @Nullable StreamGap firstGap;

  private @Nullable StreamGap lastGap;

  /**
   * Prints to {@code out} in the given layout.
   *
   * @param only whose stream is printed; null for both
   * @param hex whether to print bytes as numbers beside their characters
   * @param frames whether to say which frame brought what, and when
   */
  public StreamText(
      Appendable out, Layout layout, @Nullable Side only, boolean hex, boolean frames) {
    this.out = out;
    this.layout = layout;
    this.only = only;
    this.frames = frames;
    this.line = new Line(layout.palette());
    this.lines = hex ? new HexLines(out, line) : new EscapedLines(out, line, layout.width());
    this.clock = clockFrom(SegmentFacts.NO_TIMESTAMP);
  }

  @Override
  public void begin(ConnectionOpened connection) throws IOException {
    clock = clockFrom(connection.timestampNanos());
    previousNanos = SegmentFacts.NO_TIMESTAMP;
    speaking = null;
    line.add(Meaning.TITLE, "connection " + connection.connection()).skip(INDENT);
    line.add(Meaning.CLIENT, "client " + connection.key().client()).add(" > ");
    line.add(Meaning.SERVER, "server " + connection.key().server()).printTo(out);
  }

  private ClockText clockFrom(long startNanos) {
    return new ClockText(layout.time(), startNanos, Long.MAX_VALUE);
  }

  @Override
  public void chunk(StreamId stream, StreamPiece piece) throws IOException {
    endGap();
    speak(stream.from(), piece.start());
    if (frames) {
      lines.end();
      line.add(Meaning.DIM, heading(piece)).printTo(out);
    }
    lines.add(piece.bytes(), piece.start());
  }

  private void speak(Side side, long position) throws IOException {
    if (side == speaking) {
      return;
    }
    lines.end();
    line.printTo(out);
    line.add(Arrow.colour(side), side.id()).add(Meaning.DIM, ", from byte " + position);
    line.printTo(out);
    speaking = side;
    lines.begin(side);
  }

  private String heading(StreamPiece piece) {
    StringBuilder text = new StringBuilder("frame ").append(piece.frame());
    String time = clock.of(piece.timestampNanos(), previousNanos);
    if (!time.isEmpty()) {
      text.append("  ").append(time);
    }
    previousNanos = piece.timestampNanos();
    text.append("  ").append(Counted.bytes(piece.start(), piece.end()));
    return text.append(" (").append(piece.length()).append(')').toString();
  }

  @Override
  public void gap(StreamGap gap) throws IOException {
    if (lastGap == null || !StreamWords.continues(lastGap, gap)) {
      endGap();
      firstGap = gap;
    }
    lastGap = gap;
  }

  private void endGap() throws IOException {
    if (firstGap != null && lastGap != null) {
      remark("! ", Meaning.WARNING, StreamWords.gap(firstGap, lastGap));
    }
    firstGap = null;
    lastGap = null;
  }

  @Override
  public void conflict(StreamConflict conflict) throws IOException {
    endGap();
    remark("X ", Meaning.ERROR, StreamWords.conflict(conflict));
  }

  /** Keep-alives say nothing: their bytes are only counted. */
  @Override
  public void aside(StreamAside aside) throws IOException {
    if (aside.reason() != StreamAside.Reason.KEEP_ALIVE) {
      endGap();
      remark("- ", Meaning.NOTICE, StreamWords.aside(aside));
    }
  }

  private void remark(String mark, Meaning meaning, String text) throws IOException {
    lines.end();
    line.add(meaning, mark);
    new Prose().add(meaning, text).printTo(out, line, INDENT, layout.width());
  }

  @Override
  public void end(StreamEnd end) throws IOException {
    endGap();
    lines.end();
    line.printTo(out);
    for (Side side : Side.values()) {
      if (only == null || only == side) {
        line.left(Arrow.colour(side), side.id(), Side.CLIENT.id().length()).skip(INDENT);
        new Prose()
            .add(StreamWords.totals(end.from(side)))
            .printTo(out, line, Side.CLIENT.id().length() + INDENT, layout.width());
      }
    }
  }
}
