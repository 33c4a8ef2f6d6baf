package dev.conntrace.expect;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is counted of a connection while its segments go by: it takes a few hundred bytes, however
 * many they are.
 */
public final class ConnectionTally {
  private static final ControlBit[] BITS = ControlBit.values();

  private final OfSide client = new OfSide();
  private final OfSide server = new OfSide();
  private long lastNanos = SegmentFacts.NO_TIMESTAMP;
  private long longestIdleNanos;
  private long idleEndFrame;

  private static final class OfSide {
    final Map<AnnotationKind, Occurrences> annotations = new EnumMap<>(AnnotationKind.class);
    final Map<ControlBit, Occurrences> bits = new EnumMap<>(ControlBit.class);
    final Map<TcpState, Long> states = new EnumMap<>(TcpState.class);
  }

  ConnectionTally() {}

  void take(SegmentSeen event) {
    SegmentFacts segment = event.segment();
    OfSide sender = of(segment.from());
    Occurrences once = new Occurrences(1, segment.frame(), segment.timestampNanos());
    List<Annotation> annotations = event.annotations();
    for (int i = 0; i < annotations.size(); i++) {
      if (isFirstOfItsKind(annotations, i)) {
        sender.annotations.merge(annotations.get(i).kind(), once, Occurrences::and);
      }
    }
    for (ControlBit bit : BITS) {
      if (bit.isOn(segment)) {
        sender.bits.merge(bit, once, Occurrences::and);
      }
    }
    noteState(client, event.clientState(), segment.frame());
    noteState(server, event.serverState(), segment.frame());
    noteTime(segment);
  }

  private static void noteState(OfSide side, TcpState state, long frame) {
    if (state != TcpState.UNKNOWN) {
      side.states.putIfAbsent(state, frame);
    }
  }

  /** Two verdicts of one kind are two notes on one annotation. */
  private static boolean isFirstOfItsKind(List<Annotation> annotations, int index) {
    for (int i = 0; i < index; i++) {
      if (annotations.get(i).kind() == annotations.get(index).kind()) {
        return false;
      }
    }
    return true;
  }

  private void noteTime(SegmentFacts segment) {
    if (!segment.hasTimestamp()) {
      return;
    }
    if (lastNanos != SegmentFacts.NO_TIMESTAMP
        && segment.timestampNanos() - lastNanos > longestIdleNanos) {
      longestIdleNanos = segment.timestampNanos() - lastNanos;
      idleEndFrame = segment.frame();
    }
    lastNanos = Math.max(lastNanos, segment.timestampNanos());
  }

  private OfSide of(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  /** Returns one side's segments that carry an annotation. */
  public Occurrences of(AnnotationKind kind, Side from) {
    return of(from).annotations.getOrDefault(kind, Occurrences.NONE);
  }

  /** Returns the segments that carry an annotation. */
  public Occurrences of(AnnotationKind kind) {
    return of(kind, Side.CLIENT).and(of(kind, Side.SERVER));
  }

  Occurrences of(ControlBit bit, Side from) {
    return of(from).bits.getOrDefault(bit, Occurrences.NONE);
  }

  /** Returns the states that a side was in after some segment, in the order of first entry. */
  public List<TcpState> states(Side side) {
    List<TcpState> states = new ArrayList<>(of(side).states.keySet());
    states.sort((left, right) -> Long.compare(frameOf(side, left), frameOf(side, right)));
    return states;
  }

  private long frameOf(Side side, TcpState state) {
    return of(side).states.getOrDefault(state, Long.MAX_VALUE);
  }

  /** Returns the longest time between two segments, in nanoseconds; 0 where there are no times. */
  public long longestIdleNanos() {
    return longestIdleNanos;
  }

  /** Returns the frame that ended the longest time without a segment; 0 if there was none. */
  public long idleEndFrame() {
    return idleEndFrame;
  }
}
