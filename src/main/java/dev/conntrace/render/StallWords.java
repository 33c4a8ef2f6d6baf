package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.StallReport;
import java.io.IOException;

/** When a side could not send because the other's window was closed or full. In words. */
final class StallWords {
  private StallWords() {}

  /** Prints an entry for each thing to tell; nothing where there is none. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    StallReport told = report.history().stalls();
    if (told.isEmpty()) {
      return;
    }
    entries.print("stalls", told.toString());
  }
}
