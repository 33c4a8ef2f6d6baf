package dev.conntrace.flow;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ListenerReport;
import dev.conntrace.trace.Opened;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What all connections of a capture add up to. */
public final class ConnectionTotals {
  private final Listeners listeners = new Listeners();
  private final long[] opened = new long[Opened.values().length];
  private final long[] closed = new long[Closed.values().length];
  private final long[] annotations = new long[AnnotationKind.values().length];
  private final long[] problems = new long[Problem.values().length];
  private final FirstFrames[] problemFrames = new FirstFrames[Problem.values().length];
  private long connections;

  ConnectionTotals() {
    Arrays.fill(problemFrames, FirstFrames.NONE);
  }

  void noteOpened(Connection connection) {
    connections++;
    listeners.called(connection);
  }

  /** A table was full and something had to be given up. */
  void noteBound() {
    problems[Problem.BOUND_REACHED.ordinal()]++;
  }

  /** Takes the steps of the clock over; a connection's own may be other connections' too. */
  void noteClockSteps(CaptureClock clock) {
    problems[Problem.CLOCK_STEP.ordinal()] = clock.steps();
    problemFrames[Problem.CLOCK_STEP.ordinal()] = clock.frames();
  }

  void noteProgress(Connection connection, boolean wasEstablished, boolean wasOver) {
    boolean established = connection.opening().isEstablished();
    if (established && !wasEstablished) {
      listeners.established(connection);
    }
    boolean over = connection.isFinished();
    if (wasEstablished && over != wasOver) {
      if (over) {
        listeners.finished(connection);
      } else {
        listeners.established(connection);
      }
    }
  }

  void noteRetired(Connection connection, Judgement judgement) {
    if (connection.opening().isEstablished() && !connection.isFinished()) {
      listeners.finished(connection);
    }
    opened[judgement.opened().ordinal()]++;
    closed[judgement.closed().ordinal()]++;
    listeners.turnedOut(connection, judgement.opened());
    connection.annotationCounts().addTo(annotations);
    for (CaptureQuality quality : judgement.quality()) {
      int problem = quality.problem().ordinal();
      if (quality.problem() == Problem.CLOCK_STEP) {
        continue;
      }
      problems[problem] += quality.count();
      for (long frame : quality.frames()) {
        problemFrames[problem] = problemFrames[problem].with(frame);
      }
    }
    if (connection.client().seen().givenUpBytes() + connection.server().seen().givenUpBytes() > 0) {
      noteBound();
    }
  }

  /** Returns how many connections there were. */
  public long connections() {
    return connections;
  }

  /** Returns how they opened; only what occurred. */
  public Map<Opened, Long> opened() {
    Map<Opened, Long> map = new EnumMap<>(Opened.class);
    for (Opened value : Opened.values()) {
      putIfAny(map, value, opened[value.ordinal()]);
    }
    return map;
  }

  /** Returns how they closed; only what occurred. */
  public Map<Closed, Long> closed() {
    Map<Closed, Long> map = new EnumMap<>(Closed.class);
    for (Closed value : Closed.values()) {
      putIfAny(map, value, closed[value.ordinal()]);
    }
    return map;
  }

  /** Returns how many segments carry each annotation; only what occurred. */
  public Map<AnnotationKind, Long> annotations() {
    Map<AnnotationKind, Long> map = new EnumMap<>(AnnotationKind.class);
    for (AnnotationKind value : AnnotationKind.values()) {
      putIfAny(map, value, annotations[value.ordinal()]);
    }
    return map;
  }

  private static <K> void putIfAny(Map<K, Long> map, K key, long count) {
    if (count > 0) {
      map.put(key, count);
    }
  }

  /** Returns how often the connections met a problem of the capture itself. */
  public long problem(Problem problem) {
    return problems[problem.ordinal()]
        + (problem == Problem.BOUND_REACHED && listeners.isFull() ? 1 : 0);
  }

  /** Returns the first frames where a problem shows, if it is a matter of single frames. */
  public List<Long> framesOf(Problem problem) {
    return problemFrames[problem.ordinal()].list();
  }

  /** Returns the server addresses, the most called first. */
  public List<ListenerReport> listeners() {
    return listeners.report();
  }
}
