package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of segments that only bring or acknowledge data. A short one is shown segment by segment; a
 * long one becomes a single row.
 */
final class FoldedRun {
  /** A segment whose sentence was made when it came. */
  record Held(SegmentSeen event, Prose words) {}

  /** From this many segments on a run is folded. */
  private static final int FOLD_AT = 6;

  private final List<Held> held = new ArrayList<>();
  private final FoldedSide client = new FoldedSide();
  private final FoldedSide server = new FoldedSide();
  private @Nullable SegmentFacts first;
  private @Nullable SegmentFacts last;
  private long count;
  private long fragmented;
  private final Map<AnnotationKind, Long> kinds = new EnumMap<>(AnnotationKind.class);
  private Emphasis emphasis = Emphasis.QUIET;

  /** Returns whether a segment is plain enough to be folded away, as far as its own contents go. */
  static boolean isPlain(SegmentSeen event) {
    SegmentFacts segment = event.segment();
    return (segment.flags() & ~TcpFlags.PSH) == TcpFlags.ACK
        && Emphasis.of(event.annotations()) == Emphasis.QUIET;
  }

  /** Takes a segment in; {@code view} is asked for words only while the run is short. */
  void add(SegmentSeen event, TimelineView view, SegmentWords words) {
    SegmentFacts segment = event.segment();
    if (count < FOLD_AT - 1) {
      held.add(new Held(event, view.describe(event, words)));
    }
    if (first == null) {
      first = segment;
    }
    last = segment;
    count++;
    side(segment.from()).add(segment);
    fragmented += segment.fragments().isEmpty() ? 0 : 1;
    for (Annotation annotation : event.annotations()) {
      kinds.merge(annotation.kind(), 1L, Long::sum);
    }
    Emphasis own = Emphasis.of(event.annotations());
    emphasis = own.compareTo(emphasis) > 0 ? own : emphasis;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Returns whether the run is shown as one row. */
  boolean isFolded() {
    return count >= FOLD_AT;
  }

  /** Returns how much the gravest of its segments should draw the eye. */
  Emphasis emphasis() {
    return emphasis;
  }

  /** Returns whether its data use up a window again and again: acknowledgements belong to it. */
  boolean fillsWindow() {
    return kinds.containsKey(AnnotationKind.WINDOW_FULL);
  }

  /** Returns the segments of a run that is not folded. */
  List<Held> held() {
    return held;
  }

  /** Returns who alone sends data in it, or sends at all; null where both do. */
  @Nullable Side from() {
    boolean data = client.dataSegments + server.dataSegments > 0;
    boolean fromClient = data ? client.dataSegments > 0 : client.segments > 0;
    boolean fromServer = data ? server.dataSegments > 0 : server.segments > 0;
    return fromClient == fromServer ? null : fromClient ? Side.CLIENT : Side.SERVER;
  }

  long firstFrame() {
    return first == null ? 0 : first.frame();
  }

  long lastFrame() {
    return last == null ? 0 : last.frame();
  }

  long firstNanos() {
    return first == null ? SegmentFacts.NO_TIMESTAMP : first.timestampNanos();
  }

  long lastNanos() {
    return last == null ? SegmentFacts.NO_TIMESTAMP : last.timestampNanos();
  }

  String arrow(int width) {
    Side from = from();
    return from == null ? Arrow.ofExchange(label(), width) : Arrow.ofRun(from, label(), width);
  }

  /** Returns what its arrow carries: {@code 50 data}, {@code 12 segments}. */
  String label() {
    Side from = from();
    if (from == null) {
      return count + " segments";
    }
    long data = side(from).dataSegments;
    return data > 0 ? data + " data" : count + " more";
  }

  /** Returns the one range of bytes that it brings; empty where data goes both ways. */
  String bytes() {
    Side from = from();
    return from == null ? "" : side(from).range();
  }

  /** Returns what the run brought, in words: data first, then what acknowledges it. */
  Prose words() {
    Prose contents = new Prose();
    Side leader = from() == Side.SERVER ? Side.SERVER : Side.CLIENT;
    addData(contents, leader);
    addData(contents, leader.opposite());
    if (contents.isEmpty()) {
      contents.add(count + " more segments of the same kind");
    }
    if (!kinds.isEmpty()) {
      contents.add("; ").add(Findings.all(kinds));
    }
    if (fragmented > 0) {
      contents.add("; " + fragmented + " of these came in IP fragments");
    }
    SourceWords.addTo(contents, first == null ? null : first.source());
    return new Prose().add(Counted.frames(firstFrame(), lastFrame()) + ": ").add(contents);
  }

  /** Returns what headers and data of all its segments take together. */
  Prose layers() {
    long headers = client.headerBytes() + server.headerBytes();
    long data = client.bytes() + server.bytes();
    return new Prose()
        .add(Counted.frames(firstFrame(), lastFrame()) + ": ")
        .add(headers + " of headers + " + data + " of data = " + (headers + data) + " bytes");
  }

  private void addData(Prose prose, Side from) {
    FoldedSide sent = side(from);
    FoldedSide acks = side(from.opposite());
    boolean data = sent.dataSegments > 0;
    if (data) {
      prose.then("; ").add(Counted.of(sent.dataSegments, "data segment"));
      prose.add(" from the " + from.id() + ", " + sent.inWords());
    }
    if (!acks.isAnnouncing()) {
      return;
    }
    if (data) {
      prose.add(", acknowledged up to byte " + (acks.acked - 1));
    }
    if (acks.ackSegments > 0) {
      prose.then(data ? " by " : "; ").add(Counted.of(acks.ackSegments, "pure ACK"));
      prose.add(data ? "" : " from the " + from.opposite().id());
    }
    if (data) {
      prose.add("; the " + from.opposite().id() + "'s window " + acks.windows());
    }
  }

  private FoldedSide side(Side side) {
    return side == Side.CLIENT ? client : server;
  }
}
