package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what was printed with what was looked at and found good; {@code -Dgolden.update=true}
 * rewrites that.
 */
final class GoldenText {
  private static final Path FOLDER = Path.of("src/test/resources/dev/conntrace/render");

  private GoldenText() {}

  static void check(String name, String printed) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name), printed);
      return;
    }
    try (InputStream in = GoldenText.class.getResourceAsStream(name)) {
      assertNotNull(in, name + " is missing: look at the output, then -Dgolden.update=true");
      assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), printed, name);
    }
  }
}
