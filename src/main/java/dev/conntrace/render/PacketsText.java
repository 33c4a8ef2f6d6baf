package dev.conntrace.render;

import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;

/** Prints segments of all connections in the order of the capture, one line each. */
public final class PacketsText {
  private final Appendable out;

  /** Prints to {@code out} in the given layout. */
  public PacketsText(Appendable out, Layout layout) {
    this.out = out;
  }

  /** Prints one segment. */
  public void segment(String file, SegmentSeen event) throws IOException {
    out.append("");
  }
}
