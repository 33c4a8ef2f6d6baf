package dev.conntrace.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.analysis.Analyzers;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.chronicle.Recorders;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.Rule;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.StateChanged;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The short way leads where the long one does, which a segment takes of which anything is said. */
class AdvanceTest {
  private static final long TIME_WAIT_NANOS = Duration.ofSeconds(60).toNanos();

  /** Nothing depends on it but what is told of the segment itself. */
  private static final AnnotationKind MARK = AnnotationKind.NAGLE_WAIT;

  /** Each sample is read as it is, and so often with packets missing and bytes altered. */
  private static final int SEEDS = 12;

  private static final int SPOILT_ONE_IN = 12;

  private static final Rule MARKED = new Rule("marked", "goes the long way");

  private int segments;
  private int shortWay;

  @Test
  void changesWhatTheLongWayWould() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("sample-captures"))) {
      for (Path file : files.filter(path -> path.toString().contains(".pcap")).toList()) {
        for (int seed = 0; seed < SEEDS; seed++) {
          assertEquals(told(file, seed, true), told(file, seed, false), file + ", seed " + seed);
        }
      }
    }
    assertTrue(shortWay > segments / 4, shortWay + " of " + segments + " went the short way");
  }

  private List<String> told(Path file, int seed, boolean longWay) throws IOException {
    Analyzers analyzers = new Analyzers(TIME_WAIT_NANOS);
    Told told = new Told();
    ConnectionTracker tracker =
        new ConnectionTracker(
            TIME_WAIT_NANOS,
            Integer.MAX_VALUE,
            Set.of(),
            (segment, planned, findings) -> {
              analyzers.examine(segment, planned, findings);
              if (longWay) {
                findings.add(MARK, MARKED);
              } else {
                segments++;
                shortWay += planned.isUneventful() && Advance.suits(segment, findings) ? 1 : 0;
              }
            },
            new Recorders()::begin,
            told);
    feed(file, seed, tracker);
    tracker.finish();
    return told.lines;
  }

  private static void feed(Path file, int seed, ConnectionTracker tracker) throws IOException {
    SegmentDecoder decoder = new SegmentDecoder();
    Packet packet = new Packet();
    Segment segment = new Segment();
    Random random = new Random(seed);
    try (PacketSource source = CaptureFile.open(file)) {
      while (source.next(packet)) {
        boolean missing = seed > 0 && random.nextInt(SPOILT_ONE_IN) == 0;
        if (seed > 0 && packet.capturedLength() > 0 && random.nextInt(SPOILT_ONE_IN) == 0) {
          int at = packet.offset() + random.nextInt(packet.capturedLength());
          packet.bytes()[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        if (!missing && decoder.decode(packet, segment) == DecodeOutcome.TCP) {
          tracker.track(segment);
        }
      }
    } catch (CaptureException e) {
      // Some samples are damaged on purpose; what came before counts.
    }
  }

  /** All that is told, but for the mark. */
  private static final class Told implements TraceSink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public boolean wants(Importance importance, int connection) {
      return importance != Importance.PAYLOAD;
    }

    @Override
    public void on(SegmentSeen event) {
      List<?> annotations = event.annotations().stream().filter(a -> a.kind() != MARK).toList();
      lines.add(
          event.segment()
              + " "
              + annotations
              + event.clientState()
              + event.serverState()
              + event.acks()
              + event.bytes());
    }

    @Override
    public void on(StateChanged event) {
      lines.add(event.toString());
    }

    @Override
    public void on(ConnectionClosed event) {
      Map<AnnotationKind, Long> counts = new EnumMap<>(AnnotationKind.class);
      counts.putAll(event.report().annotations());
      counts.remove(MARK);
      lines.add(event.report().fromClient() + " " + event.report().fromServer() + counts);
      lines.add(event.report().history() + " " + event.report().rtt());
      lines.add(event.report().quality() + " " + event.report().capturePoint());
    }
  }
}
