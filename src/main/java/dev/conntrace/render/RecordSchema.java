package dev.conntrace.render;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of all records. It is kept by hand beside this class; tests hold it to them. */
public final class RecordSchema {
  private static final String FILE = "schema.json";

  private RecordSchema() {}

  /**
   * Returns the schema.
   *
   * @throws IOException if it is missing, which a broken build alone can cause
   */
  public static String text() throws IOException {
    try (InputStream in = RecordSchema.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new FileNotFoundException(FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
