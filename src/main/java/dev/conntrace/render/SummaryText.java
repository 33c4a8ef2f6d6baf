package dev.conntrace.render;

import dev.conntrace.trace.CaptureReport;
import java.io.IOException;

/**
 * Prints the totals of a capture: what limits its worth first, then packets, connections, findings
 * and servers.
 */
public final class SummaryText {
  private final Appendable out;

  /** Prints to {@code out} in the given layout. */
  public SummaryText(Appendable out, Layout layout) {
    this.out = out;
  }

  /** Prints one file's totals. */
  public void summary(String file, CaptureReport report) throws IOException {
    out.append("");
  }
}
