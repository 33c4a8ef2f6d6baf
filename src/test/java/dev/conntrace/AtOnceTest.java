package dev.conntrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.SegmentRevised;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who hears of segments at once, and of what changes later, ends with the same verdicts. */
class AtOnceTest {
  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("sample-captures"))) {
      return files.filter(file -> file.toString().matches(".*\\.pcap(ng)?")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void endsWithTheVerdictsOfWhoWaited(Path file) throws IOException {
    Map<Long, String> waited = trace(file, false);
    Map<Long, String> atOnce = trace(file, true);
    assertEquals(waited.keySet(), atOnce.keySet());
    waited.forEach((frame, told) -> assertEquals(told, atOnce.get(frame)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void doesNotWait(Path file) throws IOException {
    Told told = new Told(true);
    run(file, told);
    assertTrue(told.inOrder, "a segment came later than one after it");
  }

  private static Map<Long, String> trace(Path file, boolean atOnce) throws IOException {
    Told told = new Told(atOnce);
    run(file, told);
    return told.byFrame;
  }

  private static void run(Path file, Told told) throws IOException {
    try (PacketSource source = CaptureFile.open(file)) {
      new Tracer(TracerOptions.DEFAULT, told).trace(source);
    } catch (CaptureException e) {
      // Some samples are damaged on purpose; what came before counts.
    }
  }

  private static final class Told implements TraceSink {
    private final boolean atOnce;
    private final Map<Long, String> byFrame = new TreeMap<>();
    private long last;
    private boolean inOrder = true;

    Told(boolean atOnce) {
      this.atOnce = atOnce;
    }

    @Override
    public boolean wants(Importance importance, int connection) {
      return importance == Importance.SEGMENT;
    }

    @Override
    public boolean wantsAtOnce() {
      return atOnce;
    }

    @Override
    public void on(SegmentSeen event) {
      inOrder &= event.segment().frame() >= last;
      last = event.segment().frame();
      byFrame.put(last, event.toString());
    }

    @Override
    public void on(SegmentRevised event) {
      assertTrue(atOnce);
      SegmentSeen revised = event.segment();
      long frame = revised.segment().frame();
      assertTrue(byFrame.containsKey(frame), "revised before it was told: " + frame);
      byFrame.put(frame, revised.toString());
    }
  }
}
