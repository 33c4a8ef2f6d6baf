package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCommandTest {
  private static final String TUTORIAL = "sample-captures/tutorial/tutorial-answered.pcap";
  private static final String TEN = "sample-captures/ten-clients/ten-clients.pcap";
  private static final String LOST = "sample-captures/capture-loss/capture-loss.pcap";

  @TempDir Path folder;

  @Test
  void showsBothSidesByTurns() {
    assertEquals(
        """
        connection 1  client 127.0.0.1:40292 > server 127.0.0.1:6573

        client, from byte 1
        > Data here!

        server, from byte 1
        < Got it.

        client  10 bytes, then FIN
        server  7 bytes, then FIN
        """,
        done("stream", TUTORIAL).out());
  }

  @Test
  void showsNumbersAndFrames() {
    assertEquals(
        """
        connection 1  client 127.0.0.1:40292 > server 127.0.0.1:6573

        server, from byte 1
        frame 6  0.000118  bytes 1-7 (7)
        < 00000000  47 6f 74 20 69 74 2e                              |Got it.|

        server  7 bytes, then FIN
        """,
        done("stream", TUTORIAL, "--hex", "--chunks", "--from", "server").out());
  }

  @Test
  void saysWhichFolderCannotBeMade() throws IOException {
    Path below = Files.createFile(folder.resolve("file")).resolve("below");
    Invocation call = Invocation.of("stream", TUTORIAL, "--all", below).tracedBy(Engine.TRACER);
    assertEquals(70, call.run().status());
    assertTrue(call.err().contains("cannot write to the folder " + below + ": "), call.err());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysOnceThatTheDiskIsFull() {
    for (String form : List.of("--raw", "--hex")) {
      Invocation call = Invocation.of("stream", TUTORIAL, form, "--force", "-o", "/dev/full");
      assertEquals(70, call.tracedBy(Engine.TRACER).run().status());
      assertEquals(
          "conntrace: cannot write /dev/full: No space left on device\n", call.err(), form);
    }
  }

  /** The lab's sender wrote a million bytes, of which the sample keeps none. */
  @Test
  void countsWhatTheSampleDoesNotHold() {
    String out = done("stream", "sample-captures/one-megabyte/one-megabyte.pcap").out();
    assertTrue(out.contains("! client: 1000000 bytes missing (bytes 1-1000000): cut short"), out);
    assertTrue(out.contains("client  no bytes, 1000000 bytes missing in "), out);
  }

  @Test
  void coloursWhoSpeaks() {
    String out = done("stream", TUTORIAL, "--color", "always").out();
    assertTrue(out.contains("\u001b[36m> Data here!\u001b[m"), out);
    assertTrue(out.contains("\u001b[35m< Got it.\u001b[m"), out);
  }

  @ParameterizedTest
  @CsvSource({"client, Data here!", "server, Got it.", "both, Data here!Got it."})
  void writesBytesAsTheyAre(String side, String bytes) {
    Invocation call = done("stream", TUTORIAL, "--raw", "--from", side);
    assertEquals(bytes, call.out());
    assertEquals("", call.err());
  }

  @Test
  void writesNoRawBytesToATerminal() {
    Invocation call = Invocation.of("stream", TUTORIAL, "--raw").onTerminals("1").run();
    assertEquals(2, call.status());
    assertEquals("", call.out());
    assertTrue(call.err().contains("-o FILE"), call.err());
    assertEquals(
        "Data here!Got it.",
        real(Invocation.of("stream", TUTORIAL, "--raw", "--force").onTerminals("1")).out());
  }

  @Test
  void writesToAFileAndOverwritesItOnlyOnRequest() throws IOException {
    Path file = folder.resolve("out.bin");
    Invocation call = real(Invocation.of("stream", TUTORIAL, "--raw", "-o", file).onTerminals("1"));
    assertEquals(0, call.status(), call.err());
    assertEquals("Data here!Got it.", Files.readString(file));
    assertEquals("", call.out());

    Invocation again = Invocation.of("stream", TUTORIAL, "--from", "server", "-o", file).run();
    assertEquals(2, again.status());
    assertTrue(again.err().contains("--force"), again.err());
    assertEquals("Data here!Got it.", Files.readString(file));

    done("stream", TUTORIAL, "--raw", "--from", "server", "-o", file, "--force");
    assertEquals("Got it.", Files.readString(file));
  }

  @Test
  void aDashIsStandardOutput() {
    assertEquals(
        done("stream", TUTORIAL, "--raw").out(),
        done("stream", TUTORIAL, "--raw", "-o", "-").out());
    Invocation call = Invocation.of("stream", TUTORIAL, "--raw", "-o", "-").onTerminals("1").run();
    assertEquals(2, call.status());
  }

  @Test
  void overwritesNoCapture() throws IOException {
    Path capture = Files.copy(Path.of(TUTORIAL), folder.resolve("a.pcap"));
    Invocation call = real(Invocation.of("stream", capture, "--raw", "--force", "-o", capture));
    assertEquals(2, call.status());
    assertArrayEquals(Files.readAllBytes(Path.of(TUTORIAL)), Files.readAllBytes(capture));
  }

  @Test
  void wrongUsageLeavesNoFileBehind() {
    Path file = folder.resolve("out.bin");
    assertEquals(2, real(Invocation.of("stream", TEN, "--raw", "-o", file)).status());
    assertFalse(Files.exists(file));
  }

  @Test
  void tellsGapsApartFromTheBytes() {
    Invocation call = done("stream", LOST, "--raw", "--from", "client");
    assertEquals(48, call.out().length());
    assertTrue(call.err().contains("client: 80 bytes missing (bytes 25-104)"), call.err());
    assertEquals("", done("stream", LOST, "--raw", "--from", "client", "-q").err());
  }

  @Test
  void fillsGapsWithZeroBytesOnRequest() {
    Invocation call = done("stream", LOST, "--raw", "--from", "client", "--fill-gaps");
    assertEquals(128, call.out().length());
    assertEquals("\0".repeat(80), call.out().substring(24, 104));
  }

  @Test
  void asksWhichOfSeveralConnections() {
    Invocation call = real(Invocation.of("stream", TEN));
    assertEquals(2, call.status());
    assertTrue(call.err().contains("10 connections are selected"), call.err());
    assertTrue(call.err().contains("--connection 1"), call.err());
    assertEquals(
        done("stream", TEN, "--connection", "4").out(),
        done("stream", TEN, "--connection", "4-5", "--client", ":56908").out());
  }

  @Test
  void aConnectionThatIsNotThereIsWrongUsage() {
    for (Object[] words :
        new Object[][] {{"stream", TEN, "--connection", "77"}, {"stream", TEN, "--port", "1"}}) {
      Invocation call = real(Invocation.of(words));
      assertEquals(2, call.status());
      assertEquals("", call.out());
      assertTrue(call.err().contains("nothing is selected"), call.err());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--raw --hex",
    "--hex --format ndjson",
    "--fill-gaps",
    "--raw --chunks",
    "--from nobody",
    "--overlap middle",
    "--all x --raw",
    "--all x -o y"
  })
  void refusesWhatMakesNoSense(String words) {
    Object[] all =
        Stream.concat(Stream.of("stream", TUTORIAL), Stream.of(words.split(" "))).toArray();
    Invocation call = real(Invocation.of(all));
    assertEquals(2, call.status());
    assertEquals("", call.out());
    assertEquals(1, call.err().lines().count(), call.err());
  }

  @Test
  void standardInputGivesTheSame() throws IOException {
    byte[] capture = Files.readAllBytes(Path.of(TEN));
    for (String selection : List.of("--connection=3", "--client=:56894")) {
      assertEquals(
          done("stream", TEN, selection).out(),
          real(Invocation.of("stream", "-", selection).reading(capture)).out());
    }
  }

  @Test
  void writesEveryStreamToAFileOfItsOwn() throws IOException {
    Path all = folder.resolve("new/streams");
    Invocation call = done("stream", TEN, "--all", all);
    assertEquals("", call.out());
    assertTrue(call.err().contains("20 streams of 10 connections"), call.err());
    assertEquals(21, files(all).size());
    for (int number = 1; number <= 10; number++) {
      for (String side : List.of("client", "server")) {
        String name = number < 10 ? "00000" + number : "000010";
        Path file =
            files(all).stream()
                .filter(path -> path.getFileName().toString().startsWith(name + "_"))
                .filter(path -> path.toString().endsWith("_" + side + ".bin"))
                .findAny()
                .orElseThrow();
        assertEquals(
            done("stream", TEN, "--raw", "--connection", number, "--from", side).out(),
            Files.readString(file));
      }
    }
    List<String> index = Files.readAllLines(all.resolve("streams.ndjson"));
    assertEquals(10, index.size());
    assertTrue(index.get(0).contains("\"stream_file\":\"000001_127.0.0.1."), index.get(0));
  }

  @Test
  void allHonoursTheSelectionAndSaysWhatIsMissing() throws IOException {
    Path some = folder.resolve("some");
    done("stream", TEN, "--all", some, "--connection", "2-3");
    assertEquals(5, files(some).size());
    Path annotated = folder.resolve("annotated");
    done("stream", LOST, "--all", annotated, "--with", "acked-unseen-segment");
    List<String> index = Files.readAllLines(annotated.resolve("streams.ndjson"));
    assertTrue(index.get(0).contains("\"type\":\"gap\""), index.get(0));
    Path none = folder.resolve("none");
    done("stream", LOST, "--all", none, "--with", "zero-window");
    assertFalse(Files.exists(none));
  }

  @Test
  void allOverwritesOnlyOnRequest() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    Invocation call = real(Invocation.of("stream", TUTORIAL, "--all", folder));
    assertEquals(2, call.status());
    assertTrue(call.err().contains("not empty"), call.err());
    assertEquals(1, files(folder).size());
    done("stream", TUTORIAL, "--all", folder, "--force");
    done("stream", TUTORIAL, "--all", folder, "--force");
    assertEquals(4, files(folder).size());
    Path file = folder.resolve("000001_127.0.0.1.40292_127.0.0.1.6573_client.bin");
    assertEquals("Data here!", Files.readString(file));
  }

  @Test
  void allReplacesLinksAndFollowsNone() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Path all = Files.createDirectory(folder.resolve("all"));
    Path link = all.resolve("000001_127.0.0.1.40292_127.0.0.1.6573_client.bin");
    Files.createSymbolicLink(link, victim);
    Files.createSymbolicLink(all.resolve("streams.ndjson"), victim);
    done("stream", TUTORIAL, "--all", all, "--force");
    assertEquals("precious", Files.readString(victim));
    assertFalse(Files.isSymbolicLink(link));
    assertEquals("Data here!", Files.readString(link));
  }

  @Test
  void aMissingCaptureLeavesNoFileBehind() {
    Path file = folder.resolve("out.bin");
    assertEquals(
        3, real(Invocation.of("stream", folder.resolve("no.pcap"), "--raw", "-o", file)).status());
    assertFalse(Files.exists(file));
  }

  @Test
  void aMissingCaptureLeavesNoFolderBehind() {
    Path all = folder.resolve("all");
    assertEquals(
        3, real(Invocation.of("stream", folder.resolve("no.pcap"), "--all", all)).status());
    assertFalse(Files.exists(all));
  }

  @Test
  void aDamagedCaptureStillGivesWhatCameBefore() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(TUTORIAL));
    Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, 560));
    Invocation call = real(Invocation.of("stream", cut, "--connection", "1"));
    assertEquals(3, call.status(), call.err());
    assertTrue(call.out().contains("> Data here!\n"), call.out());
  }

  @Test
  void aReaderThatGoesAwayIsNoError() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    for (String form : List.of("--raw", "--hex", "--format=ndjson")) {
      Invocation call = real(Invocation.of("stream", TUTORIAL, form).writingTo(closed));
      assertEquals(0, call.status(), call.err());
      assertEquals("", call.err());
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Invocation done(Object... words) {
    Invocation call = real(Invocation.of(words));
    assertEquals(0, call.status(), call.err());
    return call;
  }

  private static Invocation real(Invocation call) {
    return call.tracedBy(Engine.TRACER).run();
  }
}
