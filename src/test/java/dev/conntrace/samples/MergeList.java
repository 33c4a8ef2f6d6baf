package dev.conntrace.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that names, one a line, captures beside it which are one capture together.
 *
 * @param file its path from the repository root
 */
record MergeList(Path file) {
  private static final String ENDING = ".merge";

  /** Returns every list, in the order of their names. */
  static List<MergeList> all() {
    return Sample.filesIn(Sample.FOLDER).stream()
        .filter(file -> file.toString().endsWith(ENDING))
        .map(MergeList::new)
        .toList();
  }

  List<Path> captures() {
    try {
      return Files.readAllLines(file).stream().map(file::resolveSibling).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the file beside the list that has its name with another ending. */
  Path beside(String ending) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ending);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
