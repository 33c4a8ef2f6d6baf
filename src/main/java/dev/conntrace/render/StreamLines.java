package dev.conntrace.render;

import dev.conntrace.trace.Side;
import java.io.IOException;

/** Breaks the bytes of one side into lines. */
interface StreamLines {
  /** What stands before every line of a side. */
  static String mark(Side side) {
    return side == Side.CLIENT ? "> " : "< ";
  }

  /** Lets a side speak; the line before must have been ended. */
  void begin(Side side);

  /**
   * Adds bytes.
   *
   * @param start position of the first one
   */
  void add(byte[] bytes, long start) throws IOException;

  /** Prints what is left of a line. */
  void end() throws IOException;
}
