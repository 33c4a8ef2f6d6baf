package dev.conntrace.render;

import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.PacketField;
import dev.conntrace.trace.field.RecordField;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Explains the language of {@code --where}. The text is in a file beside this class: {@code #}
 * begins a heading, two blanks an example, or a term and after more blanks what it means; {@code @}
 * calls for a table of fields.
 */
final class WhereText {
  private static final String FILE = "where.txt";
  private static final int INDENT = 2;
  private static final int MOST_WORDS = 20;

  private final Appendable out;
  private final Layout layout;
  private final Line line;

  WhereText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.line = new Line(layout.palette());
  }

  void print() throws IOException {
    try (InputStream in = WhereText.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new FileNotFoundException(FILE);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      String text = reader.readLine();
      while (text != null) {
        print(text);
        text = reader.readLine();
      }
    }
  }

  private void print(String text) throws IOException {
    switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '#' -> line.add(Meaning.TITLE, text.substring(2)).printTo(out);
      case '@' -> fields(text.equals("@packet") ? PacketField.values() : ConnectionField.values());
      case ' ' -> indented(text);
      default -> new Prose().add(text).printTo(out, line, 0, layout.width());
    }
  }

  private void indented(String text) throws IOException {
    int gap = text.indexOf("  ", INDENT);
    if (gap < 0) {
      line.add(text).printTo(out);
      return;
    }
    int column = gap;
    while (text.charAt(column) == ' ') {
      column++;
    }
    line.add(text.substring(0, gap));
    new Prose().add(text.substring(column)).printTo(out, line, column, layout.width());
  }

  private void fields(RecordField[] fields) throws IOException {
    int column = 0;
    for (RecordField field : fields) {
      column = Math.max(column, INDENT + field.id().length() + INDENT);
    }
    for (RecordField field : fields) {
      line.skip(INDENT).left(null, field.id(), column - INDENT);
      new Prose().add(kind(field)).printTo(out, line, column, layout.width());
    }
  }

  private static String kind(RecordField field) {
    String kind = field.type().words() + (field.isList() ? "s" : "");
    if (field.words().isEmpty()) {
      return kind;
    }
    return kind
        + ": "
        + (field.words().size() > MOST_WORDS ? "any annotation" : String.join(", ", field.words()));
  }
}
