package dev.conntrace.render;

import dev.conntrace.expect.Fact;
import dev.conntrace.expect.Facts;
import dev.conntrace.expect.Scope;
import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.PacketField;
import dev.conntrace.trace.field.RecordField;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Explains a language: that of {@code --where}, or that of expectations. The text is in a file
 * beside this class: {@code #} begins a heading, two blanks an example, or a term and after more
 * blanks what it means; {@code @} calls for a table of fields or facts.
 */
final class LanguageText {
  static final String WHERE = "where";
  static final String EXPECTATIONS = "expectations";
  private static final int INDENT = 2;
  private static final int MOST_WORDS = 20;

  private final Appendable out;
  private final Layout layout;
  private final Line line;

  LanguageText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
    this.line = new Line(layout.palette());
  }

  /** Returns whether a word names a language. */
  static boolean isLanguage(String word) {
    return word.equals(WHERE) || word.equals(EXPECTATIONS);
  }

  /** Prints all that there is to know of a language. */
  void print(String language) throws IOException {
    String file = language + ".txt";
    try (InputStream in = LanguageText.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      String text = reader.readLine();
      while (text != null) {
        printLine(text);
        text = reader.readLine();
      }
    }
  }

  private void printLine(String text) throws IOException {
    switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '#' -> line.add(Meaning.TITLE, text.substring(2)).printTo(out);
      case '@' -> table(text.substring(1));
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

  private void table(String name) throws IOException {
    switch (name) {
      case "packet" -> fields(PacketField.values());
      case "connection" -> fields(ConnectionField.values());
      case "facts capture" -> facts(Facts.own(Scope.CAPTURE));
      default -> facts(Facts.own(Scope.CONNECTION));
    }
  }

  private void facts(List<Fact> facts) throws IOException {
    int column = 0;
    for (Fact fact : facts) {
      column = Math.max(column, INDENT + fact.word().length() + INDENT);
    }
    for (Fact fact : facts) {
      line.skip(INDENT).left(null, fact.word(), column - INDENT);
      String text = fact.type().words() + ": " + fact.meaning();
      new Prose().add(text).printTo(out, line, column, layout.width());
    }
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
