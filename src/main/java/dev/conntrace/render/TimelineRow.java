package dev.conntrace.render;

import dev.conntrace.trace.Durations;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.wire.TcpFlags;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints the rows of a timeline: the facts in columns, then the words. */
final class TimelineRow implements TimelineView {
  /** Longer lines of running text are hard to read. */
  private static final int ASIDE = 110;

  /** Facts that reach so far into the words only push them aside. */
  private static final int OVERHANG = 8;

  private final Appendable out;
  private final TimelineColumns columns;
  private final ClockText clock;
  private final Line line;
  private long previousNanos = SegmentFacts.NO_TIMESTAMP;

  TimelineRow(Appendable out, Palette palette, TimelineColumns columns, ClockText clock) {
    this.out = out;
    this.columns = columns;
    this.clock = clock;
    this.line = new Line(palette);
  }

  @Override
  public void print(SegmentSeen event, Prose words, List<StateChanged> changes) throws IOException {
    SegmentFacts segment = event.segment();
    boolean data = segment.length() > 0;
    print(
        Emphasis.of(event.annotations()),
        Long.toString(segment.frame()),
        segment.timestampNanos(),
        Arrow.colour(segment.from()),
        Arrow.of(segment.from(), segment.flags(), columns.arrow()),
        new Cell(data ? null : Meaning.DIM, bytes(segment), columns.bytes()),
        new Cell(null, ack(segment), columns.ack()),
        new Cell(
            segment.windowBytes() == 0 ? Meaning.WARNING : null, window(segment), columns.window()),
        words);
    previousNanos = segment.timestampNanos();
    for (StateChanged change : changes) {
      StateWords.full(change).printTo(out, line, columns.words(), columns.limit());
    }
  }

  @Override
  public void print(FoldedRun run) throws IOException {
    print(run, run.words());
  }

  /** Prints the row of a run with other words than its own. */
  void print(FoldedRun run, Prose words) throws IOException {
    Cell none = new Cell(null, "", 0);
    print(
        run.emphasis(),
        Long.toString(run.firstFrame()),
        run.firstNanos(),
        run.from() == null ? Meaning.DIM : Arrow.colour(run.from()),
        run.arrow(columns.arrow()),
        new Cell(null, run.bytes(), columns.bytes()),
        none,
        none,
        words);
    previousNanos = run.lastNanos();
  }

  @Override
  public void aside(String text) throws IOException {
    int indent = columns.aside();
    Prose prose = new Prose().add(Meaning.DIM, text);
    prose.printTo(out, line, indent, Math.min(columns.limit(), indent + ASIDE), Meaning.DIM, "| ");
  }

  /** The time stands in its column; what is said begins where segments have their arrow. */
  @Override
  public void kernel(Prose words, long nanos) throws IOException {
    line.skip(columns.frame() + TimelineColumns.GAP);
    if (columns.time() > 0) {
      line.right(Meaning.DIM, clock.of(nanos, previousNanos), columns.time());
    }
    words.printTo(out, line, columns.kernel(), columns.limit());
  }

  private record Cell(@Nullable Meaning meaning, String text, int width) {}

  private void print(
      Emphasis emphasis,
      String frames,
      long nanos,
      Meaning direction,
      String arrow,
      Cell bytes,
      Cell ack,
      Cell window,
      Prose words)
      throws IOException {
    emphasis.addMarkTo(line);
    line.right(Meaning.FRAME, frames, columns.frame() - 1).skip(TimelineColumns.GAP);
    if (columns.time() > 0) {
      line.right(null, clock.of(nanos, previousNanos), columns.time()).skip(TimelineColumns.GAP);
    }
    if (columns.wide() && columns.since() > 0) {
      line.right(Meaning.DIM, since(nanos), columns.since()).skip(TimelineColumns.GAP);
    }
    line.add(direction, arrow);
    Prose rest = addFitting(words, bytes, ack, window);
    if (columns.wide() && line.width() <= columns.words() + OVERHANG) {
      line.skip(line.width() > columns.words() - TimelineColumns.GAP ? TimelineColumns.GAP : 0);
      rest.printTo(out, line, columns.words(), columns.limit());
      return;
    }
    line.printTo(out);
    if (!columns.wide() && columns.since() > 0) {
      int width = columns.textStart() - TimelineColumns.GAP;
      line.right(Meaning.DIM, since(nanos), width).skip(TimelineColumns.GAP);
    }
    rest.printTo(out, line, columns.words(), columns.limit());
  }

  /** Adds the cells that the line has room for; what has none goes before the words. */
  private Prose addFitting(Prose words, Cell... cells) {
    Prose rest = new Prose();
    for (Cell cell : cells) {
      if (cell.text.isEmpty()) {
        line.skip(cell.width == 0 ? 0 : TimelineColumns.GAP + cell.width);
      } else if (line.width() + TimelineColumns.GAP + cell.text.length() <= columns.limit()) {
        line.skip(TimelineColumns.GAP).left(cell.meaning, cell.text, cell.width);
      } else {
        rest.then(", ").add(cell.meaning, cell.text);
      }
    }
    return rest.isEmpty() ? words : rest.add("; ").add(words);
  }

  private String since(long nanos) {
    if (nanos == SegmentFacts.NO_TIMESTAMP || previousNanos == SegmentFacts.NO_TIMESTAMP) {
      return "";
    }
    long since = nanos - previousNanos;
    return (since < 0 ? "" : "+") + Durations.text(since);
  }

  /** Returns the range of bytes that a segment brings, or where its sender stands. */
  static String bytes(SegmentFacts segment) {
    if (segment.length() == 0) {
      return "at " + segment.seqRel();
    }
    long first = segment.firstByteRel();
    return Counted.range(first, segment.endRel()) + " (" + segment.length() + ")";
  }

  /** Returns what a segment acknowledges; empty without the ACK flag. */
  static String ack(SegmentFacts segment) {
    return segment.has(TcpFlags.ACK) ? "ack " + segment.ackRel() : "";
  }

  /**
   * Returns the window that a segment announces; where its scale is unknown, what it is at least,
   * or the field with a question mark if nothing more than that was seen to be used. A RST
   * announces none.
   */
  static String window(SegmentFacts segment) {
    if (segment.has(TcpFlags.RST)) {
      return "";
    }
    if (segment.windowScaleKnown()) {
      return "win " + segment.windowBytes();
    }
    return segment.leastWindowBytes() > segment.windowBytes()
        ? "win >=" + segment.leastWindowBytes()
        : "win " + segment.windowBytes() + "?";
  }
}
