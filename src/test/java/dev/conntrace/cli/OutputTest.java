package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final Output output = new Output(stream, null);

  @Test
  void handsResultsOutBeforeItWaitsForMorePackets() throws IOException {
    try (PromptInput input = new PromptInput(new ByteArrayInputStream(new byte[2]), output)) {
      output.write("so far");
      byte[] bytes = new byte[2];
      assertEquals(2, input.read(bytes, 0, 2));
      assertEquals("", stream.toString(StandardCharsets.UTF_8));
      assertEquals(-1, input.read(bytes, 0, 2));
      assertEquals("so far", stream.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void writesUtf8() {
    output.write("gr\u00fc\u00dfe \u2192");
    output.close();
    assertEquals("gr\u00fc\u00dfe \u2192", stream.toString(StandardCharsets.UTF_8));
  }

  @Test
  void keepsTextAndAsciiInTheirOrder() {
    output.writeAscii(new byte[] {'1', 'x'}, 1);
    output.write("\u2192");
    output.writeAscii(new byte[] {'2'}, 1);
    output.writeAscii(new byte[] {'3'}, 1);
    output.write("4");
    output.flush();
    assertEquals("1\u2192234", stream.toString(StandardCharsets.UTF_8));
  }
}
