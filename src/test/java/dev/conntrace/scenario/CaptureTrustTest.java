package dev.conntrace.scenario;

import static dev.conntrace.trace.AnnotationKind.ACKED_UNSEEN_SEGMENT;
import static dev.conntrace.trace.AnnotationKind.OUT_OF_ORDER;
import static dev.conntrace.trace.AnnotationKind.PREVIOUS_SEGMENT_MISSING;
import static dev.conntrace.trace.AnnotationKind.RETRANSMISSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.capture.PcapngBytes;
import dev.conntrace.cli.CommandCall;
import dev.conntrace.script.Script;
import dev.conntrace.script.Traced;
import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.CaptureQuality.Problem;
import dev.conntrace.trace.Confidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rests on something not being in the capture is as sure as the capture is whole. */
class CaptureTrustTest {
  private static final String HOLE =
      """
      +.010 > P. 1:101(100) ack 1
      +.001 > P. 201:301(100) ack 1
      +.030 > P. 101:201(100) ack 1
      +.020 < .  1:1(0) ack 301
      """;

  private static void assertDoubted(Problem problem, Annotation annotation) {
    assertEquals(problem, annotation.doubt());
    assertEquals(Confidence.LIKELY, annotation.confidence());
  }

  private static void assertCertain(Annotation annotation) {
    assertNull(annotation.doubt());
    assertEquals(Confidence.CERTAIN, annotation.confidence());
  }

  @Test
  void aHoleAfterDroppedPacketsMayBeTheCaptures() {
    Traced t = new Script().droppedBefore(5).play(Script.HANDSHAKE + HOLE);
    assertDoubted(Problem.DROPS, t.note(5, PREVIOUS_SEGMENT_MISSING));
    assertDoubted(Problem.DROPS, t.note(6, RETRANSMISSION));
  }

  @Test
  void withoutDropsItIsTheNetworks() {
    Traced t = Script.run(Script.HANDSHAKE + HOLE);
    assertCertain(t.note(5, PREVIOUS_SEGMENT_MISSING));
    assertCertain(t.note(6, RETRANSMISSION));
  }

  @Test
  void dropsBeforeTheConnectionDoNotMatter() {
    Traced t = new Script().droppedBefore(1).play(Script.HANDSHAKE + HOLE);
    assertCertain(t.note(5, PREVIOUS_SEGMENT_MISSING));
    assertCertain(t.note(6, RETRANSMISSION));
  }

  @Test
  void dropsThatOnlyTheEndOfAFileTellsOfMayBeAnywhere(@TempDir Path folder) throws IOException {
    List<String> holes = holes(withLosses(Long.MAX_VALUE).statistics(0, 3, 0), folder);
    assertEquals(HOLES, holes.stream().filter(r -> r.contains("\"doubt\":\"drops\"")).count());
  }

  @Test
  void statisticsInTheMiddleSayWhenPacketsWereDropped(@TempDir Path folder) throws IOException {
    List<String> holes = holes(withLosses(50).statistics(0, 3, 0), folder);
    List<Boolean> doubted = holes.stream().map(r -> r.contains("\"doubt\"")).toList();
    assertEquals(List.of(true, false, false), doubted.subList(0, HOLES));
  }

  /** Frames 44, 59 and 86 are behind holes. */
  private static final int HOLES = 3;

  /** The packets of a lossy sample, with statistics of three drops behind a frame. */
  private static PcapngBytes withLosses(long statisticsBehind) throws IOException {
    PcapngBytes file = PcapngBytes.littleEndian().describe(101);
    Packet packet = new Packet();
    try (PacketSource sample =
        CaptureFile.open(Path.of("sample-captures/loss/loss-at-receiver.pcap"))) {
      while (sample.next(packet)) {
        byte[] kept =
            Arrays.copyOfRange(
                packet.bytes(), packet.offset(), packet.offset() + packet.capturedLength());
        file.enhanced(0, packet.timestampNanos() / 1000, kept, packet.originalLength());
        if (packet.frame() == statisticsBehind) {
          file.statistics(0, 3, 0);
        }
      }
    }
    return file;
  }

  private static List<String> holes(PcapngBytes file, Path folder) throws IOException {
    Path path = Files.write(folder.resolve("drops.pcapng"), file.toBytes());
    return CommandCall.of(
            "packets", "--format", "ndjson", "--with", "previous-segment-missing", path.toString())
        .lines();
  }

  @Test
  void whatIsBehindInTimeMayBeOutOfOrderOnlyInTheCapture() {
    Traced t =
        Script.run(
            Script.HANDSHAKE
                + """
                +.010 > P. 1:101(100) ack 1
                +.002 > P. 201:301(100) ack 1 id 1004
                -.001 > P. 101:201(100) ack 1 id 1003
                +.030 < .  1:1(0) ack 401
                """);
    assertDoubted(Problem.TIME_BACKWARDS, t.note(6, OUT_OF_ORDER));
    assertCertain(t.note(7, ACKED_UNSEEN_SEGMENT));
  }
}
