package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
  private static final int FILES = 500;

  @TempDir Path folder;

  @Test
  void manyFilesAreWrittenToByTurns() throws IOException {
    try (OpenFiles files = new OpenFiles(folder, false)) {
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < FILES; i++) {
          files.of("f" + i).write((byte) ('a' + round));
        }
      }
      files.finish("f0");
    }
    for (int i = 0; i < FILES; i++) {
      assertEquals("abc", Files.readString(folder.resolve("f" + i)));
    }
  }

  @Test
  void aFileThatIsThereIsNotAppendedTo() throws IOException {
    Files.writeString(folder.resolve("f"), "mine");
    try (OpenFiles files = new OpenFiles(folder, false)) {
      assertThrows(FileAlreadyExistsException.class, () -> files.of("f"));
    }
    try (OpenFiles files = new OpenFiles(folder, true)) {
      files.of("f").write('x');
    }
    assertEquals("x", Files.readString(folder.resolve("f")));
  }
}
