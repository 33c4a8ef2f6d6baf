package dev.conntrace.render;

import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;
import java.util.List;

/** Explains words and segments. */
public final class ExplainText {
  private final Appendable out;

  /** Prints to {@code out} in the given layout. */
  public ExplainText(Appendable out, Layout layout) {
    this.out = out;
  }

  /** Prints everything that can be explained, by subject. */
  public void index() throws IOException {
    out.append("");
  }

  /**
   * Prints what a word means: an annotation, a state, a field or value of the records, or a
   * concept.
   *
   * @return whether the word is known; if not, nothing was printed
   */
  public boolean term(String word) throws IOException {
    out.append("");
    return false;
  }

  /** Returns the known words most like {@code word}, the most like first; empty if none is. */
  public List<String> nearest(String word) {
    return List.of();
  }

  /**
   * Prints everything known of one segment: layers, numbers, flags, options, states, and each
   * verdict with its evidence.
   */
  public void frame(String file, ConnectionReport report, SegmentSeen event) throws IOException {
    out.append("");
  }
}
