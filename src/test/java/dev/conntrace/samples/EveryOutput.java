package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.render.ConnectionsText;
import dev.conntrace.render.ExplainText;
import dev.conntrace.render.FrameContext;
import dev.conntrace.render.Layout;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.render.PacketsText;
import dev.conntrace.render.Palette;
import dev.conntrace.render.SchemaCheck;
import dev.conntrace.render.Strokes;
import dev.conntrace.render.SummaryText;
import dev.conntrace.render.TimeMode;
import dev.conntrace.render.TimelineText;
import dev.conntrace.render.View;
import dev.conntrace.stream.OverlapPolicy;
import dev.conntrace.stream.StreamAssembler;
import dev.conntrace.stream.StreamBounds;
import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.ConnectionOpened;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.PacketSkipped;
import dev.conntrace.trace.SegmentPayload;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TraceEvent;
import dev.conntrace.trace.TraceSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Wants everything of a capture, counts it, and has every text and record of it built. */
public final class EveryOutput implements TraceSink {
  private static final String NAME = "-";

  /** All segments of a capture are explained alone; of a larger one only so many. */
  private static final int EXPLAINED = 20;

  private final Map<Integer, List<TraceEvent>> events = new TreeMap<>();
  private final Map<Integer, ConnectionReport> reports = new TreeMap<>();
  private final EveryStream firstCopies = new EveryStream();
  private final EveryStream lastCopies = new EveryStream();
  private final List<StreamAssembler> assemblers =
      List.of(
          new StreamAssembler(OverlapPolicy.FIRST, null, StreamBounds.DEFAULT, firstCopies),
          new StreamAssembler(OverlapPolicy.LAST, null, new StreamBounds(99, 9, 999), lastCopies));
  private long opened;
  private long segments;
  private long skipped;
  private CaptureReport capture;

  /**
   * Traces a capture as far as it can be read, and checks that the counters add up.
   *
   * @return null if it cannot even be opened
   */
  public static EveryOutput of(byte[] bytes) {
    EveryOutput sink = new EveryOutput();
    try (PacketSource source = CaptureFile.open(NAME, new ByteArrayInputStream(bytes))) {
      sink.trace(source);
    } catch (CaptureException e) {
      checkText(e.getMessage() + "\n");
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sink.checkCounters();
    return sink;
  }

  private void trace(PacketSource source) {
    try {
      new Tracer(TracerOptions.DEFAULT, this).trace(source);
    } catch (CaptureException e) {
      checkText(e.getMessage() + "\n");
    }
  }

  @Override
  public boolean wants(Importance importance, int connection) {
    return true;
  }

  @Override
  public void on(ConnectionOpened event) {
    opened++;
    assemblers.forEach(assembler -> assembler.on(event));
  }

  @Override
  public void payload(SegmentPayload payload) {
    assemblers.forEach(assembler -> assembler.payload(payload));
  }

  @Override
  public void on(SegmentSeen event) {
    segments++;
    keep(event.connection(), event);
  }

  @Override
  public void on(StateChanged event) {
    keep(event.connection(), event);
  }

  private void keep(int connection, TraceEvent event) {
    events.computeIfAbsent(connection, number -> new ArrayList<>()).add(event);
  }

  @Override
  public void on(ConnectionClosed event) {
    ConnectionReport report = event.report();
    assertTrue(reports.put(report.connection(), report) == null, "a connection closed twice");
    assemblers.forEach(assembler -> assembler.on(event));
  }

  @Override
  public void on(PacketSkipped event) {
    skipped++;
  }

  @Override
  public void on(CaptureEnded event) {
    assertTrue(capture == null, "the capture ended twice");
    capture = event.report();
  }

  private void checkCounters() {
    assertEquals(capture.tcpSegments(), segments, "segments told");
    assertEquals(capture.frames() - capture.tcpSegments(), skipped, "packets skipped");
    assertEquals(skipped, sum(capture.skipped()), "packets skipped, by reason");
    assertEquals(capture.connections(), opened, "connections opened");
    assertEquals(capture.connections(), reports.size(), "connections closed");
    assertEquals(capture.connections(), firstCopies.ended(), "connections assembled");
    assertEquals(capture.connections(), sum(capture.opened()), "connections by opening");
    assertEquals(capture.connections(), sum(capture.closed()), "connections by closing");
    long counted = 0;
    for (ConnectionReport report : reports.values()) {
      counted += report.fromClient().segments() + report.fromServer().segments();
    }
    assertEquals(capture.tcpSegments(), counted, "segments of connections");
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns all that was told, to be compared with another time. */
  List<Object> told() {
    return List.of(events, reports, capture);
  }

  /** Returns how many packets were read. */
  public long frames() {
    return capture.frames();
  }

  /** Builds every text and every record, and checks that nothing in them can do harm. */
  public void buildAll(int width) throws IOException {
    StringWriter text = new StringWriter();
    Layout layout = new Layout(width, Palette.PLAIN, TimeMode.UTC, true);
    for (View view : View.values()) {
      timelines(text, layout, view);
    }
    timelines(text, new Layout(width, Palette.PLAIN, TimeMode.DELTA, false), View.ROWS);
    new SummaryText(text, layout).summary(NAME, capture);
    packets(text, layout);
    explanations(text, layout);
    firstCopies.write(text, layout);
    lastCopies.write(text, layout);
    checkText(text.toString());
    checkRecords();
  }

  private void timelines(StringWriter text, Layout layout, View view) throws IOException {
    TimelineText timeline = new TimelineText(text, layout, view, Strokes.ASCII);
    TraceSink foresight = timeline.foresight(List.copyOf(reports.values()));
    if (foresight != null) {
      for (List<TraceEvent> ofConnection : events.values()) {
        for (TraceEvent event : ofConnection) {
          event.deliverTo(foresight);
        }
      }
    }
    timeline.overview(NAME, capture, List.copyOf(reports.values()));
    for (ConnectionReport report : reports.values()) {
      TraceSink sink = timeline.connection(NAME, report);
      events.getOrDefault(report.connection(), List.of()).forEach(event -> event.deliverTo(sink));
      timeline.end(report);
    }
  }

  private void packets(StringWriter text, Layout layout) throws IOException {
    PacketsText packets = new PacketsText(text, layout);
    for (SegmentSeen segment : segmentsSeen()) {
      packets.segment(NAME, segment);
    }
    ConnectionsText connections = new ConnectionsText(text, layout);
    for (ConnectionReport report : reports.values()) {
      connections.connection(NAME, report);
    }
    connections.end();
  }

  private void explanations(StringWriter text, Layout layout) throws IOException {
    ExplainText explain = new ExplainText(text, layout);
    List<SegmentSeen> all = segmentsSeen();
    int step = Math.max(1, all.size() / EXPLAINED);
    for (int i = 0; i < all.size(); i += step) {
      SegmentSeen event = all.get(i);
      ConnectionReport report = reports.get(event.connection());
      FrameContext context = new FrameContext(report, event.segment().frame());
      for (TraceEvent other : events.get(event.connection())) {
        other.deliverTo(context);
      }
      explain.frame(NAME, report, event, context, null, false);
    }
  }

  private List<SegmentSeen> segmentsSeen() {
    return events.values().stream()
        .flatMap(List::stream)
        .filter(SegmentSeen.class::isInstance)
        .map(SegmentSeen.class::cast)
        .toList();
  }

  private void checkRecords() throws IOException {
    StringWriter text = new StringWriter();
    NdjsonRecords records = new NdjsonRecords(text);
    for (ConnectionReport report : reports.values()) {
      records.connection(NAME, report);
    }
    for (SegmentSeen segment : segmentsSeen()) {
      records.packet(NAME, segment);
    }
    firstCopies.write(records);
    lastCopies.write(records);
    records.summary(NAME, capture);
    records.flush();
    checkText(text.toString());
    List<String> faults = new ArrayList<>();
    text.toString().lines().forEach(line -> Contract.check(Json.object(line), faults));
    // Of these no sample has any; to hold all records of damaged captures to it would take minutes.
    faults.addAll(
        SchemaCheck.faults(
            text.toString()
                .lines()
                .filter(
                    line ->
                        line.startsWith("{\"type\":\"aside\"")
                            || line.startsWith("{\"type\":\"conflict\""))
                .toList()));
    assertEquals(List.of(), faults);
  }

  /** Checks that text holds only printable ASCII in whole lines, none of which end in blanks. */
  public static void checkText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean blankAtEnd = c == '\n' && i > 0 && text.charAt(i - 1) == ' ';
      boolean printable = c >= ' ' && c <= '~';
      if (blankAtEnd || (c != '\n' && !printable)) {
        int from = text.lastIndexOf('\n', i - 1) + 1;
        throw new AssertionError(
            (blankAtEnd ? "a blank at the end" : "character " + Integer.toHexString(c))
                + " in: "
                + text.substring(from, Math.min(text.length(), i + 20)));
      }
    }
    assertTrue(text.isEmpty() || text.endsWith("\n"), "the last line has no end");
  }
}
