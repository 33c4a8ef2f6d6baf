package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import java.io.IOException;

/** Prints connections as a table, a row each. */
public final class ConnectionsText {
  private final Appendable out;

  /** Prints to {@code out} in the given layout. */
  public ConnectionsText(Appendable out, Layout layout) {
    this.out = out;
  }

  /** Prints one connection's row, and before the first of a file the table's head. */
  public void connection(String file, ConnectionReport report) throws IOException {
    out.append("");
  }

  /** Prints what belongs below the table; says so where there was no connection. */
  public void end() throws IOException {
    out.append("");
  }
}
