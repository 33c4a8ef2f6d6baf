package dev.conntrace.samples;

import java.util.ArrayList;
import java.util.List;

/** Reads a line of CSV (RFC 4180). */
final class CsvCells {
  private CsvCells() {}

  /**
   * Returns the cells of a line.
   *
   * @throws IllegalArgumentException if a quote stands where none may, or has no end
   */
  static List<String> of(String line) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder cell = new StringBuilder();
      at = line.startsWith("\"", at) ? quoted(line, at + 1, cell) : plain(line, at, cell);
      cells.add(cell.toString());
      if (at == line.length()) {
        return cells;
      }
      if (line.charAt(at) != ',') {
        throw new IllegalArgumentException("no comma at " + at + ": " + line);
      }
      at++;
    }
  }

  private static int plain(String line, int from, StringBuilder cell) {
    int comma = line.indexOf(',', from);
    int end = comma < 0 ? line.length() : comma;
    cell.append(line, from, end);
    if (cell.indexOf("\"") >= 0) {
      throw new IllegalArgumentException("a quote in a plain cell: " + line);
    }
    return end;
  }

  private static int quoted(String line, int from, StringBuilder cell) {
    int at = from;
    while (true) {
      int quote = line.indexOf('"', at);
      if (quote < 0) {
        throw new IllegalArgumentException("a quote without an end: " + line);
      }
      cell.append(line, at, quote);
      if (!line.startsWith("\"", quote + 1)) {
        return quote + 1;
      }
      cell.append('"');
      at = quote + 2;
    }
  }
}
