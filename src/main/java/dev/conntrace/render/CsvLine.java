package dev.conntrace.render;

import dev.conntrace.trace.field.FieldType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of CSV, cell by cell (RFC 4180, but lines end as everywhere on Unix).
 *
 * <p>A spreadsheet takes a cell that begins with one of {@code = + - @} for a formula, and runs it.
 * So text of others that begins so gets an apostrophe before it; what would make a terminal act is
 * escaped.
 */
final class CsvLine {
  private static final int NANO_DIGITS = 9;

  private final Appendable out;
  private boolean isFirst = true;

  CsvLine(Appendable out) {
    this.out = out;
  }

  /** Writes a cell with a field's value, or an empty one for null. */
  void value(FieldType type, @Nullable Object value) throws IOException {
    if (value == null) {
      plain("");
    } else if (value instanceof List<?> list) {
      StringBuilder cell = new StringBuilder();
      for (Object one : list) {
        cell.append(cell.length() == 0 ? "" : ";").append(one);
      }
      plain(cell.toString());
    } else {
      switch (type) {
        case TIME -> plain(DecimalSeconds.fixed((Long) value, NANO_DIGITS));
        case DURATION -> plain(DecimalSeconds.shortest((Long) value));
        case TEXT -> text((String) value);
        default -> plain(value.toString());
      }
    }
  }

  /** Writes a cell with text that anybody may have written. */
  void text(String raw) throws IOException {
    StringBuilder safe = new StringBuilder(raw.length() + 1);
    if (!raw.isEmpty() && "=+-@".indexOf(raw.charAt(0)) >= 0) {
      safe.append('\'');
    }
    int next = 0;
    while (next < raw.length()) {
      int character = raw.codePointAt(next);
      String text = Character.toString(character);
      safe.append(isHarmless(character) ? text : Escaped.text(text));
      next += text.length();
    }
    plain(safe.toString());
  }

  /** Writes a cell as it is, in quotes where it needs them. */
  void plain(String cell) throws IOException {
    if (!isFirst) {
      out.append(',');
    }
    isFirst = false;
    if (cell.indexOf(',') < 0 && cell.indexOf('"') < 0) {
      out.append(cell);
      return;
    }
    out.append('"').append(cell.replace("\"", "\"\"")).append('"');
  }

  /** Ends the line. */
  void end() throws IOException {
    out.append('\n');
    isFirst = true;
  }

  /** Half of a character that takes two chars is none, and no file can hold it. */
  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
