package dev.conntrace.cli;

import java.util.ArrayList;
import java.util.List;

/** How results are printed. */
enum Format {
  /** For people. */
  TEXT("text"),
  /** One JSON object a line. */
  NDJSON("ndjson"),
  /** A table of connections or of packets. */
  CSV("csv");

  private final String id;

  Format(String id) {
    this.id = id;
  }

  /**
   * Returns the format of this name.
   *
   * @throws UsageException if there is none
   */
  static Format parse(String id) throws UsageException {
    for (Format format : values()) {
      if (format.id.equals(id)) {
        return format;
      }
    }
    throw new UsageException("--format is text, ndjson or csv, not '" + id + "'");
  }

  /** Returns the names of all. */
  static List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (Format format : values()) {
      ids.add(format.id);
    }
    return ids;
  }

  String id() {
    return id;
  }
}
