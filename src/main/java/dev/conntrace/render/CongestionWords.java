package dev.conntrace.render;

import dev.conntrace.trace.CongestionReport;
import dev.conntrace.trace.ConnectionReport;
import java.io.IOException;

/** How much each side dared to have under way: initial window, slow start, avoidance. In words. */
final class CongestionWords {
  private CongestionWords() {}

  /** Prints an entry for each thing to tell; nothing where there is none. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    CongestionReport told = report.history().congestion();
    if (told.isEmpty()) {
      return;
    }
    entries.print("congestion", told.toString());
  }
}
