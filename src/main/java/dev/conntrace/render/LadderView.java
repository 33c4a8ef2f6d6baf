package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Durations;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StateChanged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a connection as a sequence diagram: the client's lifeline on the left, the server's on the
 * right, an arrow for each segment, states at the lifelines where they change.
 *
 * <p>Sides are told apart by address and port, so that a connection within one host, or of a socket
 * with itself, has two lifelines too.
 */
final class LadderView implements TimelineView {
  private final Appendable out;
  private final Strokes strokes;
  private final ConnectionReport report;
  private final ClockText clock;
  private final SentAgain sentAgain;
  private final LadderColumns columns;
  private final Line line;
  private long previousNanos = SegmentFacts.NO_TIMESTAMP;
  private boolean anyLost;

  LadderView(
      Appendable out,
      Layout layout,
      Strokes strokes,
      ConnectionReport report,
      ClockText clock,
      SentAgain sentAgain) {
    this.out = out;
    this.strokes = strokes;
    this.report = report;
    this.clock = clock;
    this.sentAgain = sentAgain;
    this.columns = new LadderColumns(layout, report, clock);
    this.line = new Line(layout.palette());
  }

  @Override
  public void begin() throws IOException {
    heads("client", "server");
    heads(report.key().client().toString(), report.key().server().toString());
  }

  /** An arrow that does not get through must not be folded away. */
  @Override
  public boolean matters(SegmentSeen event) {
    return sentAgain.isWhole(event.segment());
  }

  @Override
  public Prose describe(SegmentSeen event, SegmentWords words) {
    return columns.wide() ? words.describe(event) : LadderWords.of(event);
  }

  @Override
  public void print(SegmentSeen event, Prose words, List<StateChanged> changes) throws IOException {
    SegmentFacts segment = event.segment();
    boolean lost = sentAgain.isWhole(segment);
    anyLost |= lost;
    Meaning colour = Arrow.colour(segment.from());
    List<Prose> inner = new ArrayList<>();
    inner.add(new Prose().add(colour, LadderArrow.of(segment, lost, strokes, columns.inner())));
    Prose all = words.add(fate(segment, words.isEmpty()));
    if (!columns.wide()) {
      addBetween(inner, all, segment.from());
    }
    addStates(inner, changes);
    List<Prose> beside = columns.wide() ? all.wrapped(columns.wordsWidth()) : List.of();
    rows(
        Emphasis.of(event.annotations()),
        Long.toString(segment.frame()),
        segment.timestampNanos(),
        inner,
        beside);
    previousNanos = segment.timestampNanos();
  }

  @Override
  public void print(FoldedRun run) throws IOException {
    Side from = run.from();
    List<Prose> inner = new ArrayList<>();
    Meaning colour = from == null ? Meaning.DIM : Arrow.colour(from);
    inner.add(new Prose().add(colour, LadderArrow.of(run, strokes, columns.inner())));
    if (!columns.wide()) {
      addBetween(inner, run.words(), from == null ? Side.CLIENT : from);
    }
    List<Prose> beside = columns.wide() ? run.words().wrapped(columns.wordsWidth()) : List.of();
    rows(run.emphasis(), Long.toString(run.firstFrame()), run.firstNanos(), inner, beside);
    previousNanos = run.lastNanos();
  }

  /** A diagram is kept free of lessons. */
  @Override
  public void aside(String text) {}

  @Override
  public void end() throws IOException {
    if (anyLost) {
      out.append('\n');
      line.skip(columns.left()).add(Meaning.WARNING, String.valueOf(Strokes.LOST));
      line.add(Meaning.DIM, "  had to be sent again; nothing shows that this one arrived");
      line.printTo(out);
    }
  }

  /** Returns in which frame the same bytes came again, if they did. */
  private Prose fate(SegmentFacts segment, boolean alone) {
    Prose prose = new Prose();
    SentAgain.Resent resent = sentAgain.of(segment);
    if (resent == null) {
      return prose;
    }
    prose.add(alone ? "" : "; ");
    if (!sentAgain.isWhole(segment)) {
      prose.add(Meaning.WARNING, Counted.bytes(resent.first(), resent.end()) + " ");
    }
    return prose.add(Meaning.WARNING, "sent again in frame " + resent.frame());
  }

  /** Adds words below an arrow, at the end where it begins. */
  private void addBetween(List<Prose> inner, Prose words, Side from) {
    List<Prose> lines = words.wrapped(columns.wordsWidth());
    int widest = 0;
    for (Prose part : lines) {
      widest = Math.max(widest, part.length());
    }
    int blanks = from == Side.CLIENT ? 1 : Math.max(1, columns.inner() - 1 - widest);
    for (Prose part : lines) {
      inner.add(new Prose().add(" ".repeat(blanks)).add(part));
    }
  }

  /** Adds the new states, each beside its own lifeline. */
  private void addStates(List<Prose> inner, List<StateChanged> changes) {
    String left = "";
    String right = "";
    for (StateChanged change : changes) {
      if (change.side() == Side.CLIENT) {
        left = StateWords.brief(change);
      } else {
        right = StateWords.brief(change);
      }
    }
    if (!left.isEmpty() || !right.isEmpty()) {
      int gap = Math.max(1, columns.inner() - 2 - left.length() - right.length());
      inner.add(
          new Prose()
              .add(" ")
              .add(Meaning.STATE, left)
              .add(" ".repeat(gap))
              .add(Meaning.STATE, right));
    }
  }

  /** Prints the time, what stands between the lifelines, and what stands beside them. */
  private void rows(
      Emphasis emphasis, String frame, long nanos, List<Prose> inner, List<Prose> beside)
      throws IOException {
    // The time since the row before needs a row of its own where it has no column.
    boolean second = !columns.wide() && columns.since() > 0 && !since(nanos).isEmpty();
    int rows = Math.max(Math.max(inner.size(), beside.size()), second ? 2 : 1);
    for (int i = 0; i < rows; i++) {
      if (i == 0) {
        emphasis.addMarkTo(line);
        line.right(Meaning.FRAME, frame, columns.frame() - 1).skip(TimelineColumns.GAP);
        if (columns.time() > 0) {
          line.right(null, clock.of(nanos, previousNanos), columns.time());
          line.skip(TimelineColumns.GAP);
        }
        if (columns.wide() && columns.since() > 0) {
          line.right(Meaning.DIM, since(nanos), columns.since());
        }
      } else if (i == 1 && second) {
        line.right(Meaning.DIM, since(nanos), columns.left() - TimelineColumns.GAP);
      }
      line.padTo(columns.left());
      lifeline();
      if (i < inner.size()) {
        inner.get(i).addTo(line);
      }
      line.padTo(columns.left() + 1 + columns.inner());
      lifeline();
      if (i < beside.size()) {
        line.padTo(columns.words());
        beside.get(i).addTo(line);
      }
      line.printTo(out);
    }
  }

  private void lifeline() {
    line.add(Meaning.DIM, String.valueOf(strokes.lifeline));
  }

  /** Prints a word above each lifeline; on two lines where one has no room for both. */
  private void heads(String client, String server) throws IOException {
    int room = columns.inner() + 2;
    line.skip(columns.left()).add(Meaning.CLIENT, client);
    if (client.length() + server.length() + TimelineColumns.GAP > room) {
      line.printTo(out);
      line.skip(columns.left()).right(Meaning.SERVER, server, room);
    } else {
      line.right(Meaning.SERVER, server, room - client.length());
    }
    line.printTo(out);
  }

  private String since(long nanos) {
    if (nanos == SegmentFacts.NO_TIMESTAMP || previousNanos == SegmentFacts.NO_TIMESTAMP) {
      return "";
    }
    long since = nanos - previousNanos;
    return (since < 0 ? "" : "+") + Durations.text(since);
  }
}
