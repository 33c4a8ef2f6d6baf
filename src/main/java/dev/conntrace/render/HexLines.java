package dev.conntrace.render;

import dev.conntrace.trace.Side;
import java.io.IOException;

/**
 * Lines of 16 bytes as numbers, with their offset before and their characters behind: {@code >
 * 00000000 44 61 ... |Data here!|}. Offsets count from 0 as those of a file do.
 */
final class HexLines implements StreamLines {
  private static final String HEX = "0123456789abcdef";
  private static final int BYTES = 16;
  private static final int OFFSET_DIGITS = 8;

  private final Appendable out;
  private final Line line;
  private final byte[] row = new byte[BYTES];
  private int count;
  private long offset;
  private Side side = Side.CLIENT;

  HexLines(Appendable out, Line line) {
    this.out = out;
    this.line = line;
  }

  @Override
  public void begin(Side side) {
    this.side = side;
  }

  @Override
  public void add(byte[] bytes, long start) throws IOException {
    if (start - 1 != offset + count) {
      end();
    }
    for (int i = 0; i < bytes.length; i++) {
      if (count == 0) {
        offset = start - 1 + i;
      }
      row[count++] = bytes[i];
      if (count == BYTES) {
        end();
      }
    }
  }

  @Override
  public void end() throws IOException {
    if (count == 0) {
      return;
    }
    StringBuilder text = new StringBuilder(StreamLines.mark(side));
    appendOffset(text);
    for (int i = 0; i < BYTES; i++) {
      text.append(i % 8 == 0 ? "  " : " ");
      if (i < count) {
        text.append(HEX.charAt(row[i] >> 4 & 0xF)).append(HEX.charAt(row[i] & 0xF));
      } else {
        text.append("  ");
      }
    }
    text.append("  |");
    for (int i = 0; i < count; i++) {
      text.append(row[i] >= ' ' && row[i] < 0x7F ? (char) row[i] : '.');
    }
    line.add(Arrow.colour(side), text.append('|').toString()).printTo(out);
    count = 0;
  }

  /** Bytes from before the capture's first one have a negative offset. */
  private void appendOffset(StringBuilder text) {
    String digits = Long.toHexString(Math.abs(offset));
    int length = digits.length() + (offset < 0 ? 1 : 0);
    text.append(offset < 0 ? "-" : "");
    for (int i = length; i < OFFSET_DIGITS; i++) {
      text.append('0');
    }
    text.append(digits);
  }
}
