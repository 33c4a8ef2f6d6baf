package dev.conntrace.render;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One line being put together. It knows how wide it looks, whatever its colours add, and never ends
 * in blanks.
 */
final class Line {
  private final Palette palette;
  private final StringBuilder text = new StringBuilder(160);
  private int width;
  private int blanks;

  Line(Palette palette) {
    this.palette = palette;
  }

  Line add(String plain) {
    return add(null, plain);
  }

  Line add(@Nullable Meaning meaning, String plain) {
    if (!plain.isEmpty()) {
      flushBlanks();
      text.append(meaning == null ? plain : palette.paint(meaning, plain));
      width += plain.length();
    }
    return this;
  }

  /** Leaves {@code columns} blank, if something follows. */
  Line skip(int columns) {
    blanks += columns;
    return this;
  }

  /** Goes on at {@code column}; nothing happens where the line is that wide already. */
  Line padTo(int column) {
    blanks += Math.max(0, column - width());
    return this;
  }

  /** Adds text that ends {@code columns} further right, or as far as it needs. */
  Line right(@Nullable Meaning meaning, String plain, int columns) {
    return skip(Math.max(0, columns - plain.length())).add(meaning, plain);
  }

  /** Adds text and blanks that together take {@code columns}, or what the text needs. */
  Line left(@Nullable Meaning meaning, String plain, int columns) {
    return add(meaning, plain).skip(Math.max(0, columns - plain.length()));
  }

  /** Returns how many columns are taken, blanks included. */
  int width() {
    return width + blanks;
  }

  /** Prints the line and begins an empty one. */
  void printTo(Appendable out) throws IOException {
    out.append(text).append('\n');
    text.setLength(0);
    width = 0;
    blanks = 0;
  }

  private void flushBlanks() {
    for (int i = 0; i < blanks; i++) {
      text.append(' ');
    }
    width += blanks;
    blanks = 0;
  }
}
