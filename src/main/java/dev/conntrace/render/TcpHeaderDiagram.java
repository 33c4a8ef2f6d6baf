package dev.conntrace.render;

import dev.conntrace.wire.BigEndian;
import dev.conntrace.wire.TcpView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a TCP header as the RFC does (RFC 9293 3.1), 32 bits a row, with the values of one segment
 * in its fields.
 */
final class TcpHeaderDiagram {
  private static final int INDENT = 2;
  private static final int BITS = 32;
  private static final String FLAGS = "NCEUAPRSF";
  private static final String BORDER = "+-";

  /** A field with what it holds. */
  private record Field(String text, int bits) {}

  private final Appendable out;
  private final Line line;

  TcpHeaderDiagram(Appendable out, Layout layout) {
    this.out = out;
    this.line = new Line(layout.palette());
  }

  /** Draws the header; {@code header} holds its first 20 bytes at least. */
  void print(byte[] header) throws IOException {
    ruler();
    row(field("source port", u16(header, 0), 16), field("destination port", u16(header, 2), 16));
    row(field("sequence number", u32(header, 4), BITS));
    row(field("acknowledgment number", u32(header, 8), BITS));
    row(
        new Field("off. " + (header[12] >> 4 & 0xF), 4),
        new Field("0 0 0", 3),
        new Field(flags(u16(header, 12)), 9),
        field("window", u16(header, 14), 16));
    row(
        new Field("checksum 0x" + hex(header, TcpView.CHECKSUM, 2), 16),
        field("urgent pointer", u16(header, 18), 16));
    options(header);
    line.skip(INDENT);
    line.add(Meaning.DIM, "off.: the header has that many rows.  Flags: capital letters are set:");
    line.printTo(out);
    line.skip(INDENT)
        .add(Meaning.DIM, "N AE, C CWR, E ECE, U URG, A ACK, P PSH, R RST, S SYN, F FIN");
    line.printTo(out);
  }

  /** Each option's kind, length and value in boxes of their own, broken where a row ends. */
  private void options(byte[] header) throws IOException {
    List<Field> fields = new ArrayList<>();
    int at = TcpView.MIN_LENGTH;
    while (at < header.length) {
      int kind = BigEndian.u8(header, at);
      int length = kind <= 1 || at + 1 >= header.length ? 1 : BigEndian.u8(header, at + 1);
      length = Math.max(1, Math.min(length, header.length - at));
      fields.add(new Field(kindName(kind), 8));
      if (length > 1) {
        fields.add(new Field("length " + length, 8));
        addValue(fields, header, at + 2, length - 2);
      }
      at += length;
    }
    List<Field> row = new ArrayList<>();
    int bits = 0;
    for (Field field : fields) {
      row.add(field);
      bits += field.bits;
      if (bits == BITS) {
        row(row.toArray(new Field[0]));
        row.clear();
        bits = 0;
      }
    }
    if (!row.isEmpty()) {
      row(row.toArray(new Field[0]));
    }
  }

  /** Adds a value, in pieces where it crosses the end of a row. */
  private static void addValue(List<Field> fields, byte[] header, int start, int length) {
    int at = start;
    while (at < start + length) {
      int bytes = Math.min(4 - at % 4, start + length - at);
      fields.add(new Field(value(header, at, bytes, length, at - start), 8 * bytes));
      at += bytes;
    }
  }

  /**
   * Numbers that stand in one piece are shown as such: those of SACK and timestamps are in fours.
   */
  private static String value(byte[] header, int at, int bytes, int length, int before) {
    if (bytes == 4 && before % 4 == 0) {
      return Long.toString(u32(header, at));
    }
    if (bytes == length && bytes == 2) {
      return Long.toString(u16(header, at));
    }
    return bytes == length && bytes == 1
        ? Integer.toString(BigEndian.u8(header, at))
        : "0x" + hex(header, at, bytes);
  }

  private static String kindName(int kind) {
    return switch (kind) {
      case 0 -> "0 end of list";
      case 1 -> "1 filler";
      case 2 -> "2 MSS";
      case 3 -> "3 win. scale";
      case 4 -> "4 SACK perm.";
      case 5 -> "5 SACK";
      case 8 -> "8 timestamps";
      case 30 -> "30 MPTCP";
      case 34 -> "34 Fast Open";
      default -> "kind " + kind;
    };
  }

  private void ruler() throws IOException {
    StringBuilder tens = new StringBuilder();
    StringBuilder ones = new StringBuilder();
    for (int bit = 0; bit < BITS; bit++) {
      tens.append(' ').append(bit % 10 == 0 ? (char) ('0' + bit / 10) : ' ');
      ones.append(' ').append(bit % 10);
    }
    line.skip(INDENT).add(Meaning.DIM, tens.toString().stripTrailing()).printTo(out);
    line.skip(INDENT).add(Meaning.DIM, ones.toString()).printTo(out);
    line.skip(INDENT).add(Meaning.DIM, BORDER.repeat(BITS) + "+").printTo(out);
  }

  private void row(Field... fields) throws IOException {
    line.skip(INDENT).add(Meaning.DIM, "|");
    int bits = 0;
    for (Field field : fields) {
      int width = 2 * field.bits - 1;
      int left = Math.max(0, (width - field.text.length()) / 2);
      int right = Math.max(0, width - field.text.length() - left);
      line.add(" ".repeat(left)).add(field.text).add(" ".repeat(right)).add(Meaning.DIM, "|");
      bits += field.bits;
    }
    line.printTo(out);
    line.skip(INDENT).add(Meaning.DIM, BORDER.repeat(bits) + "+").printTo(out);
  }

  private static Field field(String name, long value, int bits) {
    return new Field(name + " " + value, bits);
  }

  private static String flags(long word) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < FLAGS.length(); i++) {
      boolean set = (word >> (FLAGS.length() - 1 - i) & 1) != 0;
      text.append(i == 0 ? "" : " ").append(set ? FLAGS.charAt(i) : '.');
    }
    return text.toString();
  }

  private static long u16(byte[] bytes, int at) {
    return BigEndian.u16(bytes, at);
  }

  private static long u32(byte[] bytes, int at) {
    return Integer.toUnsignedLong(BigEndian.i32(bytes, at));
  }

  private static String hex(byte[] bytes, int at, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = at; i < at + count; i++) {
      text.append(Character.forDigit(bytes[i] >> 4 & 0xF, 16));
      text.append(Character.forDigit(bytes[i] & 0xF, 16));
    }
    return text.toString();
  }
}
