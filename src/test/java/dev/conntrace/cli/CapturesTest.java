package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturesTest {
  @TempDir Path folder;
  private Path good;
  private Path missing;
  private Path damaged;

  @BeforeEach
  void makeFiles() {
    good = Captured.file(folder, "good.pcap", Captured.packets(3));
    missing = folder.resolve("missing.pcap");
    byte[] whole = Captured.packets(3);
    damaged = Captured.file(folder, "damaged.pcap", Arrays.copyOf(whole, whole.length - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeline", "connections", "packets", "summary"})
  void saysWhatIsWrongWithACapture(String command) {
    Path empty = Captured.file(folder, "empty.pcap", new byte[0]);
    Path text = Captured.file(folder, "text.txt", "hello".getBytes(StandardCharsets.UTF_8));
    assertUnreadable(command, missing, "no such file");
    assertUnreadable(command, folder, "is a directory");
    assertUnreadable(command, empty, "is empty");
    assertUnreadable(command, text, "not a capture");
    assertUnreadable(command, damaged, "(at byte 96, after frame 2)");
  }

  private static void assertUnreadable(String command, Path file, String reason) {
    Invocation call = Invocation.of(command, "-q", file).run();
    assertEquals(3, call.status());
    assertEquals(1, call.err().lines().count(), call.err());
    assertTrue(call.err().startsWith("conntrace: " + file + ": "), call.err());
    assertTrue(call.err().contains(reason), call.err());
  }

  @Test
  void readsLaterFilesAfterABadOne() {
    ScriptedEngine engine = new ScriptedEngine();
    Invocation call = Invocation.of("summary", missing, good, damaged, good).tracedBy(engine).run();
    assertEquals(3, call.status());
    assertEquals(List.of(3L, 2L, 3L), engine.framesOfPasses());
  }

  @Test
  void callsAFaultOfItsOwnTheWorst() {
    for (Throwable fault :
        List.of(
            new IllegalStateException("a bug"),
            new StackOverflowError(),
            new OutOfMemoryError("heap"),
            new AssertionError("never"))) {
      Invocation call =
          Invocation.of("summary", damaged, good, missing).tracedBy(failing(fault)).run();
      assertEquals(70, call.status());
      assertTrue(call.err().contains("conntrace: fault in frame 2 of " + good), call.err());
      assertTrue(call.err().contains("please report"), call.err());
      assertTrue(call.err().contains(missing + ": no such file"), call.err());
      assertFalse(call.err().contains("\tat "), call.err());
    }
  }

  @Test
  void showsTheStackOfAFaultOnRequest() {
    Engine engine = failing(new IllegalStateException("a bug"));
    Invocation asked = Invocation.of("summary", "--debug", good).tracedBy(engine).run();
    assertTrue(asked.err().contains("\tat "), asked.err());
    Invocation set =
        Invocation.of("summary", good).with("CONNTRACE_DEBUG", "1").tracedBy(engine).run();
    assertTrue(set.err().contains("\tat "), set.err());
  }

  @Test
  void saysWhatACaptureWithoutTcpHolds() {
    Invocation call = Invocation.of("packets", good).run();
    assertEquals(0, call.status());
    assertEquals("conntrace: " + good + ": no TCP in 3 packets: 3 udp\n", call.err());
    assertEquals("", Invocation.of("packets", "-q", good).run().err());
  }

  @Test
  void saysThatASelectionLeftNothing() {
    Engine engine = new ScriptedEngine(Told.opened(1, 1), Told.segment(1, 1), Told.closed(1));
    for (String command : List.of("timeline", "connections", "packets")) {
      Invocation call =
          Invocation.of(command, "--format", "ndjson", "--connection", "2", good)
              .tracedBy(engine)
              .run();
      assertEquals(0, call.status());
      assertEquals(
          "conntrace: " + good + ": nothing is selected; it holds 1 connection\n", call.err());
    }
  }

  @Test
  void timesOfPacketsCountFromTheFirstSegmentThoughItIsNotSelected() {
    String sample = "sample-captures/tutorial/tutorial.pcap";
    Invocation call =
        Invocation.of("packets", "--frames", "7", sample).tracedBy(Engine.TRACER).run();
    assertTrue(call.out().contains("7    0.043573"), call.out());
  }

  @Test
  void saysThatACommandComesFirst() {
    Invocation call = Invocation.of("--width", "80", "summary", good).run();
    assertEquals(3, call.status());
    assertTrue(call.err().contains("summary: no such file; a command comes before"), call.err());
  }

  @Test
  void escapesWhatAFileNameCouldDoToATerminal() {
    Invocation call = Invocation.of("summary", "a\u001b[31m\nb\u202ec").run();
    assertEquals("conntrace: a\\u001b[31m\\u000ab\\u202ec: no such file\n", call.err());
  }

  @Test
  void readsStandardInputAsOftenAsNeeded() throws IOException {
    ScriptedEngine engine =
        new ScriptedEngine(Told.opened(1, 1), Told.segment(1, 1), Told.closed(1));
    long before = temporaryFiles();
    Invocation call =
        Invocation.of("timeline", "-").reading(Captured.packets(5)).tracedBy(engine).run();
    assertEquals(0, call.status(), call.err());
    assertEquals(List.of(5L, 5L), engine.framesOfPasses());
    assertEquals(before, temporaryFiles());
  }

  @Test
  void namesStandardInputAsItWasNamed() {
    Invocation call = Invocation.of("timeline", "-").reading(new byte[0]).run();
    assertEquals(3, call.status());
    assertTrue(call.err().startsWith("conntrace: -: is empty"), call.err());
  }

  @Test
  void endsQuietlyWhereNobodyReadsOn() {
    Invocation call = writingTo("Broken pipe", good);
    assertEquals(0, call.status());
    assertEquals("", call.err());
    assertEquals(3, writingTo("Broken pipe", missing).status());
  }

  @Test
  void saysThatResultsCannotBeWritten() {
    Invocation call = writingTo("No space left on device", good);
    assertEquals(70, call.status());
    assertEquals("conntrace: cannot write the results: No space left on device\n", call.err());
  }

  private Invocation writingTo(String failure, Path first) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    Invocation call = Invocation.of("summary", "-q", first, good).writingTo(broken).run();
    if (first.equals(good)) {
      return call;
    }
    assertEquals(1, call.err().lines().count(), call.err());
    return call;
  }

  private static long temporaryFiles() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith("conntrace-")).count();
    }
  }

  /** An engine that fails at the second packet. */
  private static Engine failing(Throwable fault) {
    return new Engine() {
      @Override
      public void trace(PacketSource source, TracerOptions options, TraceSink sink)
          throws CaptureException {
        Packet packet = new Packet();
        source.next(packet);
        source.next(packet);
        if (fault instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) fault;
      }
    };
  }
}
