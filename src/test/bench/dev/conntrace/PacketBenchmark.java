package dev.conntrace;

import dev.conntrace.capture.Packet;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.render.NdjsonRecords;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
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
  private final SegmentDecoder decoder = new SegmentDecoder();
  private final Packet packet = new Packet();
  private final Segment segment = new Segment();
  private final List<SegmentSeen> events = new ArrayList<>();
  private Recorded recorded = new Recorded();

  /** Reads the capture, and keeps its segments' events for {@link #ndjson}. */
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
    System.out.println(recorded.size() + " packets");
  }

  /** From packet to segment. */
  @Benchmark
  public void decode(Blackhole hole) {
    for (int i = 0; i < recorded.size(); i++) {
      recorded.fill(packet, i, i + 1);
      hole.consume(decoder.decode(packet, segment));
    }
  }

  /** Decoding and tracking for totals alone, as {@code summary} does: nothing is printed. */
  @Benchmark
  public Object track() throws IOException {
    TraceSink silent = (importance, connection) -> false;
    return new Tracer(TracerOptions.DEFAULT, silent).trace(recorded.source());
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
