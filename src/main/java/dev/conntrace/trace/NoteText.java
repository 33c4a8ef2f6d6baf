package dev.conntrace.trace;

import java.util.List;

/** Fills the places of a {@link Rule}'s template. */
final class NoteText {
  private NoteText() {}

  static String fill(
      String template, SegmentFacts segment, List<Long> evidence, List<Long> values) {
    StringBuilder text = new StringBuilder(template.length() + 40);
    int at = 0;
    while (true) {
      int open = template.indexOf('{', at);
      if (open < 0) {
        return text.append(template, at, template.length()).toString();
      }
      int close = template.indexOf('}', open);
      text.append(template, at, open)
          .append(place(template.substring(open + 1, close), segment, evidence, values));
      at = close + 1;
    }
  }

  private static String place(
      String name, SegmentFacts segment, List<Long> evidence, List<Long> values) {
    return switch (name) {
      case "sender" -> segment.from().id();
      case "receiver" -> segment.from().opposite().id();
      case "range" -> segment.rangeInWords();
      case "frame" -> frame(evidence, 0);
      case "frame2" -> frame(evidence, 1);
      case "frame3" -> frame(evidence, 2);
      case "frame4" -> frame(evidence, 3);
      default -> value(name, values);
    };
  }

  private static String frame(List<Long> evidence, int index) {
    return index < evidence.size() ? "frame " + evidence.get(index) : "an earlier frame";
  }

  private static String value(String name, List<Long> values) {
    long value = values.get(name.charAt(0) - '1');
    if (name.endsWith(":time")) {
      return Durations.text(value);
    }
    if (name.endsWith(":bytes")) {
      return value == 1 ? "1 byte" : value + " bytes";
    }
    if (name.endsWith(":tenths")) {
      return value / 10 + "." + value % 10;
    }
    return Long.toString(value);
  }
}
