package dev.conntrace.cli;

import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints one capture's timelines in one format. */
interface TimelinePrinter {
  /** Prints what comes before the timelines. */
  void overview(CaptureReport capture, List<ConnectionReport> connections) throws IOException;

  /** Tells that there are too many connections to print them all unasked. */
  void tooMany(long connections, int listed) throws IOException;

  /**
   * Returns what has to be told of all segments of these connections in a tracing before the one
   * that prints them; null if nothing has.
   */
  default @Nullable TraceSink foresight(List<ConnectionReport> connections) {
    return null;
  }

  /** Returns whether it tells where the bytes of both streams stand after each segment. */
  default boolean wantsBytes() {
    return false;
  }

  /** Begins a connection; what is returned prints its events. */
  TraceSink connection(ConnectionReport report) throws IOException;

  /** Ends a connection. */
  void end(ConnectionReport report) throws IOException;

  /** Prints what comes after the timelines. */
  void finish(CaptureReport capture) throws IOException;

  /** Prints what comes after timelines that nothing came before. */
  void endOfFollowing(CaptureReport capture) throws IOException;
}
