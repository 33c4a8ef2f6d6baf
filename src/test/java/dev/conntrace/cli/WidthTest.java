package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidthTest {
  @ParameterizedTest
  @CsvSource({", 100", "'', 100", "72, 72", "0, 100", "-5, 100", "wide, 100"})
  void isColumnsOrAHundredForFilesAndPipes(String columns, int expected) {
    Map<String, String> environment = new HashMap<>();
    environment.put("COLUMNS", columns);
    Surroundings surroundings =
        new Surroundings(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            environment,
            Terminals.NONE);
    assertEquals(expected, Width.of(surroundings));
  }
}
