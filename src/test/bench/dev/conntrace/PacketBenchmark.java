package dev.conntrace;

import dev.conntrace.analysis.Analyzers;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.chronicle.Recorders;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.flow.ConnectionTracker;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the steps of the work cost over one capture; divide by its packets. With {@code -prof gc}
 * also what they allocate.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketBenchmark {
  private static final TraceSink SILENT = (importance, connection) -> false;
  private static final long TIME_WAIT_NANOS = TracerOptions.DEFAULT.timeWait().toNanos();

  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Packet packet = new Packet();
  private final Segment segment = new Segment();
  private final List<Segment> segments = new ArrayList<>();
  private final List<SegmentSeen> events = new ArrayList<>();
  private Recorded recorded = new Recorded();

  /** Reads the capture, and keeps what the later steps begin with: segments and their events. */
  @Setup
  public void read() throws IOException {
    recorded = Recorded.capture();
    TraceSink collector =
        new TraceSink() {
          @Override
          public boolean wants(Importance importance, int connection) {
            return importance == Importance.SEGMENT;
          }

          @Override
          public void on(SegmentSeen event) {
            events.add(event);
          }
        };
    new Tracer(TracerOptions.DEFAULT, collector).trace(recorded.source());
    for (int i = 0; i < recorded.size(); i++) {
      recorded.fill(packet, i, i + 1);
      Segment own = new Segment();
      if (decoder.decode(packet, own) == DecodeOutcome.TCP) {
        segments.add(own);
      }
    }
    System.out.println(recorded.size() + " packets");
  }

  /** From the bytes of the file, which are in memory, to packets. */
  @Benchmark
  public long read(Blackhole hole) throws IOException {
    try (PacketSource source = CaptureFile.open("-", recorded.file())) {
      while (source.next(packet)) {
        hole.consume(packet.bytes());
      }
    }
    return packet.frame();
  }

  /** From packet to segment. */
  @Benchmark
  public void decode(Blackhole hole) {
    for (int i = 0; i < recorded.size(); i++) {
      recorded.fill(packet, i, i + 1);
      hole.consume(decoder.decode(packet, segment));
    }
  }

  /** Finding each segment's connection and applying it, with nobody to examine it before. */
  @Benchmark
  public Object track() {
    return follow((segment, planned, findings) -> {}, SILENT);
  }

  /** The same with every finding: what it takes longer than {@link #track} is the analysis. */
  @Benchmark
  public Object analyse() {
    return follow(new Analyzers(TIME_WAIT_NANOS), SILENT);
  }

  /** The same for reports: what it takes longer than {@link #analyse} is what they tell of. */
  @Benchmark
  public Object report() {
    TraceSink reports = (importance, connection) -> importance == Importance.CONNECTION;
    return follow(new Analyzers(TIME_WAIT_NANOS), reports);
  }

  private Object follow(SegmentAnalyzer analyzer, TraceSink sink) {
    ConnectionTracker tracker =
        new ConnectionTracker(
            TIME_WAIT_NANOS,
            TracerOptions.DEFAULT.maxConnections(),
            Set.of(),
            analyzer,
            new Recorders()::begin,
            sink);
    for (Segment known : segments) {
      tracker.track(known);
    }
    tracker.finish();
    return tracker.totals();
  }

  /** From packets to totals, as {@code summary} does: nothing is printed. */
  @Benchmark
  public Object summary() throws IOException {
    return new Tracer(TracerOptions.DEFAULT, SILENT).trace(recorded.source());
  }

  /** From events to NDJSON text, which goes nowhere. */
  @Benchmark
  public void ndjson() throws IOException {
    try (NdjsonRecords records = new NdjsonRecords(Writer.nullWriter())) {
      for (SegmentSeen event : events) {
        records.packet("capture.pcap", event);
      }
    }
  }
}
