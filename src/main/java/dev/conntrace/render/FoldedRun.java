package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.wire.TcpFlags;
import java.util.ArrayList;
import java.util.List;
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
  private long delayedAcks;
  private long windowUpdates;

  /** Returns whether a segment is plain enough to be folded away, as far as its own contents go. */
  static boolean isPlain(SegmentSeen event) {
    SegmentFacts segment = event.segment();
    return (segment.flags() & ~TcpFlags.PSH) == TcpFlags.ACK
        && Emphasis.of(event.annotations()) == Emphasis.QUIET;
  }

  /** Takes a segment in; {@code words} are asked for only while the run is short. */
  void add(SegmentSeen event, SegmentWords words) {
    SegmentFacts segment = event.segment();
    if (count < FOLD_AT - 1) {
      held.add(new Held(event, words.describe(event)));
    }
    if (first == null) {
      first = segment;
    }
    last = segment;
    count++;
    side(segment.from()).add(segment);
    for (Annotation annotation : event.annotations()) {
      delayedAcks += annotation.kind() == AnnotationKind.DELAYED_ACK ? 1 : 0;
      windowUpdates += annotation.kind() == AnnotationKind.WINDOW_UPDATE ? 1 : 0;
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Returns whether the run is shown as one row. */
  boolean isFolded() {
    return count >= FOLD_AT;
  }

  /** Returns the segments of a run that is not folded. */
  List<Held> held() {
    return held;
  }

  /** Returns who alone sends data in it; null where both do, or nobody. */
  @Nullable Side from() {
    boolean fromClient = client.dataSegments > 0;
    return fromClient == server.dataSegments > 0 ? null : fromClient ? Side.CLIENT : Side.SERVER;
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
    return from == null
        ? Arrow.ofExchange(count + " segments", width)
        : Arrow.ofRun(from, side(from).dataSegments + " data", width);
  }

  /** Returns the one range of bytes that it brings; empty where data goes both ways. */
  String bytes() {
    Side from = from();
    return from == null ? "" : side(from).range();
  }

  /** Returns what the run brought, in words: data first, then what acknowledges it. */
  Prose words() {
    Prose prose = new Prose().add(Counted.frames(firstFrame(), lastFrame()) + ": ");
    Side leader = from() == Side.SERVER ? Side.SERVER : Side.CLIENT;
    addData(prose, leader);
    addData(prose, leader.opposite());
    addWindow(prose, leader.opposite());
    addWindow(prose, leader);
    if (delayedAcks > 0) {
      prose.add("; " + Counted.of(delayedAcks, "delayed ACK"));
    }
    if (windowUpdates > 0) {
      prose.add("; " + Counted.of(windowUpdates, "window update"));
    }
    return prose;
  }

  private void addData(Prose prose, Side from) {
    FoldedSide sent = side(from);
    FoldedSide others = side(from.opposite());
    if (sent.dataSegments > 0) {
      prose.add(sent == side(Side.SERVER) && client.dataSegments > 0 ? "; " : "");
      prose.add(Counted.of(sent.dataSegments, "data segment") + " from the " + from.id());
      prose.add(", " + sent.inWords());
    }
    if (others.ackSegments > 0 || sent.dataSegments > 0) {
      addAcknowledgement(prose, from.opposite(), sent.dataSegments > 0);
    }
  }

  private void addAcknowledgement(Prose prose, Side by, boolean ofData) {
    FoldedSide acks = side(by);
    if (acks.segments() == 0) {
      return;
    }
    prose.add(ofData ? ", acknowledged up to byte " + (acks.acked - 1) : "");
    if (acks.ackSegments > 0) {
      prose.add(ofData ? " by " : "; ").add(Counted.of(acks.ackSegments, "pure ACK"));
      prose.add(ofData ? "" : " from the " + by.id());
    }
  }

  private void addWindow(Prose prose, Side of) {
    if (side(of).segments() > 0) {
      prose.add("; the " + of.id() + "'s window " + side(of).windows());
    }
  }

  private FoldedSide side(Side side) {
    return side == Side.CLIENT ? client : server;
  }
}
