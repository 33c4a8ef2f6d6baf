package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;
import java.io.IOException;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Prints segments of all connections in the order of the capture, a line each where it is wide
 * enough: numbers and ids. The sentences are the timeline's.
 */
public final class PacketsText {
  private static final int GAP = 2;
  private static final int FRAME = 6;
  private static final int TIME = 10;
  private static final int CONNECTION = 5;
  private static final int ENDPOINTS = "255.255.255.255:65535 > 255.255.255.255:65535".length();
  private static final int FLAGS = "PSH,ACK".length();
  private static final int BYTES = 18;
  private static final int ACK = "ack 1000000".length();
  private static final int WINDOW = "win 1048576".length();
  private static final int NARROW_BYTES = 16;
  private static final int WIDE = 140;
  private static final int NARROW = 90;
  private static final int CONTINUATION = 2 + FRAME + GAP;

  private final Appendable out;
  private final Layout layout;
  private final int gap;
  private final Line line;
  private ClockText clock;
  private long beginNanos = SegmentFacts.NO_TIMESTAMP;
  private long previousNanos = SegmentFacts.NO_TIMESTAMP;
  private @Nullable String lastFile;

  /** Prints to {@code out} in the given layout. */
  public PacketsText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.gap = layout.width() < NARROW ? 1 : GAP;
    this.line = new Line(layout.palette());
    this.clock = clockFrom(SegmentFacts.NO_TIMESTAMP);
  }

  /**
   * Begins a file: relative times count from then, also where its first segments are not printed.
   *
   * @param startNanos when its first segment came; if unknown the first printed one counts
   */
  public void begin(long startNanos) {
    beginNanos = startNanos;
  }

  /** Prints one segment. */
  public void segment(String file, SegmentSeen event) throws IOException {
    SegmentFacts segment = event.segment();
    if (!file.equals(lastFile)) {
      startFile(file, segment);
    }
    Emphasis emphasis = Emphasis.of(event.annotations());
    emphasis.addMarkTo(line);
    line.right(Meaning.FRAME, Long.toString(segment.frame()), FRAME).skip(gap);
    if (segment.hasTimestamp()) {
      line.right(null, clock.of(segment.timestampNanos(), previousNanos), TIME).skip(gap);
    }
    line.left(Meaning.DIM, "#" + event.connection(), CONNECTION).skip(gap);
    addEndpoints(event);
    line.left(null, segment.flags() == 0 ? "none" : TcpFlags.names(segment.flags()), FLAGS)
        .skip(gap);
    line.left(
            segment.length() > 0 ? null : Meaning.DIM,
            TimelineRow.bytes(segment),
            gap < GAP ? NARROW_BYTES : BYTES)
        .skip(gap);
    line.left(null, TimelineRow.ack(segment), ACK).skip(gap);
    line.left(null, TimelineRow.window(segment), WINDOW).skip(gap);
    EnumSet<AnnotationKind> written = EnumSet.noneOf(AnnotationKind.class);
    for (Annotation annotation : event.annotations()) {
      if (written.add(annotation.kind())) {
        addId(annotation.kind());
      }
    }
    line.printTo(out);
    previousNanos = segment.timestampNanos();
  }

  /** Ids that do not fit go on below, behind the numbers. */
  private void addId(AnnotationKind kind) throws IOException {
    if (line.width() + kind.id().length() > layout.width()) {
      line.printTo(out);
      line.skip(CONTINUATION);
    }
    Emphasis own = Emphasis.of(kind);
    line.add(own.standsOut() ? own.meaning() : null, kind.id()).skip(1);
  }

  private void startFile(String file, SegmentFacts first) throws IOException {
    if (lastFile != null) {
      line.add(Meaning.TITLE, Escaped.text(file)).printTo(out);
    }
    lastFile = file;
    boolean known = beginNanos != SegmentFacts.NO_TIMESTAMP;
    clock = clockFrom(known ? beginNanos : first.timestampNanos());
    previousNanos = SegmentFacts.NO_TIMESTAMP;
  }

  /** How long the capture is cannot be known here: dates are shown on every line. */
  private ClockText clockFrom(long startNanos) {
    return new ClockText(layout.time(), startNanos, Long.MAX_VALUE);
  }

  private void addEndpoints(SegmentSeen event) {
    Side from = event.segment().from();
    Meaning colour = Arrow.colour(from);
    if (layout.width() >= WIDE) {
      String endpoints = event.key().of(from) + " > " + event.key().of(from.opposite());
      line.left(colour, endpoints, ENDPOINTS).skip(gap);
    } else {
      line.left(colour, from.id() + " >", "client >".length()).skip(gap);
    }
  }
}
