package dev.conntrace.render;

import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Importance;
import dev.conntrace.trace.TraceSink;
import java.io.IOException;
import java.util.List;

/**
 * Prints what happened on connections, a line a segment, in words.
 *
 * <p>Use it in this order: {@link #overview} once; then for each connection {@link #connection},
 * its events into the sink that this returns, and {@link #end}.
 */
public final class TimelineText {
  private final Appendable out;

  /** Prints to {@code out} in the given layout. */
  public TimelineText(Appendable out, Layout layout) {
    this.out = out;
  }

  /**
   * Prints the summary that stands before the timelines: the capture's totals, then a line per
   * connection.
   */
  public void overview(String file, CaptureReport report, List<ConnectionReport> connections)
      throws IOException {
    out.append("");
  }

  /**
   * Prints a connection's header at once.
   *
   * @return takes the connection's events (others are passed over) and prints a line for each
   *     segment; throws {@link java.io.UncheckedIOException} where {@code out} fails
   */
  public TraceSink connection(String file, ConnectionReport report) throws IOException {
    out.append("");
    return (importance, connection) ->
        importance != Importance.SKIPPED && connection == report.connection();
  }

  /**
   * Prints what is still folded, and how the connection stands at its end: who waits, and until
   * when.
   */
  public void end(ConnectionReport report) throws IOException {
    out.append("");
  }
}
