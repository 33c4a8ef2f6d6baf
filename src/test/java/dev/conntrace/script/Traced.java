package dev.conntrace.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.render.SchemaCheck;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TimeWait;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a tracer said of a script, by frame. Failures show the whole script with the verdicts. */
public final class Traced {
  private final List<String> lines;
  private final Map<Long, SegmentSeen> segments = new TreeMap<>();
  private final Map<Integer, ConnectionReport> reports = new TreeMap<>();
  private final List<StateChanged> changes = new ArrayList<>();
  private final List<TraceEvent> events = new ArrayList<>();
  private CaptureReport capture;

  Traced(List<String> lines) {
    this.lines = lines;
  }

  /**
   * Traces a capture file as far as it can be read.
   *
   * @throws IOException if it cannot be opened
   */
  public static Traced of(Path capture) throws IOException {
    Traced traced = new Traced(List.of());
    try (PacketSource source = CaptureFile.open(capture)) {
      traced.trace(source);
    }
    return traced;
  }

  /** The damage that ends a capture is part of its report. */
  private void trace(PacketSource source) {
    try {
      new Tracer(TracerOptions.DEFAULT, sink()).trace(source);
    } catch (CaptureException e) {
      assertTrue(
          capture.quality().stream().anyMatch(q -> q.problem() == Problem.DAMAGED), e.toString());
    }
  }

  TraceSink sink() {
    return new Collector();
  }

  private final class Collector implements TraceSink {
    @Override
    public boolean wants(Importance importance, int connection) {
      return true;
    }

    @Override
    public void on(ConnectionOpened event) {
      events.add(event);
    }

    @Override
    public void on(SegmentSeen event) {
      events.add(event);
      segments.put(event.segment().frame(), event);
    }

    @Override
    public void on(StateChanged event) {
      events.add(event);
      changes.add(event);
    }

    @Override
    public void on(ConnectionClosed event) {
      events.add(event);
      reports.put(event.report().connection(), event.report());
    }

    @Override
    public void on(CaptureEnded event) {
      events.add(event);
      capture = event.report();
      assertEquals(List.of(), SchemaCheck.faultsOf(events), "records that the schema refuses");
    }
  }

  /** Returns the segment of a frame with its verdicts; null if the frame is none. */
  @Nullable SegmentSeen find(long frame) {
    return segments.get(frame);
  }

  /** Returns the segment of a frame with its verdicts. */
  public SegmentSeen seen(long frame) {
    SegmentSeen segment = segments.get(frame);
    return segment != null ? segment : fail("frame " + frame + " is no segment\n" + this);
  }

  public SegmentFacts segment(long frame) {
    return seen(frame).segment();
  }

  /** Returns the number of the connection that a frame was counted to. */
  public int connection(long frame) {
    return seen(frame).connection();
  }

  /** Returns what was said of a frame. */
  public Set<AnnotationKind> annotations(long frame) {
    Set<AnnotationKind> kinds = EnumSet.noneOf(AnnotationKind.class);
    for (Annotation annotation : seen(frame).annotations()) {
      kinds.add(annotation.kind());
    }
    return kinds;
  }

  /** Returns the verdict of a kind on a frame, which must have one. */
  public Annotation note(long frame, AnnotationKind kind) {
    for (Annotation annotation : seen(frame).annotations()) {
      if (annotation.kind() == kind) {
        return annotation;
      }
    }
    return fail("frame " + frame + " is not called " + kind.id() + "\n" + this);
  }

  /** Returns the verdict's sentence. */
  public String text(long frame, AnnotationKind kind) {
    return note(frame, kind).text(segment(frame));
  }

  /** Returns the id of the rule that a verdict of a kind on a frame rests on. */
  public String rule(long frame, AnnotationKind kind) {
    return note(frame, kind).rule().id();
  }

  public TcpState state(long frame, Side side) {
    return side == Side.CLIENT ? seen(frame).clientState() : seen(frame).serverState();
  }

  /** Returns the state changes that a frame caused, in order. */
  public List<StateChanged> changes(long frame) {
    return changes.stream().filter(change -> change.frame() == frame).toList();
  }

  /** Returns everything that was said, in order. */
  public List<TraceEvent> events() {
    return events;
  }

  /** Returns the report of the only connection. */
  public ConnectionReport report() {
    assertEquals(1, reports.size(), () -> "connections\n" + this);
    return reports.values().iterator().next();
  }

  /** Returns the report of one of several connections. */
  public ConnectionReport report(int connection) {
    ConnectionReport report = reports.get(connection);
    return report != null ? report : fail("there is no connection " + connection + "\n" + this);
  }

  /**
   * Returns how a connection opened and closed, who closed first, and who is left in TIME_WAIT, as
   * a script's line {@code end} says it: {@code three-way three-segment first client wait client}.
   */
  public String end(int connection) {
    ConnectionReport report = report(connection);
    Party first = report.closedFirst();
    TimeWait wait = report.timeWait();
    return report.opened().id()
        + ' '
        + report.closed().id()
        + (first == null ? "" : " first " + first.id())
        + (wait == null ? "" : " wait " + wait.owner().id());
  }

  public int connections() {
    return reports.size();
  }

  public Handshake handshake() {
    return Objects.requireNonNull(report().handshake(), this::toString);
  }

  public TimeWait timeWait() {
    return Objects.requireNonNull(report().timeWait(), this::toString);
  }

  public CaptureReport capture() {
    return capture;
  }

  /** Checks that a frame has exactly these annotations. */
  public Traced assertAnnotations(long frame, AnnotationKind... kinds) {
    Set<AnnotationKind> expected = EnumSet.noneOf(AnnotationKind.class);
    expected.addAll(List.of(kinds));
    assertEquals(expected, annotations(frame), () -> "frame " + frame + "\n" + this);
    return this;
  }

  /** Checks that a frame has this annotation, and perhaps others. */
  public Traced assertHas(long frame, AnnotationKind kind) {
    assertTrue(seen(frame).is(kind), () -> frame + " lacks " + kind.id() + "\n" + this);
    return this;
  }

  /** Checks that a frame lacks this annotation. */
  public Traced assertLacks(long frame, AnnotationKind kind) {
    assertTrue(!seen(frame).is(kind), () -> frame + " has " + kind.id() + "\n" + this);
    return this;
  }

  /** Checks that no frame has this annotation. */
  public Traced assertNowhere(AnnotationKind kind) {
    for (long frame : segments.keySet()) {
      assertLacks(frame, kind);
    }
    return this;
  }

  /** Checks both states after a frame. */
  public Traced assertStates(long frame, TcpState client, TcpState server) {
    List<TcpState> after = List.of(seen(frame).clientState(), seen(frame).serverState());
    assertEquals(List.of(client, server), after, () -> "states after " + frame + "\n" + this);
    return this;
  }

  /** The script, line by line, with what was said of each. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(i + 1).append("  ").append(lines.get(i)).append('\n');
      SegmentSeen segment = segments.get(i + 1L);
      if (segment != null) {
        append(text, segment);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, SegmentSeen segment) {
    text.append("       connection ").append(segment.connection()).append(' ');
    text.append(segment.clientState()).append(' ').append(segment.serverState()).append('\n');
    for (Annotation annotation : segment.annotations()) {
      text.append("       ").append(annotation.kind().id()).append(" [");
      text.append(annotation.rule().id()).append(", ").append(annotation.confidence().id());
      text.append("] ").append(annotation.text(segment.segment())).append('\n');
    }
  }
}
