package dev.conntrace.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.wire.TcpFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules that {@code --update} writes hold for the captures that they are written from, and see
 * one control bit that is turned over: for the samples, and for the captures of others where they
 * are at hand.
 */
class CorpusRulesTest {
  private static final Path CORPUS = Path.of("../shared/corpus/captures");
  private static final long SEED = 20261121;
  private static final int[] BITS = {TcpFlags.SYN, TcpFlags.FIN, TcpFlags.RST, TcpFlags.ACK};

  private static final Set<Opened> OPENED =
      EnumSet.of(Opened.THREE_WAY, Opened.SIMULTANEOUS, Opened.SPLIT, Opened.FAST_OPEN);
  private static final Set<Closed> CLOSED =
      EnumSet.of(Closed.FOUR_SEGMENT, Closed.THREE_SEGMENT, Closed.SIMULTANEOUS, Closed.RESET);

  /** What its receiver throws away was not accepted. */
  private static final Set<AnnotationKind> NOT_ACCEPTED =
      EnumSet.of(
          AnnotationKind.DUPLICATE_PACKET,
          AnnotationKind.RESET_IGNORED,
          AnnotationKind.BEYOND_WINDOW,
          AnnotationKind.STALE_ACK,
          AnnotationKind.SPURIOUS_RETRANSMISSION);

  @TempDir Path folder;

  private int captures;
  private int refused;
  private int complete;
  private int toggles;
  private final List<String> failing = new ArrayList<>();
  private final List<String> unseen = new ArrayList<>();
  private final Set<String> capturesWithUnseen = new TreeSet<>();

  @Test
  void rulesOfSamplesHoldAndSeeEveryBit() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("sample-captures"))) {
      checkAll(files.filter(CorpusRulesTest::isCapture).sorted().toList());
    }
  }

  private static boolean isCapture(Path path) {
    String name = path.getFileName().toString();
    return name.contains(".pcap") && !name.endsWith(".txt") && !name.endsWith(".ndjson");
  }

  @Test
  void rulesOfTheCorpusHoldAndSeeNearlyEveryBit() throws IOException {
    assumeTrue(Files.isDirectory(CORPUS), "the captures of others are not at " + CORPUS);
    try (Stream<Path> files = Files.list(CORPUS)) {
      checkAll(files.sorted().toList());
    }
  }

  private void checkAll(List<Path> files) throws IOException {
    for (Path file : files) {
      check(file);
    }
    String figures =
        captures
            + " captures, "
            + refused
            + " refused as examples; of "
            + complete
            + " with a complete connection "
            + (complete - capturesWithUnseen.size())
            + " saw all of their bits; "
            + (toggles - unseen.size())
            + " of "
            + toggles
            + " bits were seen";
    System.getLogger("corpus").log(System.Logger.Level.INFO, figures);
    assertEquals(List.of(), failing, "rules that do not hold for their own capture");
    assertTrue(complete > 10, figures);
    assertTrue(
        100L * (complete - capturesWithUnseen.size()) >= 95L * complete,
        () -> figures + "\n" + String.join("\n", unseen));
  }

  private void check(Path file) throws IOException {
    Trace trace = trace(file, 0, 0);
    if (trace == null) {
      return;
    }
    captures++;
    if (!trace.doubts().isEmpty()) {
      refused++;
      return;
    }
    List<Expectation> rules = rules(trace);
    for (Outcome outcome : Expectations.check(rules, trace(file, 0, 0))) {
      if (outcome.verdict() != Verdict.PASSED) {
        failing.add(file + ": " + outcome);
      }
    }
    toggle(file, trace, rules);
  }

  private List<Expectation> rules(Trace trace) throws IOException {
    StringBuilder text = new StringBuilder();
    RulesWriter.write(trace, text);
    return RulesFile.read(Files.writeString(folder.resolve("rules.yaml"), text));
  }

  /** Turns each of the four bits over in one segment, chosen by chance. */
  private void toggle(Path file, Trace trace, List<Expectation> rules) throws IOException {
    List<SegmentSeen> accepted = accepted(trace);
    if (accepted.isEmpty()) {
      return;
    }
    complete++;
    SplittableRandom random = new SplittableRandom(SEED + file.getFileName().hashCode());
    for (int bit : BITS) {
      SegmentSeen chosen = accepted.get(random.nextInt(accepted.size()));
      long frame = chosen.segment().frame();
      Trace changed = trace(file, frame, bit);
      if (changed == null) {
        continue;
      }
      toggles++;
      boolean seen =
          Expectations.check(rules, changed).stream()
              .anyMatch(outcome -> outcome.verdict() == Verdict.FAILED);
      if (!seen) {
        capturesWithUnseen.add(file.toString());
        unseen.add(file + ": " + TcpFlags.letters(bit) + " of frame " + frame + ", seed " + SEED);
      }
    }
  }

  private static List<SegmentSeen> accepted(Trace trace) {
    List<SegmentSeen> accepted = new ArrayList<>();
    for (ConnectionTrace connection : trace.connections()) {
      ConnectionReport report = connection.report();
      if (connection.number() <= RulesWriter.MAX_CONNECTIONS
          && OPENED.contains(report.opened())
          && CLOSED.contains(report.closed())) {
        connection.segments().stream()
            .filter(event -> event.segment().fragments().isEmpty())
            .filter(event -> NOT_ACCEPTED.stream().noneMatch(event::is))
            .forEach(accepted::add);
      }
    }
    return accepted;
  }

  /** Returns null for what is no capture, or where the bit could not be reached. */
  private static @Nullable Trace trace(Path file, long frame, int bit) throws IOException {
    TraceRecorder recorder = new TraceRecorder(file.toString(), TraceBounds.DEFAULT);
    try (PacketSource source = CaptureFile.open(file)) {
      ToggledBit toggled = new ToggledBit(source, frame, bit);
      try {
        new Tracer(TracerOptions.DEFAULT, recorder).trace(toggled);
      } catch (CaptureException e) {
        // Its damage is part of the report.
      }
      return frame != 0 && !toggled.isDone() ? null : recorder.trace();
    } catch (CaptureException e) {
      return null;
    }
  }
}
