package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.RoundTripReport;
import java.io.IOException;

/** Round-trip times by how they were measured. In words. */
final class RoundTripWords {
  private RoundTripWords() {}

  /** Prints an entry for each thing to tell; nothing where there is none. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    RoundTripReport told = report.history().roundTrips();
    if (told.isEmpty()) {
      return;
    }
    entries.print("roundTrips", told.toString());
  }
}
