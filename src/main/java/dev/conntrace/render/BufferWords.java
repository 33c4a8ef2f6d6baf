package dev.conntrace.render;

import dev.conntrace.trace.BufferReport;
import dev.conntrace.trace.ConnectionReport;
import java.io.IOException;

/** What waited in send buffers and receive queues, as far as the wire bounds it. In words. */
final class BufferWords {
  private BufferWords() {}

  /** Prints an entry for each thing to tell; nothing where there is none. */
  static void print(Labelled entries, ConnectionReport report, ClockText clock) throws IOException {
    BufferReport told = report.history().buffers();
    if (told.isEmpty()) {
      return;
    }
    entries.print("buffers", told.toString());
  }
}
