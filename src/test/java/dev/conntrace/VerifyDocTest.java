package dev.conntrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.CaptureFile;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.expect.Expectation;
import dev.conntrace.expect.Expectations;
import dev.conntrace.expect.FailureText;
import dev.conntrace.expect.Outcome;
import dev.conntrace.expect.Relation;
import dev.conntrace.expect.Subject;
import dev.conntrace.expect.TraceBounds;
import dev.conntrace.expect.TraceRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code src/docs/verify.md} shows is what happens. */
class VerifyDocTest {
  private static final Path DOC = Path.of("src/docs/verify.md");
  private static final Path RULES = Path.of("src/docs/verify/service.yaml");
  private static final Path THIS = Path.of("src/test/java/dev/conntrace/VerifyDocTest.java");

  @Test
  void examplesPrintWhatStandsBelowThem() throws IOException {
    String text = Files.readString(DOC);

    List<String> faults = ReadmeExamples.faults(text);
    assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
  }

  @Test
  void rulesAndProgramAreThoseOfTheTests() throws IOException {
    String text = Files.readString(DOC);

    assertEquals(Files.readString(RULES), block(text, "yaml"));
    String program = block(text, "java");
    assertTrue(withoutBlanks(Files.readString(THIS)).contains(withoutBlanks(program)), program);
  }

  /** The formatter breaks lines where a document need not. */
  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s", "");
  }

  private static String block(String text, String language) {
    String fence = "```" + language + "\n";
    int start = text.indexOf(fence) + fence.length();
    return text.substring(start, text.indexOf("```\n", start));
  }

  @Test
  void theProgramFindsWhatItExpects() throws IOException {
    TraceRecorder recorder = new TraceRecorder("tutorial", TraceBounds.DEFAULT);
    try (PacketSource source =
        CaptureFile.open(Path.of("sample-captures/tutorial/tutorial.pcap"))) {
      new Tracer(TracerOptions.DEFAULT, recorder).trace(source);
    }
    List<Expectation> expected =
        List.of(
            Expectations.that("connection port 6573: opened three-way"),
            Expectations.of(Subject.connection(1), "rtt_p95", Relation.AT_MOST, "50 ms"),
            Expectations.of(Subject.connections(), "retransmission", Relation.NONE),
            Expectations.order(Subject.connections(), "handshake-complete", "data", "10 ms"));
    for (Outcome outcome : Expectations.check(expected, recorder.trace())) {
      assertEquals(List.of(), FailureText.of(outcome), outcome.expectation().words());
    }
  }
}
