package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.PcapBytes;
import dev.conntrace.capture.PcapngBytes;
import dev.conntrace.decode.PacketBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a capture says beside its packets is shown, and never as more than text. */
class CaptureSaysTest {
  private static final byte[] SYN = PacketBytes.ipv4Tcp().flags("S").seq(1).build();
  private static final byte[] SERVER = {10, 0, 0, 2};

  @TempDir Path folder;

  private String real(PcapngBytes capture, Object... words) throws IOException {
    return real(capture.toBytes(), words);
  }

  private String real(byte[] capture, Object... words) throws IOException {
    Path file = Files.write(folder.resolve("capture"), capture);
    Object[] all = new Object[words.length + 1];
    all[0] = words[0];
    all[1] = file;
    System.arraycopy(words, 1, all, 2, words.length - 1);
    Invocation call = Invocation.of(all).tracedBy(Engine.TRACER).run();
    assertEquals(0, call.status(), call.err());
    return call.out() + call.err();
  }

  private static PcapngBytes twoInterfaces(String comment) {
    return PcapngBytes.littleEndian()
        .describe(1, 0, options -> options.option(PcapngBytes.IF_NAME, utf8("eth0")).u32(0))
        .describe(1)
        .names(SERVER, "web.example\u001b[2J")
        .commented(0, SYN, comment);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void commentsStandInTheLineOfTheirFrame() throws IOException {
    String timeline = real(twoInterfaces("\u001b[31mlook"), "timeline", "--width", "200");

    assertTrue(timeline.contains("; comment \"\\x1b[31mlook\"\n"), timeline);
    assertTrue(timeline.contains("server 10.0.0.2:80 (web.example\\x1b[2J)"), timeline);
    assertTrue(timeline.contains("written by  named"), timeline);
  }

  @Test
  void aFrameIsExplainedWithItsInterfaceAndComment() throws IOException {
    String explained = real(twoInterfaces("look"), "explain", 1);

    assertTrue(explained.contains("interface     eth0\n"), explained);
    assertTrue(explained.contains("comment       \"look\"\n"), explained);
  }

  @Test
  void packetRecordsNameTheInterfaceOnlyWhereThereAreSeveral() throws IOException {
    String several = real(twoInterfaces("look"), "packets", "--format", "ndjson");
    String one =
        real(
            PcapngBytes.bigEndian()
                .describe(1, 0, options -> options.option(PcapngBytes.IF_NAME, utf8("eth0")).u32(0))
                .enhanced(0, 0, SYN),
            "packets",
            "--format",
            "ndjson");

    assertTrue(several.contains("\"interface\":\"eth0\",\"comment\":\"look\"}"), several);
    assertFalse(one.contains("interface"), one);
    assertFalse(one.contains("comment"), one);
  }

  @Test
  void commentsSurviveTheThreadThatReadsAhead() throws IOException {
    PcapngBytes capture = PcapngBytes.littleEndian().describe(1);
    for (int i = 0; i < 12_000; i++) {
      capture.enhanced(0, i, SYN);
    }
    String last = real(capture.commented(0, SYN, "the last one"), "packets", "--format", "ndjson");

    assertTrue(last.endsWith("\"comment\":\"the last one\"}\n"));
  }

  @Test
  void aLimitThatWasReachedIsACaptureQuality() throws IOException {
    String summary = real(twoInterfaces("x".repeat(2000)), "summary", "--format", "ndjson");

    assertTrue(summary.contains("{\"id\":\"bound-reached\",\"count\":1,"), summary);
  }

  @Test
  void unknownLinkTypesAreNamed() throws IOException {
    byte[] bluetooth =
        PcapBytes.littleEndian().linkType(187).packet(0, new byte[9]).packet(1, SYN).toBytes();
    String text = real(bluetooth, "summary");
    String record = real(bluetooth, "summary", "--format", "ndjson");

    assertTrue(text.contains("link layer  BLUETOOTH_HCI_H4 (187): 2 packets"), text);
    assertTrue(text.contains("no TCP in 2 packets: 2 unknown-link-type (BLUETOOTH"), text);
    String expected = "\"unknown_link_types\":[{\"number\":187,\"name\":\"BLUETOOTH_HCI_H4 (187)\"";
    assertTrue(record.contains(expected + ",\"count\":2}]"), record);
  }
}
