package dev.conntrace.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A capture that grows while it is read, with the real engine. */
@Timeout(60)
class FollowTest {
  private static final Path SAMPLE = Path.of("sample-captures/tutorial/tutorial-answered.pcap");

  @TempDir Path folder;

  private Path growing(int bytes) throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLE);
    return Files.write(folder.resolve("growing.pcap"), Arrays.copyOf(whole, bytes));
  }

  private static void grow(Path file, int to) throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLE);
    Files.write(file, Arrays.copyOfRange(whole, (int) Files.size(file), to), APPEND);
  }

  private static int endOfRecord(int number) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(SAMPLE)).order(ByteOrder.LITTLE_ENDIAN);
    int at = 24;
    for (int i = 0; i < number; i++) {
      at += 16 + bytes.getInt(at + 8);
    }
    return at;
  }

  private static int sampleBytes() throws IOException {
    return (int) Files.size(SAMPLE);
  }

  @Test
  void anEndOfIdlenessWithoutFollowingIsWrongUsage() {
    Invocation call = Invocation.of("packets", "--idle-exit", "1", SAMPLE).run();
    assertEquals(2, call.status());
    assertTrue(call.err().contains("--idle-exit needs --follow"), call.err());
  }

  private static CompletableFuture<Invocation> start(ByteArrayOutputStream out, Object... words) {
    Invocation call = Invocation.of(words).writingTo(out).tracedBy(Engine.TRACER);
    return CompletableFuture.supplyAsync(call::run);
  }

  /** Waits until what was printed is enough. */
  private static void await(ByteArrayOutputStream out, Predicate<String> enough)
      throws InterruptedException {
    while (!enough.test(text(out))) {
      Thread.sleep(20);
    }
  }

  private static String text(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Invocation end(CompletableFuture<Invocation> call) throws Exception {
    return call.get(30, TimeUnit.SECONDS);
  }

  @Test
  void segmentsArePrintedWhileTheFileGrows() throws Exception {
    // The eighth record is only half there; what was sent before it is acknowledged.
    Path file = growing(endOfRecord(7) + 40);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CompletableFuture<Invocation> call =
        start(out, "packets", "--follow", "--idle-exit", "3", "--format", "ndjson", file);
    await(out, printed -> printed.lines().count() == 7);
    assertTrue(text(out).endsWith("\n"));
    grow(file, sampleBytes());
    Invocation ended = end(call);
    assertEquals(0, ended.status());
    assertEquals("conntrace: " + file + ": read up to frame 11, 1 connection\n", ended.err());
    String expected =
        Invocation.of("packets", "--format", "ndjson", SAMPLE).tracedBy(Engine.TRACER).run().out();
    assertEquals(expected.replace(SAMPLE.toString(), file.toString()), text(out));
  }

  @Test
  void aConnectionIsPrintedAsSoonAsItIsFinished() throws Exception {
    Path file = growing(sampleBytes());
    for (String command : new String[] {"connections", "timeline"}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CompletableFuture<Invocation> call =
          start(out, command, "--follow", "--idle-exit", "2", "--format", "ndjson", file);
      await(out, printed -> printed.startsWith("{\"type\":\"connection\""));
      assertFalse(call.isDone(), "it still waits for more");
      assertEquals(0, end(call).status());
      String expected =
          Invocation.of(command, "--format", "ndjson", file).tracedBy(Engine.TRACER).run().out();
      assertEquals(expected, text(out));
    }
  }

  @Test
  void theSummaryComesAfterTheTimelines() throws Exception {
    Path file = growing(sampleBytes());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    end(start(out, "timeline", "-q", "--follow", "--idle-exit", "0.7", file));
    String text = text(out);
    int connection = text.indexOf("Connection 1");
    int summary = text.indexOf("\n\n" + file + "  pcap");
    assertTrue(connection >= 0 && summary > connection, text);
  }

  @Test
  void aRecordThatIsNotThereYetIsNoDamage() throws Exception {
    Path file = growing(sampleBytes() - 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Invocation call = end(start(out, "packets", "--follow", "--idle-exit", "0.1", file));
    assertEquals(0, call.status());
    assertTrue(call.err().contains("read up to frame 10"), call.err());
  }

  @Test
  void aFileThatShrinksOrIsReplacedIsNoLongerFollowed() throws Exception {
    Path file = growing(sampleBytes() - 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CompletableFuture<Invocation> call = start(out, "packets", "--follow", file);
    await(out, printed -> !printed.isEmpty());
    Files.write(file, new byte[100]);
    assertUnreadable(end(call), "it was written anew");

    growing(sampleBytes());
    out = new ByteArrayOutputStream();
    call = start(out, "packets", "--follow", file);
    await(out, printed -> !printed.isEmpty());
    Path other = Files.copy(SAMPLE, folder.resolve("other.pcap"));
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    assertUnreadable(end(call), "another file has taken its place");

    out = new ByteArrayOutputStream();
    call = start(out, "packets", "--follow", file);
    await(out, printed -> !printed.isEmpty());
    Files.delete(file);
    assertUnreadable(end(call), "removed or renamed");
  }

  private static void assertUnreadable(Invocation call, String reason) {
    assertEquals(3, call.status());
    assertTrue(call.err().contains(reason), call.err());
  }

  @Test
  void whatCannotBeFollowedIsRefused() throws IOException {
    Path compressed = Path.of("sample-captures/file-formats/compressed.pcap.gz");
    assertRefused("a compressed file cannot be followed", "packets", "--follow", compressed);
    assertRefused("regular file", "packets", "--follow", folder);
    assertRefused("one FILE, not 2", "packets", "--follow", SAMPLE, SAMPLE);
    assertRefused("standard input", "packets", "--follow", "-");
    assertRefused("--merge", "packets", "--follow", "--merge", SAMPLE);
    assertRefused("-w", "packets", "--follow", "-w", folder.resolve("o.pcap"), SAMPLE);
    assertRefused("--sort", "connections", "--follow", "--sort", "bytes", SAMPLE);
    assertRefused("--idle-exit", "packets", "--follow", "--idle-exit", "soon", SAMPLE);
    Invocation missing = Invocation.of("packets", "--follow", folder.resolve("no.pcap")).run();
    assertEquals(3, missing.status());
    assertTrue(missing.err().endsWith("no.pcap: no such file\n"), missing.err());
  }

  private static void assertRefused(String reason, Object... words) {
    Invocation call = Invocation.of(words).tracedBy(Engine.TRACER).run();
    assertEquals(2, call.status(), call.err());
    assertEquals(1, call.err().lines().count(), call.err());
    assertTrue(call.err().contains(reason), call.err());
  }
}
