package dev.conntrace.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.script.Traced;
import dev.conntrace.trace.AnnotationKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verdicts against the log of the network that lost, reordered and duplicated on purpose: captures
 * of src/test/lab/make_truth.py, taken at the receiver, at the sender and in the middle (seed t3,
 * RTT 20 ms, loss and reordering 3 %, duplicates 1 %).
 */
class TruthTest {
  /** What became of one segment with payload: truth.py's word for it, and what was said of it. */
  private record Judged(String truth, Set<AnnotationKind> said) {
    boolean isCopy() {
      return truth.equals("dup");
    }

    boolean isResent() {
      return truth.equals("rtx") || truth.equals("spurious");
    }

    boolean saidResent() {
      return said.contains(AnnotationKind.RETRANSMISSION);
    }

    boolean saidLate() {
      return said.contains(AnnotationKind.OUT_OF_ORDER);
    }

    boolean saidNeedless() {
      return said.contains(AnnotationKind.SPURIOUS_RETRANSMISSION);
    }
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"receiver", "sender", "middle"})
  void retransmissionsAndReorderingAreToldApart(String side) throws IOException {
    assertRight(judge(side, capture(side)), 0.995, 0.995);
  }

  @ParameterizedTest
  @ValueSource(strings = {"receiver", "sender", "middle"})
  void theyAreToldApartWithoutIdentifications(String side) throws IOException {
    byte[] capture = capture(side);
    IpIds.zero(capture);
    assertRight(judge(side, capture), 0.98, 0.95);
  }

  private static void assertRight(List<Judged> segments, double resent, double late) {
    List<Judged> own = segments.stream().filter(s -> !s.isCopy()).toList();
    double resentF1 =
        f1(
            own.stream().filter(s -> s.isResent() && s.saidResent()).count(),
            own.stream().filter(s -> s.isResent() != s.saidResent()).count());
    double lateF1 =
        f1(
            own.stream().filter(s -> s.truth().equals("reordered") && s.saidLate()).count(),
            own.stream().filter(s -> s.truth().equals("reordered") != s.saidLate()).count());
    long needless = own.stream().filter(s -> s.truth().equals("spurious")).count();
    long called = own.stream().filter(Judged::saidNeedless).count();
    long right = own.stream().filter(s -> s.truth().equals("spurious") && s.saidNeedless()).count();
    assertTrue(needless >= 8, "the capture shows too few needless retransmissions");
    assertTrue(resentF1 >= resent, "retransmissions: F1 " + resentF1);
    assertTrue(lateF1 >= late, "reordering: F1 " + lateF1);
    assertTrue(right >= 0.75 * needless, right + " needless ones found of " + needless);
    assertTrue(right >= 0.9 * called, right + " right of " + called + " called needless");
  }

  private static double f1(long found, long wrong) {
    return found + wrong == 0 ? 1 : 2.0 * found / (2.0 * found + wrong);
  }

  private List<Judged> judge(String side, byte[] capture) throws IOException {
    Path file = Files.write(folder.resolve("capture.pcap"), capture);
    Traced traced = Traced.of(file);
    List<Judged> judged = new ArrayList<>();
    for (String line : text(side + ".truth.tsv").lines().toList()) {
      String[] cells = line.split("\t", -1);
      if (!cells[2].equals("ack")) {
        judged.add(new Judged(cells[2], traced.annotations(Long.parseLong(cells[0]))));
      }
    }
    return judged;
  }

  private static byte[] capture(String side) {
    try (InputStream packed = resource(side + ".pcap.gz");
        GZIPInputStream bytes = new GZIPInputStream(packed)) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream bytes = resource(name)) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    InputStream found = TruthTest.class.getResourceAsStream("/dev/conntrace/truth/" + name);
    if (found == null) {
      throw new AssertionError("no " + name);
    }
    return found;
  }
}
