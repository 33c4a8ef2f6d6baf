package dev.conntrace.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.OrderedBytes;
import dev.conntrace.capture.PcapngBytes;
import dev.conntrace.cli.CommandCall;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.decode.TcpOptionBytes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A capture that carries what a terminal, a reader of records or a spreadsheet would act on in
 * every place where a capture can carry text: every output of every command holds letters instead.
 */
class HostileTextTest {
  /** Escape sequences, C1, bidirectional and invisible characters, line ends, a forged record. */
  private static final String HOSTILE =
      "\u001b[2J\u001b]0;t\u0007\u009b31m\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
          + "\u200e\u200f\u200b\ufeff\u2028\u2029\u0085\r\n{\"type\":\"packet\"}\n\t\b\u007f\0end";

  private static final String REQUEST = "GET /" + HOSTILE + " HTTP/1.1\r\nHost: " + HOSTILE;
  private static final long START_MICROS = 1_700_000_000_000_000L;

  @TempDir private Path folder;

  private Path capture;
  private long micros = START_MICROS;

  private static void text(OrderedBytes options, int... codes) {
    for (int code : codes) {
      options.option(code, HOSTILE.getBytes(StandardCharsets.UTF_8));
    }
  }

  @BeforeEach
  void writeCapture() throws IOException {
    // Comment, hardware, operating system and application; name and description, filter and system.
    PcapngBytes file = PcapngBytes.littleEndian();
    Consumer<OrderedBytes> section = options -> text(options, 1, 2, 3, 4);
    file.section(ByteOrder.LITTLE_ENDIAN, 1, -1, section);
    file.describe(1, 0, options -> text(options, 1, 2, 3, 12, 15, 2999));
    file.describe(147, 0, options -> text(options, 2, 3));
    file.names(new byte[] {10, 0, 0, 1}, HOSTILE, HOSTILE);
    file.names(new byte[] {10, 0, 0, 2}, "\u202e" + HOSTILE);
    byte[] cookie = HOSTILE.substring(0, 8).getBytes(StandardCharsets.UTF_8);
    add(file, client().flags("S").seq(99).ack(0).options(TcpOptionBytes.fastOpen(cookie)));
    add(file, server().flags("SA").seq(499).ack(100));
    add(file, client().flags("A").seq(100).ack(500));
    add(file, client().flags("PA").seq(100).ack(500).payload(bytes(REQUEST)));
    add(file, client().flags("PA").seq(100).ack(500).payload(bytes(REQUEST + "?")));
    add(file, client().flags("PA").seq(104).ack(500).payload(bytes("\u001b[8m" + REQUEST)));
    add(file, server().flags("RA").seq(500).ack(100).payload(bytes(HOSTILE)));
    add(file, client().flags("PA").seq(9_000_000).ack(500).payload(bytes(HOSTILE)));
    file.block(0x4A50, body -> body.raw(bytes(HOSTILE)));
    // A link type that nobody knows, and statistics with words.
    file.enhanced(1, micros, bytes(HOSTILE));
    file.statistics(0, options -> text(options, 1));
    capture = Files.write(folder.resolve("hostile.pcapng"), file.toBytes());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void add(PcapngBytes file, PacketBytes packet) {
    byte[] built = packet.build();
    micros += 10_000;
    file.enhanced(0, micros, built, built.length, options -> text(options, 1, 1));
  }

  private static PacketBytes client() {
    return PacketBytes.ipv4Tcp();
  }

  private static PacketBytes server() {
    return PacketBytes.ipv4Tcp().src("10.0.0.2", 80).dst("10.0.0.1", 40000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeline",
        "timeline --all",
        "timeline --ladder",
        "timeline --layers",
        "timeline --bytes",
        "timeline --merge",
        "timeline --width 400",
        "timeline --format ndjson",
        "packets",
        "packets --width 400",
        "packets --format ndjson",
        "packets --format csv",
        "connections",
        "connections --format ndjson",
        "connections --format csv",
        "connections --merge",
        "connections --key interface --format ndjson",
        "summary",
        "summary --format ndjson",
        "stream",
        "stream --hex",
        "stream --format ndjson",
        "stream --overlap last",
        "explain 1",
        "explain 4",
        "explain 5",
        "explain 7",
        "explain 7 --time delta",
      })
  void isLettersInWhatACommandPrints(String words) {
    CommandCall call = call(words, capture);

    assertEquals(0, call.status(), call.err());
    assertFalse(call.out().isEmpty());
    if (words.contains("csv")) {
      checkHarmless(call.out());
    } else {
      EveryOutput.checkText(call.out());
    }
    EveryOutput.checkText(call.err());
    if (words.contains("ndjson")) {
      call.lines().forEach(Json::object);
    }
  }

  @Test
  void isLettersInWhatRawBytesAreCommentedWith() {
    EveryOutput.checkText(call("stream --raw", capture).err());
  }

  @Test
  void isInNoFileName() throws IOException {
    Path streams = folder.resolve("streams");
    assertEquals(0, call("stream --force --all " + streams, capture).status());

    try (Stream<Path> files = Files.list(streams)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertTrue(names.size() >= 2, names.toString());
      names.forEach(name -> assertTrue(name.matches("[a-z0-9_.-]+"), name));
    }
    EveryOutput.checkText(Files.readString(streams.resolve("streams.ndjson")));
  }

  /** A spreadsheet reads letters of all scripts, and text of others never begins a formula. */
  private static void checkHarmless(String csv) {
    csv.codePoints()
        .filter(character -> character != '\n')
        .forEach(
            character -> {
              int type = Character.getType(character);
              assertTrue(
                  type != Character.CONTROL
                      && type != Character.FORMAT
                      && type != Character.LINE_SEPARATOR
                      && type != Character.PARAGRAPH_SEPARATOR,
                  () -> Integer.toHexString(character) + " in " + csv);
            });
  }

  private static CommandCall call(String words, Path file) {
    String[] command = (words + " x").split(" ");
    if (words.startsWith("explain")) {
      command = words.replaceFirst(" ", " x ").split(" ");
      command[1] = file.toString();
    } else {
      command[command.length - 1] = file.toString();
    }
    return CommandCall.of(command);
  }
}
