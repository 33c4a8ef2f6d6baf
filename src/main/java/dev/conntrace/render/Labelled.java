package dev.conntrace.render;

import java.io.IOException;

/** Prints entries that have a label on the left and text, wrapped under itself, on the right. */
final class Labelled {
  private final Appendable out;
  private final Layout layout;
  private final int indent;
  private final int labelWidth;
  private final Line line;

  Labelled(Appendable out, Layout layout, int indent, int labelWidth) {
    this.out = out;
    this.layout = layout;
    this.indent = indent;
    this.labelWidth = labelWidth;
    this.line = new Line(layout.palette());
  }

  void print(String label, String text) throws IOException {
    print(label, new Prose().add(text));
  }

  void print(String label, Prose text) throws IOException {
    line.skip(indent).left(Meaning.DIM, label, labelWidth).skip(2);
    text.printTo(out, line, indent + labelWidth + 2, layout.width());
  }
}
