package dev.conntrace.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PcapngTextsTest {
  private static final byte[] PACKET = {1, 2, 3};
  private static final byte[] HOST = {10, 0, 0, 1};

  private record Kept(List<PacketNotes> packets, CaptureTexts texts) {
    static Kept of(PcapngBytes file) throws IOException {
      Packet packet = new Packet();
      List<PacketNotes> notes = new ArrayList<>();
      try (PacketSource source = CaptureFile.open("-", new ByteArrayInputStream(file.toBytes()))) {
        while (source.next(packet)) {
          notes.add(packet.notes());
        }
        return new Kept(notes, source.texts());
      }
    }

    String comment(int frame) {
      return packets.get(frame - 1).comment();
    }
  }

  static List<ByteOrder> orders() {
    return List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static PcapngBytes named(PcapngBytes file, String name, String description) {
    return file.describe(
        1,
        0,
        options ->
            options
                .option(PcapngBytes.IF_NAME, utf8(name))
                .option(PcapngBytes.IF_DESCRIPTION, utf8(description))
                .u32(0));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void keepsEveryCommentOfAPacket(ByteOrder order) throws IOException {
    Kept kept =
        Kept.of(
            PcapngBytes.in(order)
                .describe(1)
                .commented(0, PACKET, "one", "", "tw\u00f6\0")
                .enhanced(0, 0, PACKET)
                .old(0, 0, PACKET, "old"));

    assertEquals("one\ntw\u00f6", kept.comment(1));
    assertEquals("", kept.comment(2));
    assertEquals("old", kept.comment(3));
    assertEquals(0, kept.texts().givenUp());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void cutsLongCommentsBetweenCharactersAndCountsThem(ByteOrder order) throws IOException {
    String tooLong = "x" + "\u00e4".repeat(PcapngTexts.MAX_COMMENT_BYTES);
    Kept kept = Kept.of(PcapngBytes.in(order).describe(1).commented(0, PACKET, tooLong, "more"));

    assertTrue(kept.comment(1).startsWith("x\u00e4"), kept.comment(1));
    assertTrue(kept.comment(1).length() <= PcapngTexts.MAX_COMMENT_BYTES);
    assertTrue(kept.comment(1).indexOf('\ufffd') < 0, kept.comment(1));
    assertTrue(kept.texts().givenUp() >= 1);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void keepsAFewMegabytesOfCommentsInARow(ByteOrder order) throws IOException {
    String comment = "x".repeat(PcapngTexts.MAX_COMMENT_BYTES);
    PcapngBytes file = PcapngBytes.in(order).describe(1);
    int packets = 20_000;
    for (int i = 0; i < packets; i++) {
      file.commented(0, PACKET, comment);
    }
    Kept kept = Kept.of(file);
    long bytes = kept.packets().stream().mapToLong(notes -> notes.comment().length()).sum();

    assertEquals(comment, kept.comment(1));
    assertTrue(
        bytes <= PcapngTexts.MAX_ALLOWANCE_BYTES + packets * PcapngTexts.ALLOWANCE_BYTES,
        bytes + " bytes");
    assertTrue(kept.texts().givenUp() > packets / 2);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void namesTheInterfaceAndTellsWhetherThereAreOthers(ByteOrder order) throws IOException {
    PcapngBytes file = named(PcapngBytes.in(order), "eth0", "the first");
    file.enhanced(0, 0, PACKET).enhanced(0, 0, PACKET).describe(1);
    Kept kept = Kept.of(file.enhanced(0, 0, PACKET).enhanced(1, 0, PACKET).simple(PACKET, 3));

    assertEquals(new PacketNotes("", "eth0", "the first", false), kept.packets().get(0));
    assertSame(kept.packets().get(0), kept.packets().get(1));
    assertEquals(new PacketNotes("", "eth0", "the first", true), kept.packets().get(2));
    assertEquals(new PacketNotes("", "1", "", true), kept.packets().get(3));
    assertEquals("eth0", kept.packets().get(4).interfaceName());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void keepsWhatSectionsSayOfThemselves(ByteOrder order) throws IOException {
    PcapngBytes file =
        PcapngBytes.in(order)
            .section(
                order,
                1,
                -1,
                options ->
                    options
                        .option(PcapngBytes.SHB_HARDWARE, utf8("a machine"))
                        .option(PcapngBytes.SHB_OS, utf8("a system"))
                        .option(PcapngBytes.OPT_COMMENT, utf8("one"))
                        .option(PcapngBytes.OPT_COMMENT, utf8("two"))
                        .u32(0))
            .section(order, 1, -1, options -> {});

    assertEquals(
        List.of(
            Map.of("application", "named"),
            Map.of("hardware", "a machine", "os", "a system", "comment", "one\ntwo")),
        Kept.of(file).texts().sections());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void keepsAFewSections(ByteOrder order) throws IOException {
    PcapngBytes file = PcapngBytes.in(order);
    for (int i = 0; i < PcapngTexts.MAX_SECTIONS + 4; i++) {
      byte[] name = utf8("program " + i);
      file.section(
          order, 1, -1, options -> options.option(PcapngBytes.SHB_APPLICATION, name).u32(0));
    }
    CaptureTexts texts = Kept.of(file).texts();

    assertEquals(PcapngTexts.MAX_SECTIONS, texts.sections().size());
    assertEquals(5, texts.givenUp());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void keepsTheFirstNameOfEachAddress(ByteOrder order) throws IOException {
    byte[] host6 = new byte[16];
    host6[15] = 1;
    CaptureTexts texts =
        Kept.of(
                PcapngBytes.in(order)
                    .names(HOST, "one.example", "alias.example")
                    .names(HOST, "another.example")
                    .names(host6, "six.example")
                    .names(new byte[] {10, 0, 0, 2}))
            .texts();

    assertEquals(
        Map.of("0a000001", "one.example", "0".repeat(31) + "1", "six.example"), texts.hostNames());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void keepsSomeThousandNames(ByteOrder order) throws IOException {
    PcapngBytes file = PcapngBytes.in(order);
    for (int i = 0; i < PcapngTexts.MAX_HOST_NAMES + 3; i++) {
      file.names(new byte[] {10, 1, (byte) (i >> 8), (byte) i}, "host" + i);
    }
    file.block(4, body -> body.raw(new byte[2 << 20]));
    CaptureTexts texts = Kept.of(file).texts();

    assertEquals(PcapngTexts.MAX_HOST_NAMES, texts.hostNames().size());
    assertEquals(4, texts.givenUp());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void keepsAMegabyteOfInterfaceNames(ByteOrder order) throws IOException {
    PcapngBytes file = PcapngBytes.in(order);
    for (int i = 0; i < 10_000; i++) {
      named(file, "i".repeat(250), "");
    }
    Kept kept = Kept.of(file.enhanced(0, 0, PACKET).enhanced(9_999, 0, PACKET));

    assertEquals("i".repeat(250), kept.packets().get(0).interfaceName());
    assertEquals("9999", kept.packets().get(1).interfaceName());
    assertTrue(kept.texts().givenUp() > 5_000);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void readsSectionsWhateverLengthTheyState(ByteOrder order) {
    for (long stated : new long[] {-1, 0, 4, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE}) {
      Reading reading =
          Reading.of(
              PcapngBytes.in(order)
                  .section(order, 1, stated)
                  .describe(1)
                  .enhanced(0, 0, PACKET)
                  .section(order, 1, stated)
                  .describe(1)
                  .enhanced(0, 0, PACKET)
                  .toBytes());

      assertNull(reading.fault());
      assertEquals(2, reading.packets().size());
    }
  }
}
