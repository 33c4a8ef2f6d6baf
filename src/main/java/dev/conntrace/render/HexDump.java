package dev.conntrace.render;

import java.io.IOException;

/** Prints bytes as numbers and as text, of which only printable ASCII is shown. */
final class HexDump {
  private static final String HEX = "0123456789abcdef";
  private static final int BYTES = 16;
  private static final int OFFSET_DIGITS = 4;

  private final Appendable out;
  private final Line line;
  private final int indent;
  private final int bytesPerLine;

  HexDump(Appendable out, Layout layout, int indent) {
    this.out = out;
    this.line = new Line(layout.palette());
    this.indent = indent;
    boolean narrow = layout.width() < indent + OFFSET_DIGITS + 2 + 4 * BYTES + 2;
    this.bytesPerLine = narrow ? BYTES / 2 : BYTES;
  }

  /** Prints the first {@code most} bytes, each a char of 0 to 255. */
  void print(String bytes, int most) throws IOException {
    int end = Math.min(bytes.length(), most);
    for (int start = 0; start < end; start += bytesPerLine) {
      int stop = Math.min(end, start + bytesPerLine);
      StringBuilder numbers = new StringBuilder();
      StringBuilder text = new StringBuilder();
      for (int i = start; i < stop; i++) {
        numbers.append(i == start ? "" : " ");
        char c = bytes.charAt(i);
        numbers.append(HEX.charAt(c >> 4 & 0xF)).append(HEX.charAt(c & 0xF));
        text.append(c >= ' ' && c < 0x7F ? c : '.');
      }
      line.skip(indent).add(Meaning.DIM, offset(start)).skip(2);
      line.left(null, numbers.toString(), 3 * bytesPerLine - 1).skip(2);
      line.add(Meaning.PAYLOAD, text.toString()).printTo(out);
    }
  }

  private static String offset(int start) {
    StringBuilder text = new StringBuilder(OFFSET_DIGITS);
    for (int shift = 4 * (OFFSET_DIGITS - 1); shift >= 0; shift -= 4) {
      text.append(HEX.charAt(start >> shift & 0xF));
    }
    return text.toString();
  }
}
