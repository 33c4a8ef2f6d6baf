package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.RecoveryReport;
import java.io.IOException;

/** How losses were repaired: from the first segment sent again to the recovery point. In words. */
final class RecoveryWords {
  private RecoveryWords() {}

  /** Prints an entry for each thing to tell; nothing where there is none. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    RecoveryReport told = report.history().recoveries();
    if (told.isEmpty()) {
      return;
    }
    entries.print("recoveries", told.toString());
  }
}
