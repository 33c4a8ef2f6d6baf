package dev.conntrace.render;

import dev.conntrace.trace.Side;
import java.io.IOException;

/** Lines of escaped text. A line ends behind the escape of its line feed, and where it is full. */
final class EscapedLines implements StreamLines {
  private final Appendable out;
  private final Line line;
  private final int width;
  private final StringBuilder text = new StringBuilder(160);
  private Side side = Side.CLIENT;

  EscapedLines(Appendable out, Line line, int width) {
    this.out = out;
    this.line = line;
    this.width = width - StreamLines.mark(side).length();
  }

  @Override
  public void begin(Side side) {
    this.side = side;
  }

  @Override
  public void add(byte[] bytes, long start) throws IOException {
    for (byte octet : bytes) {
      int before = text.length();
      Escaped.append(text, (char) (octet & 0xFF));
      if (text.length() > width) {
        String next = text.substring(before);
        text.setLength(before);
        end();
        text.append(next);
      }
      if (octet == '\n') {
        end();
      }
    }
  }

  @Override
  public void end() throws IOException {
    if (text.length() > 0) {
      line.add(Arrow.colour(side), StreamLines.mark(side) + shown()).printTo(out);
      text.setLength(0);
    }
  }

  /** Nobody sees a blank at the end of a line, and many programs drop it. */
  private String shown() {
    int last = text.length() - 1;
    return text.charAt(last) == ' ' ? text.substring(0, last) + "\\x20" : text.toString();
  }
}
