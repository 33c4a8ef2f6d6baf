package dev.conntrace.cli;

import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;

/** Prints records in one format. */
interface RecordPrinter {
  /**
   * States when the first segment of a file came, whether it is printed or not.
   *
   * @param startNanos when, or {@link dev.conntrace.trace.SegmentFacts#NO_TIMESTAMP}
   */
  default void packetsBegin(long startNanos) {}

  void packet(String file, SegmentSeen event) throws IOException;

  void connection(String file, ConnectionReport report) throws IOException;

  void summary(String file, CaptureReport report) throws IOException;

  /** Prints what belongs to a file's packets even where there were none. */
  default void endOfPackets() throws IOException {}

  /** Prints what belongs below a file's connections. */
  void endOfConnections() throws IOException;

  /** Hands on what is held back. */
  void flush() throws IOException;
}
