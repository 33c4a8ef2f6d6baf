package dev.conntrace.render;

import dev.conntrace.trace.SegmentFacts;

/** Shows how a payload begins: as text where it is text, as numbers where it is not. */
final class PayloadPreview {
  private static final int TEXT_COLUMNS = 44;
  private static final int SHOWN_BYTES = 8;
  private static final String HEX = "0123456789abcdef";

  private PayloadPreview() {}

  /**
   * Adds {@code separator} and the beginning, short enough for a line; nothing where nothing was
   * captured.
   */
  static void addTo(Prose prose, SegmentFacts segment, String separator) {
    String start = segment.payloadStart();
    if (start.isEmpty()) {
      return;
    }
    int shown = isText(start) ? fitting(start) : Math.min(SHOWN_BYTES, start.length());
    String first = start.substring(0, shown);
    prose
        .add(separator)
        .add(Meaning.PAYLOAD, isText(start) ? Escaped.quoted(first) : numbers(first));
    prose.add(shown < segment.length() ? "..." : "");
  }

  /** Returns whether three quarters of it are letters and the like. */
  private static boolean isText(String start) {
    int readable = 0;
    for (int i = 0; i < start.length(); i++) {
      char c = start.charAt(i);
      if ((c >= ' ' && c < 0x7F) || c == '\r' || c == '\n' || c == '\t') {
        readable++;
      }
    }
    return readable * 4 >= start.length() * 3;
  }

  /** Returns how many characters take no more than {@link #TEXT_COLUMNS} when they are escaped. */
  private static int fitting(String start) {
    int columns = 0;
    for (int i = 0; i < start.length(); i++) {
      columns += Escaped.columns(start.charAt(i));
      if (columns > TEXT_COLUMNS) {
        return i;
      }
    }
    return start.length();
  }

  private static String numbers(String bytes) {
    StringBuilder text = new StringBuilder("hex");
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      text.append(' ').append(HEX.charAt(c >> 4 & 0xF)).append(HEX.charAt(c & 0xF));
    }
    return text.toString();
  }
}
