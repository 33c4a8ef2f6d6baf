package dev.conntrace.flow;

import dev.conntrace.trace.AckCoverage;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in order until the verdicts in them are final, so that later evidence can still
 * change an earlier segment's annotations.
 *
 * <p>A verdict is final when its segment's bytes are acknowledged and twice the round-trip time
 * (400 ms at least) has passed, or when {@link #MAX_WAITING} events wait for it.
 */
final class HoldBack {
  /** How many events may wait for an undecided segment. */
  static final int MAX_WAITING = 65_536;

  /** How long a verdict is open at least. */
  static final long MIN_WAIT_NANOS = 400_000_000;

  private final TraceSink sink;

  /** Whether the sink is told at once, and again when a verdict changes. */
  private final boolean atOnce;

  private final List<Held> revised = new ArrayList<>();
  private @Nullable Held[] ring = new @Nullable Held[64];
  private long first;
  private long end;

  HoldBack(TraceSink sink) {
    this.sink = sink;
    atOnce = sink.wantsAtOnce();
  }

  /** Passes a segment on as soon as it is final, or at once. */
  void add(SegmentSeen event, FlowSegment segment) {
    if (atOnce) {
      sink.on(event);
    }
    append(new Held(event, segment));
  }

  /** Passes any other event on when its turn comes. */
  void add(TraceEvent event) {
    if (atOnce || first == end) {
      event.deliverTo(sink);
    } else {
      append(new Held(event, at(end - 1).frame));
    }
  }

  /** Adds an annotation to an earlier segment and returns true, if it still waits. */
  boolean annotate(long frame, Annotation annotation) {
    boolean waits = false;
    for (long i = firstOf(frame); i < end && at(i).frame == frame; i++) {
      waits |= note(at(i), at(i).annotate(annotation));
    }
    return waits;
  }

  /** Puts a more certain annotation in the place of one of its kind that still waits. */
  void strengthen(long frame, Annotation annotation) {
    for (long i = firstOf(frame); i < end && at(i).frame == frame; i++) {
      note(at(i), at(i).strengthen(annotation));
    }
  }

  /** Removes an annotation from an earlier segment and returns true, if it still waits. */
  boolean withdraw(long frame, AnnotationKind kind) {
    boolean waits = false;
    for (long i = firstOf(frame); i < end && at(i).frame == frame; i++) {
      waits |= note(at(i), at(i).withdraw(kind));
    }
    return waits;
  }

  /** Remembers what changed for a sink that was told of it before; returns whether it did. */
  private boolean note(Held held, boolean changed) {
    if (atOnce && changed && !revised.contains(held)) {
      revised.add(held);
    }
    return changed;
  }

  /** Tells of the verdicts that the last segment changed. */
  private void tellRevised() {
    for (Held held : revised) {
      if (held.event instanceof SegmentSeen seen) {
        sink.on(new SegmentRevised(seen));
      }
    }
    revised.clear();
  }

  /** Returns the place of the first event of a frame, or where it would be. */
  private long firstOf(long frame) {
    long low = first;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(middle).frame < frame) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Delivers what has become final by {@code now}, and what must go because too much waits: of that
   * nothing is certain any more.
   *
   * @return how many verdicts were cut short
   */
  long release(long now) {
    long cutShort = releaseFinal(now);
    if (!revised.isEmpty()) {
      tellRevised();
    }
    return cutShort;
  }

  private long releaseFinal(long now) {
    long cutShort = 0;
    while (first < end) {
      boolean ready = at(first).isFinal(now);
      if (!ready && end - first <= MAX_WAITING) {
        return cutShort;
      }
      if (!ready) {
        cutShort++;
        note(at(first), at(first).doubt());
      }
      deliverFirst();
    }
    return cutShort;
  }

  /**
   * Delivers what is not newer than {@code before}, final or not: somebody is waiting for it. What
   * is not acknowledged yet is not certain. Who is told at once need not wait.
   */
  void settle(long before) {
    while (!atOnce && first < end && at(first).timeNanos <= before) {
      if (!at(first).isSettled()) {
        at(first).doubt();
      }
      deliverFirst();
    }
  }

  /** Delivers everything: nothing more will be learnt. */
  void flush() {
    tellRevised();
    while (first < end) {
      deliverFirst();
    }
  }

  private void deliverFirst() {
    TraceEvent event = at(first).event;
    ring[slot(first)] = null;
    first++;
    if (!atOnce) {
      event.deliverTo(sink);
    }
  }

  private void append(Held held) {
    if (end - first == ring.length) {
      @Nullable Held[] wider = new @Nullable Held[2 * ring.length];
      for (long i = first; i < end; i++) {
        wider[(int) (i & (wider.length - 1))] = at(i);
      }
      ring = wider;
    }
    ring[slot(end++)] = held;
  }

  private int slot(long index) {
    return (int) (index & (ring.length - 1));
  }

  private Held at(long index) {
    Held held = ring[slot(index)];
    if (held == null) {
      throw new IllegalStateException("no event waits at " + index);
    }
    return held;
  }

  /** One event that waits. Its frame, or that of the segment before it, keeps the ring sorted. */
  private static final class Held {
    private TraceEvent event;
    private final @Nullable Connection connection;
    private final Endpoint sender;
    private final long frame;
    private final long endRel;
    private final long timeNanos;
    private final boolean fin;

    Held(SegmentSeen event, FlowSegment segment) {
      this.event = event;
      connection = segment.connection();
      sender = segment.sender();
      frame = segment.frame();
      // Nobody acknowledges a stray: its verdict only waits for its time.
      endRel = segment.isStray() ? Long.MIN_VALUE : segment.endRel();
      timeNanos = segment.timeNanos();
      fin = segment.isFin();
    }

    Held(TraceEvent event, long frame) {
      this.event = event;
      this.frame = frame;
      connection = null;
      sender = Endpoint.NONE;
      endRel = 0;
      timeNanos = 0;
      fin = false;
    }

    boolean isFinal(long now) {
      if (connection == null || connection.retired) {
        return true;
      }
      return now - timeNanos >= sender.waitNanos() && isSettled();
    }

    /** Whether only time could still change the verdicts. */
    boolean isSettled() {
      if (connection == null || connection.retired) {
        return true;
      }
      boolean settled = sender.una() >= endRel && !(fin && awaitsOtherSide(connection));
      return settled || connection.isFinished();
    }

    /**
     * Whether a FIN half-closed its connection shows by what the other side sends next, however
     * late.
     */
    private boolean awaitsOtherSide(Connection connection) {
      Closing other = connection.peerOf(sender).closing();
      boolean taken = other.isDataAfterPeerFinCoveredBy(connection.peerOf(sender).una());
      return !taken && (!other.finSent() || other.hasDataAfterPeerFin());
    }

    /** Later evidence could have changed these verdicts: they are likely at best. */
    boolean doubt() {
      if (!(event instanceof SegmentSeen seen) || seen.annotations().isEmpty()) {
        return false;
      }
      List<Annotation> doubted = new ArrayList<>(seen.annotations().size());
      for (Annotation annotation : seen.annotations()) {
        doubted.add(annotation.atMostLikely());
      }
      event = with(seen, doubted);
      return !doubted.equals(seen.annotations());
    }

    boolean annotate(Annotation annotation) {
      if (!(event instanceof SegmentSeen seen) || seen.is(annotation.kind())) {
        return false;
      }
      List<Annotation> more = new ArrayList<>(seen.annotations());
      more.add(annotation);
      event = with(seen, more);
      return true;
    }

    boolean strengthen(Annotation annotation) {
      if (!(event instanceof SegmentSeen seen)) {
        return false;
      }
      List<Annotation> stronger = new ArrayList<>(seen.annotations());
      for (int i = 0; i < stronger.size(); i++) {
        Annotation present = stronger.get(i);
        if (present.kind() == annotation.kind()
            && annotation.confidence().compareTo(present.confidence()) < 0) {
          stronger.set(i, annotation);
        }
      }
      event = with(seen, stronger);
      return !stronger.equals(seen.annotations());
    }

    boolean withdraw(AnnotationKind kind) {
      if (!(event instanceof SegmentSeen seen) || !seen.is(kind)) {
        return false;
      }
      List<Annotation> rest = new ArrayList<>(seen.annotations());
      rest.removeIf(annotation -> annotation.kind() == kind);
      event = kind == AnnotationKind.ACKED_UNSEEN_SEGMENT ? allSeen(seen, rest) : with(seen, rest);
      return true;
    }

    /** What had seemed to be missing has turned up. */
    private static SegmentSeen allSeen(SegmentSeen seen, List<Annotation> annotations) {
      AckCoverage acks = seen.acks();
      return with(seen, annotations, acks == null ? null : acks.allSeen());
    }

    private static SegmentSeen with(SegmentSeen seen, List<Annotation> annotations) {
      return with(seen, annotations, seen.acks());
    }

    private static SegmentSeen with(
        SegmentSeen seen, List<Annotation> annotations, @Nullable AckCoverage acks) {
      return new SegmentSeen(
          seen.connection(),
          seen.key(),
          seen.segment(),
          annotations,
          seen.clientState(),
          seen.serverState(),
          acks,
          seen.bytes());
    }
  }
}
