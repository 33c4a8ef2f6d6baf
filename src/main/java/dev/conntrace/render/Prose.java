package dev.conntrace.render;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Running text in several colours, which is wrapped under its own column. */
final class Prose {
  private record Span(int start, @Nullable Meaning meaning) {}

  private static final char BREAK = '\n';

  private final StringBuilder text = new StringBuilder();
  private final List<Span> spans = new ArrayList<>();

  Prose add(String plain) {
    return add(null, plain);
  }

  Prose add(@Nullable Meaning meaning, String plain) {
    if (!plain.isEmpty()) {
      if (spans.isEmpty() || spans.get(spans.size() - 1).meaning != meaning) {
        spans.add(new Span(text.length(), meaning));
      }
      text.append(plain);
    }
    return this;
  }

  /** Adds other prose with its colours. */
  Prose add(Prose other) {
    for (int i = 0; i < other.spans.size(); i++) {
      add(other.spans.get(i).meaning, other.text.substring(other.spans.get(i).start, other.end(i)));
    }
    return this;
  }

  /** Adds {@code separator} unless nothing stands before it. */
  Prose then(String separator) {
    return isEmpty() ? this : add(separator);
  }

  /** Goes on in a new line, unless nothing stands before it. */
  Prose newLine() {
    return isEmpty() ? this : add(String.valueOf(BREAK));
  }

  int length() {
    return text.length();
  }

  boolean isEmpty() {
    return text.length() == 0;
  }

  /** Returns the text without colours and without line breaks. */
  @Override
  public String toString() {
    return text.toString();
  }

  /**
   * Prints the text from where {@code line} stands, going on at column {@code indent} of the next
   * lines, none longer than {@code limit}.
   */
  void printTo(Appendable out, Line line, int indent, int limit) throws IOException {
    printTo(out, line, indent, limit, null, "");
  }

  /** Prints the text like the shorter form, each line with {@code margin} before it. */
  void printTo(
      Appendable out,
      Line line,
      int indent,
      int limit,
      @Nullable Meaning marginMeaning,
      String margin)
      throws IOException {
    line.padTo(indent).add(marginMeaning, margin);
    int start = indent + margin.length();
    int from = 0;
    while (from < text.length()) {
      int room = Math.max(1, limit - line.width());
      int to = endOfLine(from);
      if (to - from > room) {
        to = lastBreak(from, from + room);
        if (to == from) {
          if (line.width() > start) {
            line.printTo(out);
            line.padTo(indent).add(marginMeaning, margin);
            continue;
          }
          to = from + room;
        }
      }
      paint(line, from, withoutBlanks(from, to));
      from = to;
      while (from < text.length() && isGap(text.charAt(from))) {
        from++;
      }
      if (from < text.length()) {
        line.printTo(out);
        line.padTo(indent).add(marginMeaning, margin);
      }
    }
    line.printTo(out);
  }

  /** Returns the text broken into lines of at most {@code columns}. */
  List<Prose> wrapped(int columns) {
    List<Prose> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = endOfLine(from);
      if (to - from > columns) {
        to = lastBreak(from, from + columns);
        to = to == from ? from + columns : to;
      }
      lines.add(part(from, withoutBlanks(from, to)));
      from = to;
      while (from < text.length() && isGap(text.charAt(from))) {
        from++;
      }
    }
    return lines;
  }

  /** Adds the text to a line as it is. */
  void addTo(Line line) {
    paint(line, 0, text.length());
  }

  private Prose part(int from, int to) {
    Prose part = new Prose();
    for (int i = 0; i < spans.size(); i++) {
      int first = Math.max(from, spans.get(i).start);
      int last = Math.min(to, end(i));
      if (first < last) {
        part.add(spans.get(i).meaning, text.substring(first, last));
      }
    }
    return part;
  }

  /** Returns the last blank after {@code from} and not after {@code to}, or {@code from}. */
  private int lastBreak(int from, int to) {
    for (int i = to; i > from; i--) {
      if (text.charAt(i) == ' ') {
        return i;
      }
    }
    return from;
  }

  private int endOfLine(int from) {
    int end = text.indexOf("\n", from);
    return end < 0 ? text.length() : end;
  }

  private static boolean isGap(char c) {
    return c == ' ' || c == BREAK;
  }

  /** Returns {@code to} moved back over blanks. */
  private int withoutBlanks(int from, int to) {
    int end = to;
    while (end > from && end < text.length() && text.charAt(end - 1) == ' ') {
      end--;
    }
    return end;
  }

  private void paint(Line line, int from, int to) {
    for (int i = 0; i < spans.size(); i++) {
      int first = Math.max(from, spans.get(i).start);
      int last = Math.min(to, end(i));
      if (first < last) {
        line.add(spans.get(i).meaning, text.substring(first, last));
      }
    }
  }

  private int end(int span) {
    return span + 1 < spans.size() ? spans.get(span + 1).start : text.length();
  }
}
