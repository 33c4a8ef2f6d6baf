package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.HeaderSizes;
import dev.conntrace.trace.Layer;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StateChanged;
import java.io.IOException;
import java.util.List;

/**
 * Shows of each segment what its layers take, as a sum:
 *
 * <pre>
 *  mark frame  time      arrow                   link   IP  TCP   data    total
 *       4      0.000175  client - PSH,ACK -->      14 + 20 + 32 +   10 =     76
 * </pre>
 */
final class LayersView implements TimelineView {
  private static final int HEADER_DIGITS = 4;
  private static final int DATA_DIGITS = 6;
  private static final int INDENT = 2;

  /** Three headers, data and total with the signs between them. */
  private static final int NUMBERS = 2 + 3 * HEADER_DIGITS + 2 * DATA_DIGITS + 4 * 3;

  private static final int LEAST_FOR_WORDS = 40;

  /** Longer lines of running text are hard to read. */
  private static final int ASIDE = 110;

  private final Appendable out;
  private final ConnectionReport report;
  private final ClockText clock;
  private final int width;
  private final int frame;
  private final int time;
  private final Line line;
  private long previousNanos = SegmentFacts.NO_TIMESTAMP;
  private final String[] told = {"", ""};
  private boolean explained;

  LayersView(Appendable out, Layout layout, ConnectionReport report, ClockText clock) {
    this.out = out;
    this.report = report;
    this.clock = clock;
    this.width = layout.width();
    this.frame = INDENT + Math.max(3, Long.toString(report.lastFrame()).length());
    boolean timed = report.startNanos() != SegmentFacts.NO_TIMESTAMP;
    this.time = timed ? clock.width(report.endNanos()) + TimelineColumns.GAP : 0;
    this.line = new Line(layout.palette());
  }

  @Override
  public void begin() throws IOException {
    if (!columns()) {
      return;
    }
    line.skip(facts() + Arrow.SHORT);
    line.right(Meaning.DIM, "link", HEADER_DIGITS + 2);
    line.right(Meaning.DIM, "IP", HEADER_DIGITS + 3);
    line.right(Meaning.DIM, "TCP", HEADER_DIGITS + 3);
    line.right(Meaning.DIM, "data", DATA_DIGITS + 3);
    line.right(Meaning.DIM, "total", DATA_DIGITS + 3);
    line.printTo(out);
  }

  @Override
  public Prose describe(SegmentSeen event, SegmentWords words) {
    SegmentFacts segment = event.segment();
    Prose prose = new Prose();
    String composition = LayerWords.composition(segment);
    int side = segment.from().ordinal();
    if (!composition.equals(told[side])) {
      told[side] = composition;
      prose.add(composition);
    }
    Prose odd = LayerWords.oddities(segment, mss(segment.from()));
    return odd.isEmpty() ? prose : prose.then("; ").add(odd);
  }

  @Override
  public void print(SegmentSeen event, Prose words, List<StateChanged> changes) throws IOException {
    SegmentFacts segment = event.segment();
    HeaderSizes headers = segment.headers();
    Emphasis.of(event.annotations()).addMarkTo(line);
    line.right(Meaning.FRAME, Long.toString(segment.frame()), frame - 1).skip(TimelineColumns.GAP);
    if (time > 0) {
      line.right(null, clock.of(segment.timestampNanos(), previousNanos), time - 2).skip(2);
    }
    Meaning colour = Arrow.colour(segment.from());
    line.add(colour, Arrow.of(segment.from(), segment.flags(), Arrow.SHORT)).skip(2);
    if (columns()) {
      numbers(headers, segment.length());
    } else {
      line.printTo(out);
      sum(headers, segment.length()).printTo(out, line, facts(), width);
    }
    if (words.isEmpty()) {
      if (columns()) {
        line.printTo(out);
      }
    } else if (columns() && width - line.width() > LEAST_FOR_WORDS) {
      line.skip(TimelineColumns.GAP);
      words.printTo(out, line, line.width(), width);
    } else {
      if (columns()) {
        line.printTo(out);
      }
      words.printTo(out, line, facts(), width);
    }
    previousNanos = segment.timestampNanos();
    if (segment.length() > 0 && !explained) {
      explained = true;
      explain(segment);
    }
  }

  @Override
  public void print(FoldedRun run) throws IOException {
    run.emphasis().addMarkTo(line);
    line.right(Meaning.FRAME, Long.toString(run.firstFrame()), frame - 1).skip(TimelineColumns.GAP);
    if (time > 0) {
      line.right(null, clock.of(run.firstNanos(), previousNanos), time - 2).skip(2);
    }
    Side from = run.from();
    line.add(from == null ? Meaning.DIM : Arrow.colour(from), run.arrow(Arrow.SHORT)).skip(2);
    run.layers().printTo(out, line, facts(), width);
    previousNanos = run.lastNanos();
  }

  /** The lessons of other views would stand in the way of this one's. */
  @Override
  public void aside(String text) {}

  /** Follows the first data down through the layers of its sender and up those of its receiver. */
  private void explain(SegmentFacts segment) throws IOException {
    int indent = facts();
    Prose head = new Prose();
    head.add(
        "Down on the sender's side each layer puts its header before what it was given; up on");
    head.add(" the receiver's side each takes its own off and hands on the rest:");
    aside(head, indent);
    long size = segment.length();
    row(indent, "application", "", size, "what the program wrote: bytes without borders");
    List<Layer> layers = segment.headers().layers();
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      size += layer.bytes();
      row(indent, layer.name(), "+ " + layer.bytes(), size, LayerPurpose.of(layer.name()));
    }
  }

  private void row(int indent, String name, String added, long size, String why)
      throws IOException {
    line.skip(indent).add(Meaning.DIM, "| ").left(null, name, 15);
    line.right(null, added, 5).right(null, "= " + size, DATA_DIGITS + 3).skip(2);
    Prose prose = new Prose().add(Meaning.DIM, why);
    prose.printTo(out, line, line.width(), width);
  }

  private void aside(Prose prose, int indent) throws IOException {
    prose.printTo(out, line, indent, Math.min(width, indent + ASIDE), Meaning.DIM, "| ");
  }

  /** Returns whether there is room for a column per layer. */
  private boolean columns() {
    return width >= facts() + Arrow.SHORT + NUMBERS;
  }

  private void numbers(HeaderSizes headers, int data) {
    number("", headers.link(), HEADER_DIGITS);
    number(" + ", headers.ip(), HEADER_DIGITS);
    number(" + ", headers.tcp(), HEADER_DIGITS);
    number(" + ", data, DATA_DIGITS);
    number(" = ", (long) headers.total() + data, DATA_DIGITS);
  }

  private static Prose sum(HeaderSizes headers, int data) {
    String parts = headers.link() + "+" + headers.ip() + "+" + headers.tcp() + "+" + data;
    return new Prose().add(parts + " = " + ((long) headers.total() + data));
  }

  private void number(String sign, long number, int digits) {
    line.add(Meaning.DIM, sign).right(null, Long.toString(number), digits);
  }

  private int facts() {
    return frame + TimelineColumns.GAP + time;
  }

  private int mss(Side from) {
    Handshake handshake = report.handshake();
    if (handshake == null || !handshake.client().seen() || !handshake.server().seen()) {
      return 0;
    }
    return from == Side.CLIENT
        ? handshake.inForce().clientMssBytes()
        : handshake.inForce().serverMssBytes();
  }
}
