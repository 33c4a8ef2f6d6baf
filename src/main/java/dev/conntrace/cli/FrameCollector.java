package dev.conntrace.cli;

import dev.conntrace.select.ConnectionSelection;
import dev.conntrace.select.UnwantedConnections;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the frames that a selection chooses: those of the selected segments, or all those of the
 * selected connections, with the ICMP errors about them.
 */
final class FrameCollector implements TraceSink {
  private static final long NANOS_PER_MICROSECOND = 1000;

  private final ConnectionSelection selection;
  private final boolean wholeConnections;
  private final Predicate<ConnectionReport> wanted;
  private final FrameSet frames = new FrameSet();
  private final UnwantedConnections unwanted;
  private final Map<Integer, FrameList> undecided = new HashMap<>();
  private boolean nanoseconds;
  private @Nullable CaptureReport capture;

  /**
   * Prepares to collect.
   *
   * @param wholeConnections whether connections are chosen as a whole, not segment by segment
   */
  FrameCollector(ConnectionSelection selection, boolean wholeConnections) {
    this(selection, wholeConnections, selection::includes);
  }

  /** Prepares to collect the frames of whole connections, chosen when all is known of them. */
  FrameCollector(Predicate<ConnectionReport> wanted) {
    this(ConnectionSelection.all(), true, wanted);
  }

  private FrameCollector(
      ConnectionSelection selection, boolean wholeConnections, Predicate<ConnectionReport> wanted) {
    this.selection = selection;
    this.wanted = wanted;
    this.unwanted = new UnwantedConnections(selection);
    this.wholeConnections = wholeConnections;
  }

  /** Returns what was chosen, complete when the capture has been traced. */
  FrameSet frames() {
    return frames;
  }

  /** Returns whether the times of the segments would lose something in microseconds. */
  boolean hasNanoseconds() {
    return nanoseconds;
  }

  @Nullable CaptureReport capture() {
    return capture;
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return switch (importance) {
      case CONNECTION -> true;
      case SEGMENT -> !unwanted.contains(connection);
      case STATE, BYTES, PAYLOAD, SKIPPED -> false;
    };
  }

  @Override
  public void on(ConnectionOpened event) {
    unwanted.judge(event);
  }

  @Override
  public void on(SegmentSeen event) {
    if (unwanted.contains(event.connection())) {
      return;
    }
    if (!wholeConnections) {
      if (selection.includes(event)) {
        choose(event, null);
      }
      return;
    }
    FrameList list = undecided.get(event.connection());
    if (list == null) {
      list = new FrameList();
      undecided.put(event.connection(), list);
    }
    choose(event, list);
  }

  @Override
  public void on(ConnectionClosed event) {
    FrameList list = undecided.remove(event.report().connection());
    if (list != null && wanted.test(event.report())) {
      list.addTo(frames);
    }
  }

  @Override
  public void on(CaptureEnded event) {
    capture = event.report();
  }

  /**
   * Takes a segment, the fragments that it came in and the ICMP errors about it, into a list or for
   * good.
   */
  private void choose(SegmentSeen event, @Nullable FrameList list) {
    SegmentFacts segment = event.segment();
    add(segment.frame(), list);
    for (long fragment : segment.fragments()) {
      add(fragment, list);
    }
    nanoseconds |= segment.hasTimestamp() && segment.timestampNanos() % NANOS_PER_MICROSECOND != 0;
    for (Annotation annotation : event.annotations()) {
      if (isIcmp(annotation.kind())) {
        for (long frame : annotation.evidence()) {
          add(frame, list);
        }
      }
    }
  }

  private static boolean isIcmp(AnnotationKind kind) {
    return kind == AnnotationKind.ICMP_UNREACHABLE || kind == AnnotationKind.FRAGMENTATION_NEEDED;
  }

  private void add(long frame, @Nullable FrameList list) {
    if (list == null) {
      frames.add(frame);
    } else {
      list.add(frame);
    }
  }
}
