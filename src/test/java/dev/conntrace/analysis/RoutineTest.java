package dev.conntrace.analysis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.chronicle.Recorders;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.flow.ConnectionTracker;
import dev.conntrace.flow.Findings;
import dev.conntrace.flow.FlowSegment;
import dev.conntrace.flow.SegmentAnalyzer;
import dev.conntrace.flow.Transitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The analyzers that do not see routine segments would have had nothing to say of any. */
class RoutineTest {
  private final Analyzers analyzers = new Analyzers(Duration.ofSeconds(60).toNanos());
  private final List<SegmentAnalyzer> leftOut = new ArrayList<>(List.of(analyzers.all()));
  private String place = "";
  private int segments;
  private int routine;

  @Test
  void silencesNobody() throws IOException {
    leftOut.removeAll(Arrays.asList(analyzers.ofRoutine()));
    try (Stream<Path> files = Files.walk(Path.of("sample-captures"))) {
      for (Path file : files.filter(path -> path.toString().contains(".pcap")).toList()) {
        place = file.toString();
        track(file);
      }
    }
    assertTrue(routine > segments / 4, routine + " of " + segments + " segments were routine");
  }

  private void track(Path file) throws IOException {
    ConnectionTracker tracker =
        new ConnectionTracker(
            0,
            Integer.MAX_VALUE,
            Set.of(),
            this::examine,
            new Recorders()::begin,
            (importance, number) -> false);
    SegmentDecoder decoder = new SegmentDecoder();
    Packet packet = new Packet();
    Segment segment = new Segment();
    try (PacketSource source = CaptureFile.open(file)) {
      while (source.next(packet)) {
        if (decoder.decode(packet, segment) == DecodeOutcome.TCP) {
          tracker.track(segment);
        }
      }
    } catch (CaptureException e) {
      // Some samples are damaged on purpose; what came before has been looked at.
    }
  }

  private void examine(FlowSegment segment, Transitions planned, Findings findings) {
    segments++;
    if (Routine.is(segment, planned)) {
      routine++;
      for (SegmentAnalyzer analyzer : leftOut) {
        analyzer.examine(segment, planned, findings);
        assertTrue(
            findings.isEmpty(),
            () -> analyzer + " speaks of routine frame " + segment.frame() + " of " + place);
      }
    }
    analyzers.examine(segment, planned, findings);
  }
}
