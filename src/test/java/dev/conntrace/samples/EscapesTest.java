package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.PcapBytes;
import dev.conntrace.cli.CommandCall;
import dev.conntrace.decode.PacketBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender or a file name holds never reaches the terminal as anything but letters. */
class EscapesTest {
  private static final long START_NANOS = 1_700_000_000_000_000_000L;

  /** Clears the screen, sets the title, rings, turns the reading direction, forges a line. */
  private static final List<String> PAYLOADS =
      List.of(
          "\u001b[2J\u001b]0;title\u0007",
          "\u009b31mred",
          "abc\u202edef\u2066",
          "one\ntwo\r\n{\"type\":\"packet\"}\n",
          "quote\" back\\slash\ttab\b\u007f\0",
          "\u2028\u2029\u0085",
          "plain");

  @TempDir private Path folder;

  private Path capture;

  @BeforeEach
  void writeCapture() throws IOException {
    PcapBytes file = PcapBytes.littleEndian();
    add(file, packet().flags("S").seq(99).ack(0));
    add(file, answer().flags("SA").seq(499).ack(100));
    add(file, packet().flags("A").seq(100).ack(500));
    long seq = 100;
    for (String payload : PAYLOADS) {
      byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
      add(file, packet().flags("PA").seq(seq).ack(500).payload(bytes));
      seq += bytes.length;
      add(file, answer().flags("A").seq(500).ack(seq));
    }
    // Bytes that are no UTF-8 either.
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    add(file, packet().flags("PA").seq(seq).ack(500).payload(all));
    capture = Files.write(folder.resolve("escapes.pcap"), file.toBytes());
  }

  private int packets;

  private void add(PcapBytes file, PacketBytes packet) {
    file.packet(START_NANOS + packets++ * 1_000_000L, packet.build());
  }

  private static PacketBytes packet() {
    return PacketBytes.ipv4Tcp();
  }

  private static PacketBytes answer() {
    return PacketBytes.ipv4Tcp().src("10.0.0.2", 80).dst("10.0.0.1", 40000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeline --all", "timeline", "packets", "connections", "summary"})
  void areLettersInWhatACommandPrints(String command) {
    CommandCall text = call(command + " --width 200", capture);
    CommandCall records = call(command.replace(" --all", "") + " --format ndjson", capture);

    EveryOutput.checkText(text.out());
    assertRecords(records);
  }

  @Test
  void areShownAsEscapes() {
    String text = call("timeline --all --width 400", capture).out();

    assertTrue(text.contains("\"\\x1b[2J\\x1b]0;title\\x07\""), text);
    assertTrue(text.contains("one\\ntwo\\r\\n{\\\"type\\\":"), text);
    assertTrue(text.contains("\"plain\""), text);
  }

  @Test
  void areLettersInAnExplanation() {
    for (int frame = 1; frame <= packets; frame++) {
      CommandCall text = CommandCall.of("explain", capture.toString(), Integer.toString(frame));

      assertEquals(0, text.status(), text.err());
      EveryOutput.checkText(text.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeline", "packets", "connections", "summary"})
  void ofAFileNameAreLetters(String command) throws IOException {
    Path named = folder.resolve("\u001b[2J\u202e\n\r\u0085.pcap");
    Files.copy(capture, named);

    CommandCall text = call(command, named);
    CommandCall records = call(command + " --format ndjson", named);

    EveryOutput.checkText(text.out());
    assertRecords(records);
    records
        .lines()
        .forEach(line -> assertEquals(named.toString(), Json.object(line).get("file"), line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeline", "packets", "connections", "summary"})
  void ofAFileNameAreLettersInMessagesToo(String command) throws IOException {
    Path damaged = folder.resolve("damaged \u001b[2J\u202e\n\r\u0085.pcap");
    byte[] bytes = Files.readAllBytes(capture);
    Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length - 10));

    for (Path file : List.of(damaged, folder.resolve("missing \u001b]0;x\u0007\n.pcap"), folder)) {
      CommandCall call = CommandCall.of(command, file.toString());

      assertEquals(3, call.status(), call.err());
      EveryOutput.checkText(call.out());
      EveryOutput.checkText(call.err());
      assertEquals(1, call.err().lines().count(), call.err());
    }
  }

  @Test
  void ofWordsAreLettersInMessages() {
    String word = "\u001b[2J\u202e\n\r";
    for (String[] words :
        List.of(
            new String[] {"packets", "--" + word},
            new String[] {"packets", "--format", word, "x"},
            new String[] {"packets", "--width", word, "x"},
            new String[] {"packets", "--connection", word, "x"},
            new String[] {"packets", "--client", word, "x"},
            new String[] {"packets", "--with", word, "x"},
            new String[] {"explain", word},
            new String[] {"explain", capture.toString(), word},
            new String[] {word})) {
      CommandCall call = CommandCall.of(words);

      EveryOutput.checkText(call.out());
      EveryOutput.checkText(call.err());
    }
  }

  private static CommandCall call(String words, Path file) {
    String[] command = (words + " x").split(" ");
    command[command.length - 1] = file.toString();
    CommandCall call = CommandCall.of(command);
    assertEquals(0, call.status(), call.err());
    return call;
  }

  private static void assertRecords(CommandCall call) {
    EveryOutput.checkText(call.out());
    assertFalse(call.lines().isEmpty());
    call.lines().forEach(Json::object);
  }
}
