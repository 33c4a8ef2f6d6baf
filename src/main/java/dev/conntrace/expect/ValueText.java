package dev.conntrace.expect;

import dev.conntrace.trace.Durations;
import dev.conntrace.trace.field.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes values for messages. Bytes from the wire come out as printable ASCII. */
final class ValueText {
  /** A SHA-256 fits. */
  private static final int MOST_CHARACTERS = 64;

  private ValueText() {}

  /** Returns what was found in words; {@code absent} for null. */
  static String of(FieldType type, @Nullable Object value) {
    if (value == null) {
      return "absent";
    }
    if (value instanceof List<?> list) {
      List<String> texts = new ArrayList<>();
      for (Object one : list) {
        texts.add(of(type, one));
      }
      return texts.isEmpty() ? "nothing" : String.join(", ", texts);
    }
    return switch (type) {
      case DURATION -> Durations.text((Long) value);
      case TIME -> seconds((Long) value);
      case TEXT -> quoted(value.toString());
      case FLAGS -> value.equals("") ? "no flags" : value.toString();
      case NUMBER, WORD, ADDRESS, TRUTH -> value.toString();
    };
  }

  private static String seconds(long nanos) {
    return String.format(
        Locale.ROOT,
        "%d.%09d",
        Math.floorDiv(nanos, 1_000_000_000),
        Math.floorMod(nanos, 1_000_000_000));
  }

  /** Returns a text or bytes (one char each) in quotes, cut where it is long. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length() && i < MOST_CHARACTERS; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\r' -> out.append("\\r");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '"', '\\' -> out.append('\\').append(c);
        default -> {
          if (c >= ' ' && c < 0x7f) {
            out.append(c);
          } else {
            out.append(String.format(Locale.ROOT, c > 0xff ? "\\u%04x" : "\\x%02x", (int) c));
          }
        }
      }
    }
    out.append('"');
    return text.length() > MOST_CHARACTERS
        ? out + " and " + (text.length() - MOST_CHARACTERS) + " more"
        : out.toString();
  }
}
